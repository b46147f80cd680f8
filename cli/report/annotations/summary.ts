/** A review → its summary, as Markdown and as plain text. Pure. */
import { count, formatMs, safe } from '../format.ts';
import { inMarkdown, row } from '../markdown.ts';
import type { PlacedNote } from './placed.ts';
import { titleOf } from './review.ts';
import type { Figure, Review } from './review.ts';

/** Notes of each kind in the Markdown; the rest are counted. */
const SHOWN = 20;
/** The summary as Markdown: figures in a table, then the notes by kind. */
export function summaryMarkdown(review: Review): string {
  const { figures, notes } = review;
  const lines = [
    `### ${inMarkdown(titleOf(review))}`,
    '',
    row(figures.map(({ name }) => name)),
    row(figures.map(() => '---:')),
    row(figures.map(shown)),
    '',
  ];
  if (notes.length === 0) lines.push('Nothing to look at.', '');
  for (const of of kindsOf(notes)) {
    const { severity, code, name } = of[0];
    lines.push(
      `**${severity === 'error' ? '✖' : '▲'} ${inMarkdown(code)}** (${of.length.toLocaleString('en-US')}): ${inMarkdown(name)}`,
      '',
      ...of.slice(0, SHOWN).map((note) => `- ${inMarkdown(placeOf(note))}${inMarkdown(note.message)}`),
    );
    if (of.length > SHOWN) lines.push(`- … and ${(of.length - SHOWN).toLocaleString('en-US')} more`);
    lines.push('');
  }
  return lines.join('\n');
}

/** The same in a few plain lines: the figures, and how many notes of each kind there are. */
export function summaryText({ figures, notes }: Review): string {
  const counts = figures.map((figure) => `${figure.name}: ${shown(figure)}`).join(', ');
  const kinds = kindsOf(notes).map(
    (of) => `${count(of.length, of[0].severity)}: ${safe(of[0].name)} (${safe(of[0].code)})`,
  );
  return [counts, ...kinds].join('\n');
}

function shown({ value, unit }: Figure): string {
  return unit === 'ms' ? formatMs(value) : value.toLocaleString('en-US');
}

function placeOf({ path, line }: PlacedNote): string {
  return path === null ? '' : `${path}:${line ?? 1} `;
}

type Kind = [PlacedNote, ...PlacedNote[]];

/** By severity and code, in the order of the notes. */
function kindsOf(notes: readonly PlacedNote[]): Kind[] {
  return [...Map.groupBy(notes, ({ severity, code }) => `${severity} ${code}`).values()] as Kind[];
}
