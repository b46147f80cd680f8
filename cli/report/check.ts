/** Findings → the document of `check --json`, and the table that a person reads. Pure. */
import { VERSION } from '../../function/package.ts';
import { FINDINGS } from '../pages/findings.ts';
import type { Finding, FindingCode, Severity } from '../pages/findings.ts';
import type { Checked } from '../pages/check.ts';
import type { Colors } from './colors.ts';
import type { CheckDocument } from './documents.ts';
import { count, formatMs, safe } from './format.ts';

export function checkDocument({ pages, findings }: Checked, durationMs: number): CheckDocument {
  const number = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return {
    version: VERSION,
    summary: {
      pages,
      errors: number('error'),
      warnings: number('warning'),
      durationMs: Math.round(durationMs),
    },
    findings,
  };
}

export interface CheckLineOptions {
  colors: Colors;
  /** All findings instead of the first examples of each kind. */
  verbose: boolean;
  /** Errors alone, and nothing where there are none. */
  quiet: boolean;
}

const EXAMPLES = 3;

/** A line for each kind, errors first, the rarest first, with examples; then the counts. */
export function checkLines(document: CheckDocument, options: CheckLineOptions): string[] {
  const { colors, verbose, quiet } = options;
  const { pages, errors, warnings, durationMs } = document.summary;
  const lines: string[] = [];
  for (const severity of quiet ? (['error'] as const) : (['error', 'warning'] as const)) {
    const paint = severity === 'error' ? colors.red : colors.yellow;
    for (const [code, found] of byKind(document.findings, severity)) {
      lines.push(
        `${paint(severity === 'error' ? '✖' : '▲')} ${String(found.length).padStart(5)}  ${FINDINGS[code][1]} ${colors.dim(code)}`,
      );
      const shown = verbose ? found : found.slice(0, EXAMPLES);
      for (const { page, message } of shown)
        lines.push(`         ${safe(page)} ${colors.dim(safe(message))}`);
      if (found.length > shown.length)
        lines.push(
          colors.dim(`         … and ${found.length - shown.length} more (--verbose or --json has all)`),
        );
    }
  }
  if (quiet) return lines;
  const mark =
    errors > 0 ? colors.red('✖') : warnings > 0 || pages === 0 ? colors.yellow('■') : colors.green('✔');
  lines.push(
    `${mark} ${colors.bold(count(pages, 'page'))}: ${count(errors, 'error')}, ${count(warnings, 'warning')}${colors.dim(` · ${formatMs(durationMs)}`)}`,
  );
  return lines;
}

function byKind(findings: readonly Finding[], severity: Severity): [FindingCode, Finding[]][] {
  const kinds = Object.groupBy(
    findings.filter((finding) => finding.severity === severity),
    ({ code }) => code,
  );
  return (Object.entries(kinds) as [FindingCode, Finding[]][]).sort(([, a], [, b]) => a.length - b.length);
}
