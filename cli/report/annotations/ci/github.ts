/**
 * GitHub Actions: workflow commands and the summary of the step.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import { appendFile, stat } from 'node:fs/promises';
import type { PlacedNote } from '../placed.ts';
import { titleOf } from '../review.ts';
import type { Review } from '../review.ts';
import { summaryMarkdown } from '../summary.ts';
import type { Ci } from './ci.ts';

/** Annotations of one level that GitHub shows of a step. */
const SHOWN = 10;
/** Bytes of a step's summary; a larger one is not shown at all. */
const SUMMARY_BYTES = 1_048_576;
const CUT = '\n\n… The rest is in the log of the step.\n';

export const github: Ci = {
  name: 'GitHub',
  isHere: (environment) => environment['GITHUB_ACTIONS'] === 'true',
  root: (environment) => environment['GITHUB_WORKSPACE'],
  async publish(review, { environment, log }) {
    // The runner reads commands from stderr as from stdout, and stdout carries the results.
    for (const line of commandLines(review)) log.write(`${line}\n`);
    const file = environment['GITHUB_STEP_SUMMARY'];
    if (file) await appendSummary(file, summaryMarkdown(review));
  },
};

/** One command a line: the first errors and warnings, and how many more there are. */
export function commandLines(review: Review): string[] {
  const lines: string[] = [];
  const left: string[] = [];
  for (const severity of ['error', 'warning'] as const) {
    const all = review.notes.filter((note) => note.severity === severity);
    lines.push(...all.slice(0, SHOWN).map(commandOf));
    const more = all.length - SHOWN;
    if (more > 0) left.push(`${more.toLocaleString('en-US')} more ${severity}${more === 1 ? '' : 's'}`);
  }
  if (left.length > 0)
    lines.push(
      command('notice', { title: titleOf(review) }, `${left.join(' and ')}: see the summary of the step.`),
    );
  return lines;
}

function commandOf({ severity, name, path, line, message }: PlacedNote): string {
  const place = path === null ? {} : { file: path, line: String(line ?? 1) };
  return command(severity, { ...place, title: `og-sync: ${name}` }, message);
}

function command(name: string, properties: Readonly<Record<string, string>>, data: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${written.join(',')}::${escapeData(data)}`;
}

/** As https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts has it. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

async function appendSummary(file: string, markdown: string): Promise<void> {
  const written = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  const text = fitting(`${markdown}\n`, SUMMARY_BYTES - written);
  if (text !== '') await appendFile(file, text);
}

/** Whole lines of a text, in at most so many bytes. */
function fitting(text: string, most: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) return text;
  const end = bytes.lastIndexOf('\n', most - Buffer.byteLength(CUT));
  return most <= Buffer.byteLength(CUT) || end < 0 ? '' : `${bytes.toString('utf8', 0, end)}${CUT}`;
}
