/** Results → the document of `doctor --json`, and the exit code. Pure. */
import { VERSION } from '../../../function/package.ts';
import type { DoctorDocument, DoctorSign } from '../../report/documents.ts';
import type { Fact } from './check.ts';
import type { CheckResult } from './run.ts';

/** `durationMs`: of the whole. */
export function doctorDocument(results: readonly CheckResult[], durationMs: number): DoctorDocument {
  const facts = results.flatMap((result) => result.facts);
  const number = (sign: DoctorSign) => facts.filter((fact) => fact.sign === sign).length;
  return {
    version: VERSION,
    summary: {
      ok: number('ok'),
      warnings: number('warning'),
      failures: number('failure'),
      durationMs: Math.round(durationMs),
    },
    checks: results.map((result) => ({
      name: result.check.name,
      sign: worstOf(result.facts),
      durationMs: Math.round(result.durationMs),
      facts: result.facts.map(({ sign, fact, cure }) => ({ sign, fact, cure })),
    })),
  };
}

function worstOf(facts: readonly Fact[]): DoctorSign {
  if (facts.some(({ sign }) => sign === 'failure')) return 'failure';
  return facts.some(({ sign }) => sign === 'warning') ? 'warning' : 'ok';
}

/** As the run itself would end: wrong usage is seen first, then a store or function out of reach, then all else. */
export function exitCodeOfFacts(facts: readonly Fact[]): number {
  return [2, 3, 1].find((code) => facts.some(({ exitCode }) => exitCode === code)) ?? 0;
}
