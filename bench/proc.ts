/** CPU time and memory of a process and all its descendants, from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in 1/100 s on every architecture that Node runs on. */
const MS_PER_TICK = 10;

interface Stat {
  parent: number;
  /** Own CPU time, in ms. */
  ownMs: number;
  /** Own CPU time and that of children which have ended and were waited for, in ms. */
  cpuMs: number;
}

function statOf(pid: number): Stat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in parentheses and may hold anything.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
    const ownMs = (user + system) * MS_PER_TICK;
    return { parent: fields[1] ?? 0, ownMs, cpuMs: (user + system + childUser + childSystem) * MS_PER_TICK };
  } catch {
    return null;
  }
}

/** Proportional set size of one process in bytes; 0 when it is gone. */
export function pssOf(pid: number): number {
  try {
    const [, kib = '0'] = /^Pss: +(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kib) * 1024;
  } catch {
    return 0;
  }
}

/** `node` for `root`, of a browser's processes what they are for; null for one that is gone. */
export function kindOf(pid: number, root: number): string | null {
  if (pid === root) return 'node';
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return /--type=([a-z-]+)/.exec(command)?.[1] ?? 'browser';
  } catch {
    return null;
  }
}

/** Own CPU time in ms of each living process of a tree, by its id. */
export function cpuOf(root: number): Map<number, number> {
  return new Map(processTree(root).map((pid) => [pid, statOf(pid)?.ownMs ?? 0]));
}

/** The process itself and every living descendant. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat !== null) parents.set(Number(name), stat.parent);
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

/** CPU time in ms and proportional set size in bytes of a process tree. */
export function usage(root: number): { cpuMs: number; pssBytes: number } {
  const tree = processTree(root);
  return {
    cpuMs: tree.reduce((sum, pid) => sum + (statOf(pid)?.cpuMs ?? 0), 0),
    pssBytes: tree.reduce((sum, pid) => sum + pssOf(pid), 0),
  };
}
