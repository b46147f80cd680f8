/** A proposal → lines a person reads. Pure. */
import type { Colors } from '../../report/colors.ts';
import { safe } from '../../report/format.ts';
import type { BuildEdit } from './build-line.ts';
import type { Proposal } from './proposal.ts';
import type { KnownSite } from './site.ts';

/** What an edit takes away and what it puts there. */
export function editLines({ lines }: BuildEdit, colors: Colors): string[] {
  return lines.flatMap(({ from, to }) => [colors.red(`- ${safe(from)}`), colors.green(`+ ${safe(to)}`)]);
}

/** What is written without asking. */
export function writtenLines(
  { generator, facts }: KnownSite,
  { config, edits }: Proposal,
  colors: Colors,
): string[] {
  return [
    `${colors.bold(generator?.label ?? 'No generator')} ${generator === null ? 'was recognised.' : 'makes this site.'}`,
    ...(facts.notes ?? []).map((note) => colors.yellow(`▲ ${note}`)),
    colors.bold(config.file),
    ...config.text
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    ...edits.flatMap((edit) => [
      colors.bold(edit.file),
      ...editLines(edit, colors).map((line) => `  ${line}`),
    ]),
  ];
}

/** A line to read, or one to copy, which is never broken. */
export interface HandLine {
  line: string;
  isCode: boolean;
}

function read(...lines: string[]): HandLine[] {
  return lines.map((line) => ({ line, isCode: false }));
}

function copy(...lines: string[]): HandLine[] {
  return lines.map((line) => ({ line: safe(line), isCode: true }));
}

/** What is left for the user to do by hand. */
export function handLines({ head, line }: Pick<Proposal, 'head' | 'line'>, colors: Colors): HandLine[] {
  return [
    ...(head === null ? [] : [...read('', colors.bold(`Into ${head.file}:`), ''), ...copy(...head.lines)]),
    ...(head?.use === undefined ? [] : read('', head.use)),
    ...(line === null
      ? []
      : [...read('', colors.bold('Into the script that builds your site:'), ''), ...copy(line)]),
  ];
}

/** What to do next. */
export function nextLines(
  options: { isInstalled: boolean; hasPackage: boolean; after: boolean },
  colors: Colors,
): string[] {
  const steps = [
    ...(options.isInstalled || !options.hasPackage ? [] : ['npm install --save-dev og-sync']),
    ...(options.after ? ['build the site, use: npx og-sync'] : ['npx og-sync plan', 'npx og-sync']),
  ];
  return ['', colors.bold('Next:'), ...steps.map((step) => `  ${step}`)];
}
