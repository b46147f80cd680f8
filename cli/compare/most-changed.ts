/** The most changed of many, within a number of bytes: memory and the page stay bounded, however many change. */

export interface Weighed {
  /** 0 to 1. */
  share: number;
  bytes: number;
}

export class MostChanged<T extends Weighed> {
  readonly #budget: number;
  #kept: T[] = [];
  #bytes = 0;
  #dropped = 0;

  /** @param budget bytes that the kept ones may have together */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Most changed first. */
  get kept(): readonly T[] {
    return this.#kept;
  }

  /** How many were offered and are not among them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** `make` is called only when the change is large enough to be kept, so that nothing is encoded in vain. */
  async offer(share: number, make: () => Promise<T>): Promise<void> {
    if (this.#bytes >= this.#budget && share <= (this.#kept.at(-1)?.share ?? 0)) {
      this.#dropped += 1;
      return;
    }
    const made = await make();
    const at = this.#kept.findIndex((other) => other.share < made.share);
    this.#kept.splice(at < 0 ? this.#kept.length : at, 0, made);
    this.#bytes += made.bytes;
    while (this.#bytes > this.#budget) {
      this.#bytes -= this.#kept.pop()?.bytes ?? 0;
      this.#dropped += 1;
    }
  }
}
