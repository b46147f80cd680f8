/** Whole files only: written under a temporary name in the same folder, then renamed. */
import { randomBytes } from 'node:crypto';
import { lstat, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { FunctionError } from '../contract.ts';
import { PRIVATE, isTemporary, isWithin } from '../store/folder-paths.ts';

/** A put takes milliseconds: a temporary file this old (ms) belongs to a run that was killed. */
const ABANDONED_MS = 600_000;

/**
 * Writes a file so that a reader sees the old one or the new one. Resolves to what the new file is; on any error the
 * temporary file is gone. There is no fsync: after a power cut a file may be empty, but then it carries no fingerprint and
 * is made again. `root`: nothing is written when the file turns out to lie outside of it.
 */
export async function writeWhole(file: string, content: Uint8Array | string, root?: string): Promise<Stats> {
  // Its own short name: the file's name plus a suffix could be longer than the file system allows.
  const temporary = join(dirname(file), `${PRIVATE}-${randomBytes(8).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o666);
    let stats;
    try {
      if (root !== undefined) await refuseOutside(temporary, root);
      await handle.writeFile(content);
      stats = await handle.stat();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return stats;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** The folder was a real one a moment ago; a link made since would lead the file elsewhere. */
async function refuseOutside(temporary: string, root: string): Promise<void> {
  if (isWithin(await realpath(root), await realpath(temporary))) return;
  throw new FunctionError(
    'store_refused',
    `${dirname(temporary)} began to lead out of ${root} while a file was written there.`,
    'Replace the link by a real folder.',
  );
}

/** Removes what killed runs left in one folder. What cannot be removed stays: it is never listed. */
export async function sweep(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isTemporary)) {
    const file = join(folder, name);
    const stats = await lstat(file).catch(() => null);
    if (stats !== null && now - stats.mtimeMs > ABANDONED_MS) await rm(file, { force: true }).catch(() => {});
  }
}
