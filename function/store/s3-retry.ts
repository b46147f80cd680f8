/** How often and how long a request to S3 is tried again. The SDK's own strategy gives a busy S3 up after some seconds. */
import { setTimeout as delay } from 'node:timers/promises';

/** What is waited for, for whoever reports it. `delayMs`: until the next try. */
export type OnWait = (reason: string, delayMs: number) => void;

export interface RetryOptions {
  /** Tries of one request that fails or gets no answer. */
  maxAttempts: number;
  /** While S3 asks to slow down, a request is tried again for this long, ms. */
  busyMs: number;
  onWait?: OnWait | undefined;
  /** Once aborted, nothing is waited for any more. */
  noWaitAfter?: AbortSignal | undefined;
  random?: () => number;
  clock?: () => number;
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

interface Token {
  getRetryCount(): number;
  getRetryDelay(): number;
  getRetryCost(): number;
  readonly startedAt: number;
}

interface Failure {
  errorType: 'TRANSIENT' | 'THROTTLING' | 'SERVER_ERROR' | 'CLIENT_ERROR';
  error?: unknown;
  retryAfterHint?: Date;
}

const BASE_MS = { busy: 500, other: 100 };
const CAP_MS = 5_000;

/** The wait is over when the SDK gets it. */
function token(count: number, startedAt: number): Token {
  return { getRetryCount: () => count, getRetryDelay: () => 0, getRetryCost: () => 0, startedAt };
}

/**
 * A strategy for the SDK's `retryStrategy`. The SDK stops waiting for it when the request is aborted. Jitter takes up to half of each wait, so that 16 uploads do not come back together. A `Retry-After` counts up to the same cap.
 */
export function createRetryStrategy(options: RetryOptions) {
  const { maxAttempts, busyMs, onWait, noWaitAfter, random = Math.random, clock = Date.now } = options;
  const { sleep = (ms, signal) => delay(ms, undefined, signal && { signal }) } = options;

  return {
    acquireInitialRetryToken: async (_scope: string) => token(0, clock()),
    async refreshRetryTokenForRetry(last: object, failure: Failure): Promise<Token> {
      const { startedAt, ...before } = last as Token;
      const count = before.getRetryCount() + 1;
      const busy = failure.errorType === 'THROTTLING' || isBusy(failure.error);
      const ceiling = Math.min(CAP_MS, (busy ? BASE_MS.busy : BASE_MS.other) * 2 ** Math.min(count - 1, 16));
      const asked = (failure.retryAfterHint?.getTime() ?? 0) - clock();
      const delayMs = Math.round(Math.max(ceiling * (0.5 + random() / 2), Math.min(asked, CAP_MS)));
      const goesOn = busy ? clock() + delayMs - startedAt < busyMs : count < maxAttempts;
      // The SDK takes any error for "no more" and throws what the request failed with.
      if ((!busy && failure.errorType !== 'TRANSIENT') || !goesOn) throw new Error('No more tries.');
      noWaitAfter?.throwIfAborted();
      onWait?.(busy ? 'S3 asks to slow down' : reasonOf(failure.error), delayMs);
      await sleep(delayMs, noWaitAfter);
      return token(count, startedAt);
    },
    recordSuccess() {},
  };
}

/** 503 is "slow down" in S3; to a HEAD it has no document that says so. */
function isBusy(error: unknown): boolean {
  return (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode === 503;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'S3 failed';
  const { code } = error as NodeJS.ErrnoException;
  return `S3: ${code ?? error.name}`;
}
