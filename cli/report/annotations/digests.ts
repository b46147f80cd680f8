/** Identities of notes: the same in each run, none twice. */
import { createHash } from 'node:crypto';

/** A digest of each list of words; the second of two that are the same has another one. */
export function digestsOf(lists: readonly (readonly string[])[]): string[] {
  const times = new Map<string, number>();
  return lists.map((words) => {
    const said = JSON.stringify(words);
    const before = times.get(said) ?? 0;
    times.set(said, before + 1);
    return createHash('sha256').update(`${said}${before}`).digest('hex').slice(0, 32);
  });
}
