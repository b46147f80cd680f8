/** CPU time of this process and of the browsers it started. Known on Linux alone. */
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts in 1/100 s on every architecture that Node runs on. */
const MS_PER_TICK = 10;

interface Stat {
  pid: number;
  parent: number;
  cpuMs: number;
}

/** In ms, of all that run now; null on another system. */
export async function cpuTime(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const names = await readdir('/proc').catch(() => []);
  const stats = (await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(statOf))).filter(
    (stat) => stat !== null,
  );
  const tree = new Set([process.pid]);
  for (const pid of tree) for (const stat of stats) if (stat.parent === pid) tree.add(stat.pid);
  return stats.filter(({ pid }) => tree.has(pid)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

async function statOf(pid: string): Promise<Stat | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  if (stat === null) return null;
  // The command's name stands in parentheses and may hold anything.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
  return {
    pid: Number(pid),
    parent: fields[1] ?? 0,
    cpuMs: (user + system + childUser + childSystem) * MS_PER_TICK,
  };
}
