/**
 * A folder that somebody works in, told from one that somebody left: while its owner lives, a socket in it answers. The
 * kernel closes it with the process, however that ends; and unlike a process id, which means another process in another
 * container, it is the same for everybody who sees the folder.
 */
import { lstat, rm, stat, utimes } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { basename, join } from 'node:path';

/** A folder without a socket may be one whose owner is about to make it, or could make none: it is left alone so long. */
const UNMARKED_MS = 24 * 3600_000;
const ANSWER_MS = 1000;

/** Windows has named pipes for this, which live by the same rule. */
function socketOf(folder: string): string {
  return process.platform === 'win32' ? `\\\\?\\pipe\\${basename(folder)}` : join(folder, 'alive');
}

/**
 * Marks a folder as worked in, for as long as this process lives. Never fails: a folder whose path is too long for a
 * socket is kept young instead.
 * @returns a function that takes the mark away.
 */
export async function markAlive(folder: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy()).unref();
  const isMarked = await new Promise<boolean>((resolve) => {
    // What befalls it later is as harmless as having none.
    server.on('error', () => resolve(false));
    server.listen(socketOf(folder), () => resolve(true));
  });
  const timer = isMarked ? undefined : setInterval(() => void touch(folder), UNMARKED_MS / 24).unref();
  return async () => {
    clearInterval(timer);
    // Closing removes the socket's file as well.
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
}

/** Whether a folder was left by an owner that lives no more. In doubt it was not. `now` in ms since the epoch. */
async function isAbandoned(folder: string, now: number): Promise<boolean> {
  const socket = socketOf(folder);
  if (await isSocket(socket)) return (await answerOf(socket)) === 'refused';
  return isOld(folder, now);
}

/** Removes those of the folders that are abandoned. Never fails. */
export async function sweepAbandoned(folders: readonly string[], now: number): Promise<void> {
  const sweeps = folders.map(async (folder) => {
    if (await isAbandoned(folder, now)) await rm(folder, { recursive: true, force: true });
  });
  await Promise.allSettled(sweeps);
}

async function isSocket(path: string): Promise<boolean> {
  if (process.platform === 'win32') return (await answerOf(path)) === 'alive';
  return lstat(path).then(
    (found) => found.isSocket(),
    () => false,
  );
}

async function touch(folder: string): Promise<void> {
  const now = new Date();
  await utimes(folder, now, now).catch(() => undefined);
}

async function isOld(folder: string, now: number): Promise<boolean> {
  return stat(folder).then(
    ({ mtimeMs }) => now - mtimeMs > UNMARKED_MS,
    () => false,
  );
}

async function answerOf(path: string): Promise<'alive' | 'refused'> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const timer = setTimeout(() => end('alive'), ANSWER_MS);
    const end = (answer: 'alive' | 'refused'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end('alive'));
    // Nobody listens: the kernel says so at once. A full queue or a missing right says that somebody may.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? 'refused' : 'alive'),
    );
  });
}
