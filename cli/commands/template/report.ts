/** The document of `template check` → the table and the findings that a person reads. Pure. */
import type { Colors } from '../../report/colors.ts';
import { count, formatMs, safe } from '../../report/format.ts';
import { troubleKindOf } from '../../report/kinds.ts';
import { countOf, ratioOf } from './findings.ts';
import type { TemplateFinding, TemplatesDocument } from './findings.ts';
import { tableLines } from './table.ts';

export interface CheckLineOptions {
  colors: Colors;
  /** All findings instead of the first of each kind. */
  verbose: boolean;
}

const EXAMPLES = 3;
const HEADS = ['template', '>cards', '>errors', '>warnings', '>time', '>CPU', '>of default'];

export function checkedLines(document: TemplatesDocument, options: CheckLineOptions): string[] {
  const { colors } = options;
  const { summary, templates } = document;
  const lines = tableLines(HEADS, rowsOf(document), colors);
  for (const { name, findings } of templates) {
    if (findings.length === 0) continue;
    lines.push('', colors.bold(name), ...findingLines(findings, options));
  }
  const mark =
    summary.errors > 0 ? colors.red('✖') : summary.warnings > 0 ? colors.yellow('■') : colors.green('✔');
  const counts = `${count(summary.cards, 'card')}: ${count(summary.errors, 'error')}, ${count(summary.warnings, 'warning')}`;
  lines.push('', `${mark} ${colors.bold(counts)}${colors.dim(` · ${formatMs(summary.durationMs)}`)}`);
  return lines;
}

function rowsOf({ templates, baseline }: TemplatesDocument): string[][] {
  return templates.map(({ name, cards, findings, timing }) => [
    name,
    String(cards),
    shownCount(countOf(findings, 'error')),
    shownCount(countOf(findings, 'warning')),
    timing === null ? '' : formatMs(timing.ms),
    timing === null || timing.cpuMs === null ? '' : formatMs(timing.cpuMs),
    timing === null || baseline === null ? '' : `${ratioOf(timing, baseline.timing).toFixed(1)}×`,
  ]);
}

function shownCount(number: number): string {
  return number === 0 ? '–' : String(number);
}

function findingLines(findings: readonly TemplateFinding[], options: CheckLineOptions): string[] {
  const kinds = Object.groupBy(findings, ({ severity, code }) => `${severity} ${code}`);
  return Object.values(kinds).flatMap((found = []) => kindLines(found, options));
}

/** All of one kind. */
function kindLines(found: readonly TemplateFinding[], { colors, verbose }: CheckLineOptions): string[] {
  const [first] = found;
  if (first === undefined) return [];
  const mark = first.severity === 'error' ? colors.red('✖') : colors.yellow('▲');
  const { name, cure = '' } = kindOf(first.code);
  const shown = verbose ? found : found.slice(0, EXAMPLES);
  const lines = [
    `${mark} ${String(found.length).padStart(3)}  ${name} ${colors.dim(first.code)}`,
    ...shown.map((finding) => `       ${exampleOf(finding, colors)}`),
  ];
  if (found.length > shown.length)
    lines.push(colors.dim(`       … and ${found.length - shown.length} more (--verbose or --json has all)`));
  const hint = first.hint === '' ? cure : first.hint;
  if (hint !== '') lines.push(colors.dim(`       ${safe(hint)}`));
  return lines;
}

function kindOf(code: string): { name: string; cure?: string } {
  if (code === 'sample_invalid') return { name: 'a sample.json that cannot be used' };
  return code === 'unknown_check' ? { name: 'data-lint-off names no check' } : troubleKindOf(code);
}

function exampleOf({ file, line, message, cards }: TemplateFinding, colors: Colors): string {
  const place = file === null ? '' : `${safe(file)}${line === null ? '' : `:${line}`}: `;
  const [first] = cards;
  if (first === undefined) return `${place}${safe(message)}`;
  const more = cards.length > 1 ? ` and ${count(cards.length - 1, 'other card')}` : '';
  const where = `${first.sample}${first.output === null ? '' : `, ${first.output}`}${more}`;
  return file === null
    ? `${where}: ${colors.dim(safe(message))}`
    : `${place}${safe(message)} ${colors.dim(`(${where})`)}`;
}
