/** Counts the values that are frequent, in bounded memory, however many different ones there are. */

/** Values that are counted at the same time. */
const COUNTERS = 64;

/**
 * The algorithm of Misra and Gries: with k counters no value is counted more than n / (k + 1) too low, none too high. With at most
 * k different values, all counts are exact.
 */
export class Frequent {
  total = 0;
  readonly #counts = new Map<string, number>();

  add(value: string): void {
    this.total += 1;
    const count = this.#counts.get(value);
    if (count !== undefined || this.#counts.size < COUNTERS) {
      this.#counts.set(value, (count ?? 0) + 1);
      return;
    }
    for (const [other, seen] of this.#counts)
      if (seen === 1) this.#counts.delete(other);
      else this.#counts.set(other, seen - 1);
  }

  count(value: string): number {
    return this.#counts.get(value) ?? 0;
  }
}
