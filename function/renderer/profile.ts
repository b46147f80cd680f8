/** The one folder a browser writes to: profile, temporary files, and its core file should there be one. */
import { rmSync } from 'node:fs';
import { access, constants, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^og-sync-(\d+)-/;
const ENOUGH_SHARED_MEMORY = 128 << 20;

/** Makes a folder whose name tells which process owns it. */
export async function makeProfile(temporary: string): Promise<string> {
  return mkdtemp(join(temporary, `og-sync-${process.pid}-`));
}

/** Children of a killed browser may write until they are gone, so a removal is tried again. */
const PATIENT = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const;

export async function removeProfile(folder: string): Promise<void> {
  await rm(folder, PATIENT);
}

/** For exit hooks, where nothing can be awaited. */
export function removeProfileNow(folder: string): void {
  rmSync(folder, PATIENT);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes what processes left that were killed before they could clean up. Never fails: it is a favour. */
export async function sweepProfiles(temporary: string): Promise<void> {
  const names = await readdir(temporary).catch(() => []);
  const dead = names.filter((name) => {
    const pid = NAME.exec(name)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await Promise.allSettled(dead.map((name) => removeProfile(join(temporary, name))));
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
