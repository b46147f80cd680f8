/** Results → the lines that a person reads. Pure. */
import type { Colors } from '../../report/colors.ts';
import type { DoctorDocument, DoctorSign } from '../../report/documents.ts';
import { count, formatMs, safeLines } from '../../report/format.ts';
import type { Fact } from './check.ts';
import type { CheckResult } from './run.ts';

const SIGNS: Record<DoctorSign, (colors: Colors) => string> = {
  ok: (colors) => colors.green('✔'),
  warning: (colors) => colors.yellow('▲'),
  failure: (colors) => colors.red('✖'),
};

/** The name of the check, and under it each fact with its sign and its cure. `quiet`: failures alone. */
export function checkLines(
  { check, facts }: CheckResult,
  { colors, quiet }: { colors: Colors; quiet: boolean },
): string[] {
  const shown = quiet ? facts.filter(({ sign }) => sign === 'failure') : facts;
  if (shown.length === 0) return [];
  return [colors.bold(check.title), ...shown.flatMap((fact) => factLines(fact, colors))];
}

function factLines({ sign, fact, cure }: Fact, colors: Colors): string[] {
  const [first = '', ...others] = safeLines(fact).split('\n');
  const lines = [`  ${SIGNS[sign](colors)} ${first}`, ...others.map((line) => `  ${line}`)];
  return cure === null ? lines : [...lines, `    ${colors.cyan('→')} ${safeLines(cure)}`];
}

/** The last line: how it went in all. */
export function countLine({ summary }: DoctorDocument, colors: Colors): string {
  const { ok, warnings, failures, durationMs } = summary;
  const worst = failures > 0 ? 'failure' : warnings > 0 ? 'warning' : 'ok';
  const parts = [`${ok} in order`, count(warnings, 'warning'), count(failures, 'failure')];
  return `${SIGNS[worst](colors)} ${colors.bold(parts.join(', '))}${colors.dim(` · ${formatMs(durationMs)}`)}`;
}
