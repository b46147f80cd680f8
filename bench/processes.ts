/** What processes cost, from /proc: Linux only. */
import { readFile, readdir } from 'node:fs/promises';

interface Process {
  pid: number;
  parent: number;
  state: string;
  /** CPU time of its own and of its children that ended, in ms. */
  cpu: number;
}

/** Clock ticks are hundredths of a second on every Linux that Node runs on. */
const MS_PER_TICK = 10;

async function read(pid: number): Promise<Process | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].map((index) => Number(fields[index]));
    return {
      pid,
      state: fields[0] ?? '',
      parent: Number(fields[1]),
      cpu: ticks.reduce((sum, tick) => sum + tick, 0) * MS_PER_TICK,
    };
  } catch {
    return null;
  }
}

async function tree(root: number): Promise<Process[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const all = (await Promise.all(pids.map(read))).filter((process) => process !== null);
  const found: Process[] = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

/** Process ids of all descendants that live. */
export async function descendants(root: number): Promise<number[]> {
  return (await tree(root)).filter(({ pid, state }) => pid !== root && state !== 'Z').map(({ pid }) => pid);
}

/** CPU time of a process and all its descendants, ended ones too, in ms. */
export async function cpuOf(root: number): Promise<number> {
  return (await tree(root)).reduce((sum, { cpu }) => sum + cpu, 0);
}

/** Proportional memory of processes together, in MB: what they share is counted once. */
export async function memoryOf(pids: number[]): Promise<number> {
  const sizes = pids.map(async (pid) => {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
  });
  return Math.round((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1024);
}
