/** Trying again with a bound: exponential steps, full jitter, nothing that hangs. */
import { DeployError } from '../error.ts';

export interface Clock {
  /** ms */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number): Promise<void>;
  /** 0 ≤ x < 1 */
  random(): number;
}

export interface RetryBounds {
  /** ms, first step */
  base: number;
  /** ms, longest step */
  cap: number;
  /** ms from the first try; the try under way at that time is the last. */
  total: number;
}

export const QUICK: RetryBounds = { base: 300, cap: 5000, total: 40_000 };

/** Tries until `again` says no or the time is used up; then the last error is thrown as it is. */
export async function retry<T>(
  clock: Clock,
  bounds: RetryBounds,
  again: (error: unknown) => boolean,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  const end = clock.now() + bounds.total;
  for (let number = 0; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      if (!again(error) || clock.now() >= end) throw error;
    }
    await clock.sleep(pause(clock, bounds, number));
  }
}

/** ms until the next try: at least a tenth of the step, so that jitter never turns into a busy loop. */
export function pause(clock: Clock, bounds: RetryBounds, number: number): number {
  const step = Math.min(bounds.cap, bounds.base * 2 ** Math.min(number, 30));
  return step * (0.1 + 0.9 * clock.random());
}

/** The real clock. Its sleep ends with DeployError `interrupted` when the signal aborts. */
export function realClock(signal: AbortSignal): Clock {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: (ms) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(interrupted());
        const stop = (): void => {
          clearTimeout(timer);
          reject(interrupted());
        };
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', stop);
          resolve();
        }, ms);
        signal.addEventListener('abort', stop, { once: true });
      }),
  };
}

export function interrupted(): DeployError {
  return new DeployError(
    'interrupted',
    'Interrupted.',
    'Run the same command again: it goes on where this run stopped.',
  );
}
