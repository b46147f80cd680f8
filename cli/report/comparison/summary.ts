/** A comparison as Markdown: counts by template, the most changed cards, what to look at. Pure. */
import type { ComparedCard, ComparedTemplate } from '../../compare/compared.ts';
import { count } from '../format.ts';
import { inMarkdown, row } from '../markdown.ts';
import { headline, orphansOf, percent, troubleOf } from './comparison.ts';
import type { ComparisonReport } from './comparison.ts';

/** Cards of each template that are shown with their pictures. */
const MOST_SHOWN = 12;
const MOST_LINES = 20;

/** How the names of its pictures begin. */
export const PICTURE_PREFIX = 'og-sync-';

/** A picture that the Markdown names, by its name in the folder of pictures. */
export interface NamedPicture {
  name: string;
  /** WebP. */
  bytes: Uint8Array;
}

/**
 * @param picturesUrl where the folder of pictures will be published; null: the Markdown names none
 * Returns the text and the pictures it names.
 */
export function comparisonSummary(
  report: ComparisonReport,
  picturesUrl: string | null,
): { text: string; pictures: NamedPicture[] } {
  const pictures: NamedPicture[] = [];
  const link = (picture: Uint8Array | undefined, alt: string): string => {
    if (picture === undefined) return '';
    const name = `${PICTURE_PREFIX}${pictures.length + 1}.webp`;
    pictures.push({ name, bytes: picture });
    return `![${inMarkdown(alt)}](${new URL(name, picturesUrl ?? 'https://unused.invalid').href})`;
  };
  const { templates, notices, estimate } = report;
  const lines = [`### ${inMarkdown(headline(report))}`, ''];
  for (const notice of notices) lines.push(`> ${inMarkdown(notice)}`, '');
  if (templates.length > 0) lines.push(...countLines(templates));
  if (estimate !== null) lines.push(inMarkdown(estimate), '');
  for (const template of templates) lines.push(...changedLines(template, picturesUrl === null ? null : link));
  lines.push(...troubleLines(report), ...orphanLines(report));
  return { text: `${lines.join('\n').trimEnd()}\n`, pictures };
}

type Link = (picture: Uint8Array | undefined, alt: string) => string;

function countLines(templates: readonly ComparedTemplate[]): string[] {
  const head = ['Template', 'Changed', 'New', 'Same look'];
  return [
    row(head),
    row(['---', '---:', '---:', '---:']),
    ...templates.map(({ name, changed, moreChanged, created, moreCreated, same }) => {
      const counts = [changed.length + moreChanged, created.length + moreCreated, same];
      return row([inMarkdown(name), ...counts.map((number) => number.toLocaleString('en-US'))]);
    }),
    '',
  ];
}

function changedLines(
  { name, changed, moreChanged, created }: ComparedTemplate,
  link: Link | null,
): string[] {
  const lines: string[] = [];
  const shown = changed.slice(0, MOST_SHOWN);
  const left = changed.length - shown.length + moreChanged;
  if (shown.length > 0) {
    lines.push(`#### ${inMarkdown(name)}: most changed first`, '');
    lines.push(...(link === null ? named(shown) : pictured(shown, link)));
    if (left > 0) lines.push('', `… and ${count(left, 'more card')}.`);
    lines.push('');
  }
  if (link !== null && created.length > 0) {
    lines.push(`#### ${inMarkdown(name)}: new`, '', row(['Card', '']), row(['---', '---']));
    for (const card of created.slice(0, MOST_SHOWN))
      lines.push(row([label(card), link(card.after.picture, card.alt)]));
    lines.push('');
  }
  return lines;
}

function named(cards: readonly ComparedCard[]): string[] {
  return [
    row(['Card', 'Changed']),
    row(['---', '---:']),
    ...cards.map((card) => row([label(card), changeOf(card)])),
  ];
}

function pictured(cards: readonly ComparedCard[], link: Link): string[] {
  return [
    row(['Card', 'Changed', 'Before', 'After']),
    row(['---', '---:', '---', '---']),
    ...cards.map((card) =>
      row([
        label(card),
        changeOf(card),
        link(card.before?.picture, `Before: ${card.alt}`),
        link(card.after.picture, `After: ${card.alt}`),
      ]),
    ),
  ];
}

function changeOf({ share, note }: ComparedCard): string {
  return note === null ? percent(share) : inMarkdown(note);
}

function label({ alt, file, output }: ComparedCard): string {
  return `${inMarkdown(alt)}<br>${inMarkdown(output === null ? file : `${file} · ${output}`)}`;
}

function troubleLines({ document }: ComparisonReport): string[] {
  const found = troubleOf(document);
  if (found.length === 0) return [];
  const lines = found
    .slice(0, MOST_LINES)
    .map(
      ({ place, code, message }) => `- **${inMarkdown(code)}** ${inMarkdown(place)}: ${inMarkdown(message)}`,
    );
  if (found.length > MOST_LINES) lines.push(`- … and ${count(found.length - MOST_LINES, 'more', 'more')}`);
  return ['#### To look at', '', ...lines, ''];
}

function orphanLines(report: ComparisonReport): string[] {
  const keys = orphansOf(report);
  if (keys.length === 0) return [];
  const lines = keys.slice(0, MOST_LINES).map((key) => `- ${inMarkdown(key)}`);
  if (keys.length > MOST_LINES) lines.push(`- … and ${count(keys.length - MOST_LINES, 'more', 'more')}`);
  return ['#### Orphaned', '', ...lines, ''];
}
