/** How many browsers and pages a machine carries. Pure: what the machine is, its caller says. */

export interface Machine {
  /** Cores that this process may keep busy. */
  cores: number;
  /** Bytes that this process and its children may hold. */
  memory: number;
}

/** With one page at work, and a usual card on it. */
const BROWSER_BYTES = 400 << 20;
/** With two. */
const TWO_PAGES_BYTES = 600 << 20;
const MOST_BROWSERS = 8;
/** No card is stopped before its browser holds this much, and none may take more than `MOST_BYTES`. */
const LEAST_BYTES = BROWSER_BYTES;
const MOST_BYTES = 1 << 30;
const SHARE_OF_MEMORY = 0.6;

/** One browser a core, as memory allows. */
export function browsersFor({ cores, memory }: Machine): number {
  return Math.max(1, Math.min(cores, Math.floor(memory / BROWSER_BYTES), MOST_BROWSERS));
}

/** Two pages in a browser: one card is laid out while the other one is encoded. One core does one thing at a time. */
export function pagesFor({ cores, memory }: Machine, browsers: number): number {
  return cores > 1 && memory / browsers >= TWO_PAGES_BYTES ? 2 : 1;
}

/** What one of so many browsers may hold while it draws, in bytes. */
export function limitFor({ memory }: Machine, browsers: number): number {
  return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, (memory * SHARE_OF_MEMORY) / browsers));
}
