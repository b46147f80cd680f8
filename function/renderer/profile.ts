/** The one folder a browser writes to: profile, temporary files, and its core file should there be one. */
import { rmSync } from 'node:fs';
import { access, constants, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { markAlive, sweepAbandoned } from '../disk/alive.ts';

const PREFIX = 'og-sync-browser-';
/** What versions before the mark was there have left. */
const EARLIER = /^og-sync-\d+-/;
const ENOUGH_SHARED_MEMORY = 128 << 20;

/** A browser's folder. */
export interface Profile {
  folder: string;
  /** Removes it with all it holds. */
  remove(): Promise<void>;
  /** The same for exit hooks, where nothing can be awaited. */
  removeNow(): void;
}

/** Makes a folder that is marked as worked in while this process lives. */
export async function makeProfile(temporary: string): Promise<Profile> {
  const folder = await mkdtemp(join(temporary, PREFIX));
  const unmark = await markAlive(folder);
  return {
    folder,
    async remove() {
      await unmark();
      await rm(folder, PATIENT);
    },
    removeNow: () => rmSync(folder, PATIENT),
  };
}

/** Children of a killed browser may write until they are gone, so a removal is tried again. */
const PATIENT = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const;

/** Removes what processes left that were killed before they could clean up. Never fails: it is a favour. */
export async function sweepProfiles(temporary: string, now = Date.now()): Promise<void> {
  const names = await readdir(temporary).catch(() => []);
  const ours = names.filter((name) => name.startsWith(PREFIX) || EARLIER.test(name));
  await sweepAbandoned(
    ours.map((name) => join(temporary, name)),
    now,
  );
}

/** Room left in a folder's file system, in MB; for messages. */
export async function freeMegabytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.round((bavail * bsize) / 1e6);
}

/**
 * Whether frames must go through files: /dev/shm is missing in Lambda, has 64 MB in Docker, and cannot be written to
 * where the root is read-only.
 */
export async function hasSmallSharedMemory(folder = '/dev/shm'): Promise<boolean> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < ENOUGH_SHARED_MEMORY;
  } catch {
    return true;
  }
}
