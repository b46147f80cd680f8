/** Files that are saved → what they may have changed. */
import { existsSync, statSync } from 'node:fs';
import { extname, join, relative, resolve, sep } from 'node:path';
import { watch as watchPaths } from 'chokidar';
import type { Config } from '../config/config.ts';
import { contentGlobs } from '../scan/content.ts';
import { contentGlob } from '../scan/markdown/globs.ts';
import type { SavedPart } from './model.ts';

/** Saves in one go: an editor writes a file in steps, a formatter several files. */
const SETTLE_MS = 10;
/** Chokidar reports a path once in 50 ms and drops what comes between: a file that was emptied first would stay empty. */
const LOOK_AGAIN_MS = 60;
const MARKDOWN = new Set(['.md', '.mdx', '.markdown', '.html', '.htm', '.json', '.toml', '.yml', '.yaml']);
const IGNORED = new Set(['node_modules', '.git', '.cache']);

export interface Watching {
  close(): Promise<void>;
}

/** Where things are. */
interface Watched {
  config: Config;
  templates: string;
}

/** What a saved path may change; null: nothing. Pure. */
export function changeOf(path: string, { config, templates }: Watched): SavedPart | null {
  if (isBelow(path, templates)) return 'templates';
  if (config.manifest !== null && path === config.manifest) return null;
  if (config.store !== null && isBelow(path, config.store)) return null;
  if (isBelow(path, join(config.root, 'out'))) return null;
  if (/(?:^|[/\\])og\.config\.\w+$/.test(path)) return 'config';
  return MARKDOWN.has(extname(path).toLowerCase()) ? 'posts' : 'pictures';
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** The folders that hold what posts and cards are made of. */
async function foldersOf({ config, templates }: Watched): Promise<string[]> {
  const { root, pages } = config;
  const globs = await Promise.all(contentGlobs(config).map((entry) => contentGlob(root, entry)));
  const fixed = globs.filter(({ isExcluding }) => !isExcluding).map((glob) => resolve(root, glob.fixed));
  const folders = [...fixed, ...config.static.filter((folder) => folder !== root), templates];
  return [...new Set([...folders, ...(pages === null ? [] : [pages])])].filter((folder) =>
    existsSync(folder),
  );
}

/**
 * Reports saves, some ms after they are done, until closed. `configFile`: one that was named; those of the root are watched
 * anyway.
 */
export async function watchFiles(
  watched: Watched,
  configFile: string | undefined,
  onChange: (changes: ReadonlySet<SavedPart>) => void,
): Promise<Watching> {
  const { root } = watched.config;
  const folders = await foldersOf(watched);
  const ignored = (path: string): boolean =>
    relative(root, path)
      .split(sep)
      .some((name) => IGNORED.has(name));
  const options = { ignoreInitial: true, ignored, ignorePermissionErrors: true };
  const deep = watchPaths(folders, options);
  const flat = watchPaths([root, ...(configFile === undefined ? [] : [configFile])], {
    ...options,
    depth: 0,
  });
  let pending = new Map<string, SavedPart>();
  let timer: NodeJS.Timeout | null = null;
  const again = new Set<NodeJS.Timeout>();

  function hear(path: string): void {
    const change = path === configFile ? 'config' : changeOf(path, watched);
    if (change === null || path === root) return;
    pending.set(path, change);
    timer ??= setTimeout(report, SETTLE_MS);
  }

  function report(): void {
    timer = null;
    const saved = [...pending.keys()].map((path) => ({ path, state: stateOf(path) }));
    const changes = new Set(pending.values());
    pending = new Map();
    const look = setTimeout(() => {
      again.delete(look);
      for (const { path, state } of saved) if (stateOf(path) !== state) hear(path);
    }, LOOK_AGAIN_MS);
    again.add(look);
    onChange(changes);
  }

  const ready = [deep, flat].map(
    (watcher) =>
      new Promise<void>((done) => watcher.on('all', (_event, path) => hear(path)).on('ready', () => done())),
  );
  for (const watcher of [deep, flat]) watcher.on('error', () => undefined);
  await Promise.all(ready);
  return {
    async close() {
      for (const waiting of [timer, ...again]) if (waiting !== null) clearTimeout(waiting);
      await Promise.all([deep.close(), flat.close()]);
    },
  };
}

/** What a save changes; of a file that is not there, nothing. */
function stateOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.mtimeNs} ${stats.size}`;
}
