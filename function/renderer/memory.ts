/** How much memory a browser holds, with all its processes. Known on Linux alone. */
import { readFile, readdir } from 'node:fs/promises';

/** Bytes that only this browser holds: its own pages and those it shares among its processes, not the program's. */
async function memoryOf(pid: number): Promise<number> {
  const pids = [pid];
  let bytes = 0;
  for (const one of pids) {
    const [status, children] = await Promise.all([read(`/proc/${one}/status`), childrenOf(one)]);
    for (const [, kilobytes] of status.matchAll(/^Rss(?:Anon|Shmem):\s*(\d+)/gm))
      bytes += Number(kilobytes) * 1024;
    pids.push(...children);
  }
  return bytes;
}

/** Each thread has the children that it started itself. */
async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = threads.map(async (thread) => read(`/proc/${pid}/task/${thread}/children`));
  return (await Promise.all(lists)).join(' ').split(' ').filter(Boolean).map(Number);
}

async function read(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '');
}

/** Between two looks, in ms: a browser takes some 100 MB in that time at most. */
const LOOK_MS = 100;

/** Calls `onTooMuch` once when the browser holds more than `limit` bytes. Returns a function that ends the watch. */
export function watchMemory(pid: number, limit: number, onTooMuch: () => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  let isOver = false;
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look();
  }, LOOK_MS).unref();
  const look = async (): Promise<void> => {
    const bytes = await memoryOf(pid);
    isLooking = false;
    if (isOver || bytes <= limit) return;
    end();
    onTooMuch();
  };
  const end = (): void => {
    isOver = true;
    clearInterval(timer);
  };
  return end;
}
