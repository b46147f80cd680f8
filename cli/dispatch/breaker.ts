/**
 * A circuit breaker: a function may answer `GET /` and fail every batch. After some failures in a row one batch at a time
 * tries, after growing waits; after some more the run ends. So 10,000 posts cost some twenty requests, and half a minute of
 * trouble costs nothing.
 */
import type { FunctionError, RenderResponse } from '../../function/contract.ts';
import { CliError } from '../errors.ts';
import { backoffMs } from './backoff.ts';
import type { BackoffOptions } from './backoff.ts';
import type { SendOutcome } from './outcome.ts';
import { isShared, runError } from './run-failures.ts';

/** Failures in a row until only one batch at a time is sent. */
const OPEN_AFTER = 10;
/** Failures of such single batches until the run ends. */
const SINGLES = 8;
/** The same when the function has made images in this run: the posts that are left may be to blame. */
const SINGLES_AFTER_SUCCESS = 32;

export interface Breaker {
  /** Whether one batch at a time may be sent. */
  isOpen(): boolean;
  /** To be waited before a batch is sent, ms; 0 as long as all is well. */
  waitMs(): number;
  /** Takes what came of a batch. `single`: it was sent while the circuit was open. An error: the run ends. */
  learn(outcome: SendOutcome<RenderResponse>, single: boolean): CliError | FunctionError | null;
}

/** Failures that say nothing of the post: any other post would have met them. */
const NOT_THE_POSTS = new Set(['browser_unavailable', 'store_unavailable', 'internal']);

/** Whether an outcome shows that the function works (true), that it does not (false), or neither (null). */
function isSuccess(outcome: SendOutcome<RenderResponse>): boolean | null {
  if (outcome.kind === 'busy' || outcome.kind === 'unreached') return null;
  if (outcome.kind !== 'answered') return false;
  return outcome.value.results.some(
    (result) => result.status === 'stored' || !NOT_THE_POSTS.has(result.error.code),
  );
}

function reasonOf(outcome: SendOutcome<RenderResponse>): string {
  if (outcome.kind !== 'answered') return 'reason' in outcome ? outcome.reason : outcome.kind;
  const failed = outcome.value.results.find((result) => result.status === 'failed');
  return failed === undefined ? 'no post was begun' : `${failed.error.code}: ${failed.error.message}`;
}

export function createBreaker(where: string, backoff: BackoffOptions, random: () => number): Breaker {
  let failures = 0;
  let singles = 0;
  let succeeded = false;

  return {
    isOpen: () => failures >= OPEN_AFTER,
    waitMs() {
      if (failures < OPEN_AFTER) return 0;
      const ceiling = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(singles, 20));
      return ceiling / 2 + backoffMs(0, { baseMs: ceiling / 2, capMs: ceiling }, random);
    },
    learn(outcome, single) {
      const success = isSuccess(outcome);
      if (success === null) return null;
      if (success) {
        failures = 0;
        singles = 0;
        succeeded = true;
        return null;
      }
      failures += 1;
      if (single) singles += 1;
      if (singles < (succeeded ? SINGLES_AFTER_SUCCESS : SINGLES)) return null;
      const shared = outcome.kind === 'answered' ? outcome.value.results.find(isShared) : undefined;
      if (shared !== undefined) return runError(shared, where);
      return new CliError(
        'function_unreachable',
        `The function at ${where} answers, but the last ${failures} requests to render all failed. The last answer: ${reasonOf(outcome)}.`,
        'Look into its log ("og-deploy status" names it): memory, time limit and the version it runs. What was stored stays; run it again and only what is missing is made.',
      );
    },
  };
}
