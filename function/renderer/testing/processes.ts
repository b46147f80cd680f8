/** Which processes live, from /proc. One that ended but was not reaped yet does not count. */
import { readFile, readdir } from 'node:fs/promises';

interface Process {
  pid: number;
  parent: number;
  group: number;
}

async function all(): Promise<Process[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const found = pids.map(async (pid) => {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [state = 'X', parent, group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return text === '' || 'ZX'.includes(state) ? [] : [{ pid, parent: Number(parent), group: Number(group) }];
  });
  return (await Promise.all(found)).flat();
}

/** Processes of these process groups. */
export async function livingIn(groups: readonly number[]): Promise<number[]> {
  return (await all()).filter(({ group }) => groups.includes(group)).map(({ pid }) => pid);
}

/** Those of these processes that live. */
export async function living(pids: readonly number[]): Promise<number[]> {
  return (await all()).map(({ pid }) => pid).filter((pid) => pids.includes(pid));
}

/** Children of a process, their children and so on. */
export async function descendantsOf(root: number): Promise<number[]> {
  const processes = await all();
  const found = [root];
  for (const pid of found)
    found.push(...processes.filter(({ parent }) => parent === pid).map((process) => process.pid));
  return found.slice(1);
}
