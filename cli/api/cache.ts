/** Images of the built site, kept beside it: a generator empties the folder it writes into. */
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderStore } from '../../function/store/folder.ts';
import { isInside } from '../config/built-site.ts';
import type { Config } from '../config/config.ts';
import type { ReportDocument } from '../report/document.ts';

/** The configuration with the cache for its store, where images are stored in the built site, and the folder to copy them to. */
export function cached(
  config: Config,
  folder: string | undefined,
): { config: Config; copyTo: string | null } {
  const { store } = config;
  if (folder === undefined || store === null || config.function !== null || !isInside(config))
    return { config, copyTo: null };
  return { config: { ...config, store: folder }, copyTo: store };
}

/** Copies every image of the document; those that it does not name go, when it names `all`. What is not ours stays. */
export async function copyInto(
  folder: string,
  { store: cache }: Pick<Config, 'store'>,
  { images }: ReportDocument,
  all: boolean,
): Promise<void> {
  const target = folderStore(folder);
  const wanted = new Map(
    images
      .filter(({ action }) => ['created', 'updated', 'unchanged'].includes(action))
      .map(({ key, fingerprint }) => [key, fingerprint]),
  );
  const there = new Set<string>();
  const stale: string[] = [];
  for await (const { key } of target.list()) {
    const held = await target.fingerprint(key);
    if (held !== null && held === wanted.get(key)) there.add(key);
    else if (held !== null && all && !wanted.has(key)) stale.push(key);
  }
  await target.delete(stale);
  for (const key of wanted.keys()) {
    if (there.has(key)) continue;
    await mkdir(dirname(join(folder, key)), { recursive: true });
    await copyFile(join(cache ?? '', key), join(folder, key));
  }
}
