/** Tags for the pages of a planned run. */
import { relative, sep } from 'node:path';
import { siteUrlOf } from './config/built-site.ts';
import type { Config } from './config/config.ts';
import { outputsOf } from './config/outputs.ts';
import type { PageChange } from './pages/inject.ts';
import { passingHost } from './pages/hosts.ts';
import type { PlannedRun, Run } from './plan-run.ts';
import type { Item } from './plan/plan.ts';

export interface InjectRunOptions {
  /** Whether the image of an item is in the store. Tags are written for no other. */
  isThere: (item: Item) => boolean;
  dryRun: boolean;
  onChange?: (change: PageChange) => void;
}

/**
 * Writes the tags of every page whose image is there, and emits how many. Without `inject` it does nothing. Resolves to whether
 * every page that should be written was.
 */
export async function injectRun(
  config: Config,
  { items, pages }: Pick<PlannedRun, 'items' | 'pages'>,
  { emit, signal }: Pick<Run, 'emit' | 'signal'>,
  { isThere, dryRun, onChange }: InjectRunOptions,
): Promise<boolean> {
  const { pages: folder, root } = config;
  if (!config.inject || pages === null || folder === null) return true;
  const [{ inject }, { wantedTags }, { oursBelow }] = await Promise.all([
    import('./pages/inject.ts'),
    import('./pages/wanted.ts'),
    import('./scan/pages/ours.ts'),
  ]);
  const host = passingHost(new URL(config.publicUrl ?? '').hostname);
  if (host !== null)
    emit({
      type: 'notice',
      message: `The tags name ${config.publicUrl}, which is ${host}: networks will not find the images there later.`,
    });
  const [main] = outputsOf(config);
  const stored = Map.groupBy(items.filter(isThere), ({ file }) => file);
  const injected = await inject(pages, {
    folder,
    shownFolder: relative(root, folder).split(sep).join('/'),
    isOurs: oursBelow({ ...config, siteUrl: siteUrlOf(config) }),
    wanted: (page, post) => {
      const [first, ...further] = stored.get(post.file) ?? [];
      // Of a page whose og:image is not made yet, nothing is known that would be better.
      if (first === undefined || first.outputName !== main?.outputName) return null;
      return wantedTags(page, post, [first, ...further], config);
    },
    onChange,
    dryRun,
    signal,
  });
  emit({ type: 'injected', ...injected });
  return injected.problems.length === 0 && !signal.aborted;
}
