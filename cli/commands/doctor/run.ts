/** Checks → their results: each by itself, all at once, none longer than it may take. */
import { performance } from 'node:perf_hooks';
import { untilAborted } from '../../tasks/until-aborted.ts';
import { failed, failure } from './check.ts';
import type { Check, Fact, Subject } from './check.ts';

export interface CheckResult {
  check: Check;
  facts: Fact[];
  durationMs: number;
}

export interface Examination {
  /** In the order of the checks. Each rejects with the reason of the subject's signal once that is aborted, and for nothing else. */
  results: Promise<CheckResult>[];
  /** When every check has ended and tidied up, also those whose time was over. */
  settled: Promise<unknown>;
}

/** Starts all checks. */
export function examine(checks: readonly Check[], subject: Subject): Examination {
  const started = checks.map((check) => start(check, subject));
  return {
    results: started.map(({ result }) => result),
    settled: Promise.all(started.map(({ settled }) => settled)),
  };
}

function start(check: Check, subject: Subject): { result: Promise<CheckResult>; settled: Promise<unknown> } {
  const startedAt = performance.now();
  const late = new AbortController();
  // Keeps the process alive: what is waited for may be nothing that Node knows of.
  const timer = setTimeout(() => late.abort(new Late()), check.timeoutMs);
  const signal = AbortSignal.any([subject.signal, late.signal]);
  const work = (async () => check.look({ ...subject, signal }))();
  const result = untilAborted(work, signal)
    .catch((error: unknown): Fact[] => {
      subject.signal.throwIfAborted();
      return [late.signal.aborted ? tooLong(check) : failed(error)];
    })
    .then((facts) => ({ check, facts, durationMs: performance.now() - startedAt }))
    .finally(() => clearTimeout(timer));
  result.catch(() => undefined);
  return { result, settled: work.catch(() => undefined) };
}

/** The time of a check is over. */
class Late extends Error {}

function tooLong({ timeoutMs }: Check): Fact {
  return failure(
    `This took more than ${timeoutMs / 1000} s and was given up.`,
    'Run "og-sync doctor" again when the machine and the network are less busy; if it stays so, what is looked at here hangs.',
  );
}
