/** How long to wait before a request is tried again. Pure: clock and chance are handed in. */

export interface BackoffOptions {
  /** Upper bound of the first wait, ms; it doubles with each attempt. */
  baseMs: number;
  /** Upper bound of every wait, ms. */
  capMs: number;
}

/**
 * Full jitter: anything between 0 and `min(cap, base · 2^attempt)` ms, so that clients that failed together do not come
 * back together. `attempt` counts from 0; `random` gives [0, 1).
 */
export function backoffMs(attempt: number, options: BackoffOptions, random: () => number): number {
  const ceiling = Math.min(options.capMs, options.baseMs * 2 ** Math.min(attempt, 52));
  return Math.floor(random() * ceiling);
}

/**
 * What a `Retry-After` header asks for, in ms from `now` (ms epoch): seconds or an HTTP date. Null when it is absent or
 * makes no sense; never negative.
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // A date has a month's name: without this, Date.parse would take "-5" or "1.5" for a year.
  const at = /[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** The wait before the next attempt, ms: what the server asks for, and jitter on top so that not all come at once. */
export function waitMs(
  attempt: number,
  askedMs: number | null,
  options: BackoffOptions,
  random: () => number,
): number {
  return (askedMs ?? 0) + backoffMs(attempt, options, random);
}
