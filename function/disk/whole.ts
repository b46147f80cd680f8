/** Whole files only: made under a temporary name in the same folder, then renamed. */
import { randomBytes } from 'node:crypto';
import { fstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { lstat, open, readdir, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** How names begin that are og-sync's own: half-written files, and the index of a store. */
export const PRIVATE = '.og-sync';
/** A file is made in milliseconds: a temporary one this old (ms) belongs to a run that was killed. */
const ABANDONED_MS = 600_000;

/**
 * Has a file made under another name in the same folder and puts it in the place of `file`: a reader sees the old one or the
 * new one. On any error the temporary file is gone. There is no fsync: after a power cut a file may be empty.
 */
export async function replaceFile<T>(file: string, make: (temporary: string) => Promise<T>): Promise<T> {
  // Its own short name: the file's name plus a suffix could be longer than the file system allows.
  const temporary = join(dirname(file), `${PRIVATE}-${randomBytes(8).toString('hex')}.tmp`);
  try {
    const made = await make(temporary);
    await rename(temporary, file);
    return made;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** What a file is to hold; parts follow each other. */
type Content = Uint8Array | string | readonly Uint8Array[];

/**
 * Writes a whole file. Resolves to what the new file is. `check`: called with the empty temporary file; what it throws ends
 * the writing before a byte is written.
 */
export async function writeWhole(
  file: string,
  content: Content,
  check: (temporary: string) => void = () => {},
): Promise<Stats> {
  return replaceFile(file, async (temporary) => {
    const handle = await open(temporary, 'wx', 0o666);
    try {
      check(temporary);
      await write(handle, content);
      return fstatSync(handle.fd);
    } finally {
      await handle.close();
    }
  });
}

async function write(handle: FileHandle, content: Content): Promise<void> {
  if (!Array.isArray(content)) return handle.writeFile(content as Uint8Array | string);
  const parts = content as readonly Uint8Array[];
  const { bytesWritten } = await handle.writev(parts);
  // A full disk takes a part; the rest says why.
  const rest = Buffer.concat(parts).subarray(bytesWritten);
  if (rest.length > 0) await handle.writeFile(rest);
}

function isTemporary(file: string): boolean {
  return basename(file).startsWith(`${PRIVATE}-`) && file.endsWith('.tmp');
}

/** Removes what killed runs left in one folder. What cannot be removed stays. */
export async function sweep(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isTemporary)) {
    const file = join(folder, name);
    const stats = await lstat(file).catch(() => null);
    if (stats !== null && now - stats.mtimeMs > ABANDONED_MS) await rm(file, { force: true }).catch(() => {});
  }
}
