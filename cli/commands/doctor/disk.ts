/** What a folder can take: whether it is there, may be written, how much is free, how much it holds. */
import { mkdir, mkdtemp, readdir, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** The folder itself, or the nearest one above it that is there. */
export async function nearestFolder(path: string): Promise<string> {
  const parent = dirname(path);
  if (parent === path) return path;
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? path : nearestFolder(parent);
}

/** Bytes that this user may still write there. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(await nearestFolder(path));
  return bavail * bsize;
}

/** Bytes of all files below a folder; 0 where there is none. Links count as nothing. */
export async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries)
    if (entry.isFile())
      bytes += await stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
  return bytes;
}

/** Makes a folder in a folder and removes it again, with all that had to be made for it. Throws what the system says. */
export async function tryWriting(folder: string): Promise<void> {
  const before = await nearestFolder(folder);
  try {
    await makeBelow(before, folder);
    await rm(await mkdtemp(join(folder, '.og-sync-doctor-')), { recursive: true });
  } finally {
    await removeEmptyDown(folder, before);
  }
}

/** Step by step: in /proc, Node's recursive mkdir never ends. */
async function makeBelow(before: string, folder: string): Promise<void> {
  let at = before;
  for (const name of relative(before, folder).split(sep).filter(Boolean)) await mkdir((at = join(at, name)));
}

/** Removes empty folders from `folder` upwards; `last` and what is above it stay. */
export async function removeEmptyDown(folder: string, last: string): Promise<void> {
  for (let at = folder; at !== last && at.startsWith(last); at = dirname(at))
    try {
      await rmdir(at);
    } catch {
      return; // Not empty: somebody else began to use it.
    }
}
