/** Images in a folder. Each file carries its fingerprint inside itself, so a copy of the folder knows as much. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { opendir, realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sweep, writeWhole } from '../disk/whole.ts';
import { HEAD_BYTES, embed, extract } from './embed.ts';
import { readDocument, writeDocument } from './folder-documents.ts';
import { codeOf, folderError } from './folder-errors.ts';
import { folderPaths, isPrivateSegment, staysInside } from './folder-paths.ts';
import type { FolderPaths } from './folder-paths.ts';
import { PEEK_BYTES } from './store.ts';
import type { Image, Listed, Store } from './store.ts';

/** A store in the folder at the absolute path `root`, which need not exist yet. `now`: the clock, in ms. */
export function folderStore(root: string, now: () => number = Date.now): Store {
  const paths = folderPaths(root);
  const swept = new Set<string>();

  return {
    address: root,
    remote: false,
    put: async (image) => {
      try {
        return await put(image);
      } catch (error) {
        throw folderError(error, 'write', paths.file(image.key));
      }
    },
    list: () => walk(paths, root),
    fingerprint: (key) => fingerprint(paths, key),
    peek: async (key, _signal, most = PEEK_BYTES) => {
      const found = await readStart(paths, key, most);
      return found === null ? null : { ...found, cacheControl: null };
    },
    delete: (keys) => remove(paths, keys),
    read: (name) => readDocument(root, name),
    write: (name, text, ifMatch) => writeDocument(root, name, text, ifMatch),
  };

  async function put(image: Image): Promise<{ etag: string }> {
    const file = paths.inside(image.key, true) ?? paths.file(image.key);
    const folder = dirname(file);
    if (!swept.has(folder)) {
      swept.add(folder);
      await sweep(folder, now());
    }
    const content = embed(image.bytes, image.fingerprint);
    return { etag: etagOf(await writeWhole(file, content, (made) => staysInside(made, root))) };
  }
}

/** Any write gives a file a new inode (it is renamed into place) or at least a new time. */
function etagOf({ size, mtimeMs, ino }: Stats): string {
  return `${size}-${mtimeMs}-${ino}`;
}

/** Files looked at together: one by one, waiting would take most of the time of a listing. */
const STATS_AT_ONCE = 256;

/** Streams the folder: memory does not grow with files. Links are not followed, so it ends and stays inside. */
async function* walk(paths: FolderPaths, folder: string): AsyncGenerator<Listed> {
  try {
    let files: string[] = [];
    for await (const entry of await opendir(folder, { bufferSize: STATS_AT_ONCE })) {
      if (isPrivateSegment(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) yield* walk(paths, path);
      else if (entry.isFile()) files.push(path);
      if (files.length < STATS_AT_ONCE) continue;
      yield* describe(paths, files);
      files = [];
    }
    yield* describe(paths, files);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw folderError(error, 'list', folder);
  }
}

/** Synchronous: a few µs each, where each hand-over to Node's thread pool costs ten times that. */
function describe(paths: FolderPaths, files: readonly string[]): Listed[] {
  return files.flatMap((file) => {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    // A file may go while the folder is listed.
    if (stats === undefined) return [];
    return [{ key: paths.key(file), etag: etagOf(stats), bytes: stats.size, modified: stats.mtime }];
  });
}

async function fingerprint(paths: FolderPaths, key: string): Promise<string | null> {
  const start = await readStart(paths, key, HEAD_BYTES);
  return start === null ? null : extract(start.head);
}

/** The first bytes of an image's file, and how many it has; null when it is not there. */
async function readStart(
  paths: FolderPaths,
  key: string,
  most: number,
): Promise<{ head: Buffer; bytes: number } | null> {
  try {
    const file = paths.lately(key);
    if (file === null) return null;
    // Synchronous: a few µs from the system's cache, where each hand-over to Node's thread pool costs ten times that.
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const head = Buffer.allocUnsafe(most);
      const { size } = fstatSync(handle);
      return { head: head.subarray(0, readSync(handle, head, 0, most, 0)), bytes: size };
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    // A folder, a link or a file that has gone is not an image of ours.
    if (['ENOENT', 'ELOOP', 'EISDIR', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw folderError(error, 'read', join(paths.root, key));
  }
}

async function remove(
  paths: FolderPaths,
  keys: readonly string[],
): Promise<{ key: string; reason: string }[]> {
  const failed: { key: string; reason: string }[] = [];
  const emptied = new Set<string>();
  for (const key of keys)
    try {
      const file = paths.inside(key, false);
      if (file === null) continue;
      await rm(file, { force: true });
      emptied.add(dirname(file));
    } catch (error) {
      failed.push({ key, reason: folderError(error, 'delete', key).message });
    }
  const root = await realpath(paths.root).catch(() => paths.root);
  for (const folder of emptied) await removeEmpty(root, folder);
  return failed;
}

/** Removes a folder and those above it as long as they are empty; the root stays. */
async function removeEmpty(root: string, folder: string): Promise<void> {
  for (let at = folder; at !== root && at.startsWith(root); at = dirname(at))
    try {
      await rmdir(at);
    } catch {
      return; // not empty, or not ours to remove
    }
}
