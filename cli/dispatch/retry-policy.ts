/** How long and how often a run tries: all its numbers. */
import type { BackoffOptions } from './backoff.ts';
import type { Tries } from './next-sends.ts';

export interface RetryPolicy {
  backoff: BackoffOptions;
  tries: Tries;
  /** ms without a stored image or another sign of life, after which the run is given up. */
  idleMs: number;
  /** ms for one request as a whole. */
  timeoutMs: number;
  /** ms for `GET /`: a cold start and no more. */
  describeTimeoutMs: number;
  /** Times `GET /` is asked before it is given up. */
  describeTries: number;
  /** [0, 1) */
  random: () => number;
}

/** A Lambda has 60 s by default; its 502 for a killed one arrives a little later than that. */
export const RETRY_POLICY: RetryPolicy = {
  backoff: { baseMs: 250, capMs: 10_000 },
  tries: { post: 3, connect: 6 },
  idleMs: 300_000,
  timeoutMs: 90_000,
  describeTimeoutMs: 30_000,
  describeTries: 4,
  random: Math.random,
};
