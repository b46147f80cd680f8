/** Private documents in a folder, replaced only by who has read the newest version. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PRIVATE, writeWhole } from '../disk/whole.ts';
import { codeOf, folderError } from './folder-errors.ts';
import { realFolder, staysInside } from './folder-paths.ts';
import type { Document } from './store.ts';

/** A lock is held for milliseconds; one this old (ms) was left by a run that was killed. */
const STALE_LOCK_MS = 10_000;
/** A document is a file, never a link to one. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
const LOCK_TRIES = 40;
const LOCK_PAUSE_MS = 25;

/** The ETag is a digest of the text, so it cannot be fooled by a clock. */
export async function readDocument(root: string, name: string): Promise<Document | null> {
  const file = join(root, PRIVATE, name);
  try {
    const folder = realFolder(root, [PRIVATE], false);
    if (folder === null) return null;
    const text = await readFile(join(folder, name), { encoding: 'utf8', flag: READ });
    return { text, etag: createHash('sha256').update(text).digest('hex') };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw folderError(error, 'read', file);
  }
}

/**
 * Compares and swaps under a lock file, which is made exclusively: of two processes that have read the same version, one
 * writes and the other gets false. False, too, when the lock cannot be had within a second.
 */
export async function writeDocument(
  root: string,
  name: string,
  text: string,
  ifMatch: string | null,
): Promise<boolean> {
  const file = join(root, PRIVATE, name);
  try {
    const folder = realFolder(root, [PRIVATE], true) ?? dirname(file);
    const lock = join(folder, `${name}.lock`);
    if (!(await acquire(lock))) return false;
    try {
      const current = await readDocument(root, name);
      if ((current?.etag ?? null) !== ifMatch) return false;
      await writeWhole(join(folder, name), text, (made) => staysInside(made, root));
      return true;
    } finally {
      await rm(lock, { force: true });
    }
  } catch (error) {
    throw folderError(error, 'write', file);
  }
}

async function acquire(lock: string): Promise<boolean> {
  for (let tries = 0; tries < LOCK_TRIES; tries += 1) {
    try {
      await (await open(lock, 'wx')).close();
      return true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const made = await stat(lock).catch(() => null);
    if (made !== null && Date.now() - made.mtimeMs > STALE_LOCK_MS) await rm(lock, { force: true });
    else await sleep(LOCK_PAUSE_MS);
  }
  return false;
}
