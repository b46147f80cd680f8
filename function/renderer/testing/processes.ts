/** Which processes live, from /proc. */
import { readFile, readdir } from 'node:fs/promises';

/** Processes of these process groups that have not ended; one that ended but was not reaped yet does not count. */
export async function livingIn(groups: readonly number[]): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const living = pids.map(async (pid) => {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [state = 'X', , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return groups.includes(Number(group)) && !'ZX'.includes(state) ? [pid] : [];
  });
  return (await Promise.all(living)).flat();
}
