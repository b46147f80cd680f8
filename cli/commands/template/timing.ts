/** What a card of each template costs, measured side by side. */

export interface Timing {
  /** Median of a card, one at a time, in ms. */
  ms: number;
  /** Mean of a card on all cores together, in ms; null where the system does not tell. */
  cpuMs: number | null;
}

export interface Measured {
  /** Draws each of its cards, one after the other, and calls back after each. */
  draw(onCard: (tookMs: number) => void): Promise<void>;
  /** Draws one card, so that the browser holds what they share. */
  warm(): Promise<void>;
}

/** In turns, so that what else the machine does strikes all alike. */
const ROUNDS = 3;

/** In the order given. `cpuTime`: of all processes involved, in ms. */
export async function measure(
  subjects: readonly Measured[],
  cpuTime: () => Promise<number | null>,
): Promise<Timing[]> {
  const taken = subjects.map(() => ({ times: [] as number[], cpuMs: 0 as number | null }));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [at, subject] of subjects.entries()) {
      const sums = taken[at];
      if (sums === undefined) continue;
      await subject.warm();
      const before = await cpuTime();
      await subject.draw((tookMs) => sums.times.push(tookMs));
      const after = await cpuTime();
      sums.cpuMs =
        before === null || after === null || sums.cpuMs === null ? null : sums.cpuMs + after - before;
    }
  return taken.map(({ times, cpuMs }) => ({
    ms: rounded(median(times)),
    cpuMs: cpuMs === null ? null : rounded(cpuMs / times.length),
  }));
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
