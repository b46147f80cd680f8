/** Distinguishes the failure of a post from a failure of the whole run, which is reported once and ends it. Pure. */
import { dirname } from 'node:path/posix';
import { FunctionError } from '../../function/contract.ts';
import type { FailedResult, Result } from '../../function/contract.ts';
import { CliError } from '../errors.ts';
import type { Item } from '../plan/plan.ts';

export interface Settled {
  item: Item;
  result: Result;
}

/** What is known after one more result: what is the posts' own, and what ends the run. */
interface Known {
  settled: Settled[];
  error: CliError | FunctionError | null;
}

export interface RunFailures {
  take(one: Settled): Known;
  /** After the last result. */
  end(): Known;
}

/** So many posts in a row that fail for a reason of this kind are no accident. */
const ENOUGH = 8;
/** A right that is missing for one folder of the store fails all posts of that folder, which come one after the other. */
const ENOUGH_OF_A_FOLDER = 32;

/** What may fail for all posts alike: from the store, or from the browser. */
const SHARED = new Set(['store_refused', 'store_unavailable', 'browser_unavailable']);

type Failed = Settled & { result: FailedResult };

/** Whether a result failed for a reason that may be the run's. */
export function isShared(result: Result): result is FailedResult {
  return result.status === 'failed' && SHARED.has(result.error.code);
}

/** The store says so where no other key could fare better. */
function isEverywhere({ error: { details } }: FailedResult): boolean {
  return typeof details === 'object' && details !== null && 'everywhere' in details;
}

/**
 * Holds back failures that may be the run's until it is known whose they are: a stored image shows that the store and the
 * browser are well; many failures in a row, or nothing else at all, show that they are not. `where`: who renders.
 */
export function createRunFailures(where: string): RunFailures {
  let held: Failed[] = [];
  let stored = false;
  let others = false;
  let ended = false;

  /** What the run itself failed with is no post's any more. */
  function release(): Settled[] {
    const released = ended ? [] : held;
    held = [];
    return released;
  }

  function end({ result }: Failed): Known {
    ended = true;
    return { settled: [], error: runError(result, where) };
  }

  function endsRun({ result }: Failed): boolean {
    const { code } = result.error;
    if (isEverywhere(result)) return true;
    if (code === 'browser_unavailable') return !stored || held.length >= ENOUGH;
    if (code === 'store_unavailable') return held.length >= ENOUGH;
    const folders = new Set(held.map(({ item }) => dirname(item.key)));
    return !stored && held.length >= (folders.size === 1 && !folders.has('.') ? ENOUGH_OF_A_FOLDER : ENOUGH);
  }

  return {
    take(one) {
      const { item, result } = one;
      if (result.status === 'stored') {
        stored = true;
        return { settled: [...release(), one], error: null };
      }
      if (!isShared(result)) {
        others = true;
        return { settled: [one], error: null };
      }
      const failed = { item, result };
      held.push(failed);
      return !ended && endsRun(failed) ? end(failed) : { settled: [], error: null };
    },
    end() {
      const [first] = held;
      if (first !== undefined && !ended && !stored && !others) return end(first);
      return { settled: release(), error: null };
    },
  };
}

const AGAIN = 'Nothing is lost: run it again and only what is missing is made.';

/** What ends a run in which images fail for a reason that all share. `where`: who renders. */
export function runError(
  { error: { code, message } }: FailedResult,
  where: string,
): CliError | FunctionError {
  if (code === 'store_refused') return new CliError(code, `The store refuses the images. ${message}`, AGAIN);
  if (code === 'store_unavailable')
    return new CliError(code, `The store cannot be reached. ${message}`, AGAIN);
  return new FunctionError(
    'browser_unavailable',
    where === LOCAL ? message : `The function at ${where} has no browser. ${message}`,
    where === LOCAL
      ? 'Or set CHROME_PATH to a Chrome or Chromium of this machine, or render with a Function URL (--function).'
      : 'Look into its log, and deploy it again.',
  );
}

/** How a dispatch in this process calls itself. */
export const LOCAL = 'this process';
