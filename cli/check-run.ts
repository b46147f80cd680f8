/** The tags of a built folder, or of a site that is served, and the images they name → what is wrong with them. */
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isInside, siteUrlOf, withBuiltSite } from './config/built-site.ts';
import type { Config } from './config/config.ts';
import type { Settings } from './config/settings.ts';
import { CliError } from './errors.ts';
import { check } from './pages/check.ts';
import type { Checked, CheckSource } from './pages/check.ts';
import { folderSource } from './pages/folder-source.ts';
import { siteSource } from './pages/site-source.ts';
import { oursBelow } from './scan/pages/ours.ts';
import { shownPath } from './config/paths.ts';
import { localAddress, openStoreAt } from './wiring.ts';

export interface CheckRunOptions {
  /** Of a site that is served, a page or a sitemap of it; without it, the built folder of the configuration is looked at. */
  url?: string | undefined;
  settings: Settings;
  /** Where a person is, for messages. */
  cwd: string;
  signal: AbortSignal;
}

/** Requests to a served site at once; the site is somebody's. */
const MOST_AT_ONCE = 16;

/**
 * Looks at the tags of every page. `raw`: the configuration as written, without what follows from a built site.
 * @throws CliError `usage` when there is nothing to look at; the signal's reason when aborted.
 */
export async function checkRun(raw: Config, options: CheckRunOptions): Promise<Checked> {
  const { url, signal } = options;
  const config = settled(raw);
  const atOnce = Math.min(config.concurrency, MOST_AT_ONCE);
  const source = url === undefined ? await folderOf(config, options) : siteSource(url, atOnce, signal);
  return check(
    source,
    { publicUrl: placeOf(config), keepsOwn: config.own === 'keep', images: config.outputs.length },
    signal,
  );
}

/** Below which address images must be. Stored in the built site they may be anywhere in it: a part of it may have been built by itself. */
function placeOf(config: Config): string | null {
  const isDefault = !config.named.has('publicUrl') && isInside(config);
  return isDefault ? siteUrlOf(config) : config.publicUrl;
}

/** Where tags are not asked for, they may have been written all the same: the images of the built site show it. */
function settled(config: Config): Config {
  const { pages, publicUrl, store } = config;
  const stored = publicUrl === null && store === null && pages !== null && existsSync(join(pages, 'og'));
  const wanted = config.inject || (stored && siteUrlOf(config) !== null && config.function === null);
  return withBuiltSite({ ...config, inject: wanted });
}

async function folderOf(config: Config, { settings, cwd, signal }: CheckRunOptions): Promise<CheckSource> {
  const { pages: folder, publicUrl } = config;
  if (folder === null)
    throw new CliError(
      'usage',
      'There is nothing to check.',
      'Name the folder of the built site ("og-sync check public"), or a site that is served (--url https://…).',
    );
  if (!existsSync(folder))
    throw new CliError(
      'usage',
      `There is no built site at ${folder}.`,
      'Build the site first, or correct the folder.',
    );
  const siteUrl = siteUrlOf(config);
  const address = config.function === null ? localAddress(config) : config.store;
  const store = publicUrl === null || address === null ? null : await openStoreAt(address, settings);
  return folderSource({
    folder,
    shownFolder: shownPath(relative(cwd, folder) || '.', cwd)
      .split(sep)
      .join('/'),
    siteUrl,
    siteName: null,
    own: config.own,
    isOurs: oursBelow({ ...config, siteUrl }),
    publicUrl,
    store,
    signal,
  });
}
