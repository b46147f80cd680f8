/** A note and the head of its file → the line that it is about. Pure. */
import { decodeHTML } from 'entities';
import { findHead } from '../../scan/markdown/front-matter.ts';
import type { Head } from '../../scan/markdown/front-matter.ts';
import { FINDINGS } from '../../pages/findings.ts';
import type { FindingCode } from '../../pages/findings.ts';
import { fieldLines } from './field-lines.ts';
import type { Field } from './field-lines.ts';
import type { Note } from './note.ts';

const TITLE = ['og.title', 'title'];
const IMAGE = ['og.image', 'image', 'cover', 'heroImage', 'thumbnail', 'images'];
const DATE = ['date', 'pubDate', 'publishDate', 'publishedAt'];
const SLUG = ['og.slug', 'slug', 'permalink', 'url'];
const TEMPLATE = ['og.template', 'template'];
const DESCRIPTION = ['og.description', 'description', 'summary', 'excerpt'];

/** What front matter calls the fields of a post. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['title', TITLE],
  ['description', DESCRIPTION],
  ['image', IMAGE],
  ['date', DATE],
  ['slug', SLUG],
  ['address', SLUG],
  ['template', TEMPLATE],
  ['author', ['author', 'authors']],
  ['tags', ['tags', 'keywords']],
  ['alt', ['og.alt']],
]);

/** What a code is about where its message names no field. */
const SUBJECTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['no_title', TITLE],
  ['missing_glyph', TITLE],
  ['date_left_out', DATE],
  ['unknown_language', ['lang']],
  ['invalid_slug', SLUG],
  ['duplicate_key', SLUG],
  ['unknown_template', TEMPLATE],
  ['template_failed', TEMPLATE],
  ...['picture_left_out', 'missing_picture', 'invalid_picture', 'picture_unreachable', 'invalid_image'].map(
    (code) => [code, IMAGE] as const,
  ),
]);

/** What a finding of `check` is about where that is not the image, as a page writes it. */
const PAGE_SIGNS: ReadonlyMap<string, string> = new Map<FindingCode, string>([
  ['unreachable', '<head'],
  ['no_image', '<head'],
  ['url_mismatch', 'og:url'],
  ['bad_locale', 'og:locale'],
  ['no_card', 'twitter:card'],
]);

/** The line, from 1, that a note is about: its field's, else where the front matter or the page's head starts. */
export function lineOf(
  { code, message }: Pick<Note, 'code' | 'message'>,
  file: string,
  head: Buffer,
): number {
  const said = /^line (\d{1,9})\b/.exec(message)?.[1];
  if (said !== undefined) return Number(said);
  if (/\.html?$/i.test(file)) return lineOfPage(code, head.toString('latin1'));
  const found = headOf(head);
  const fields = found === null ? [] : fieldLines(found);
  const field = fieldOf(code, message, fields);
  return field?.line ?? headingLine(message, head, found) ?? found?.line ?? openingLine(head);
}

function headOf(bytes: Buffer): Head | null {
  try {
    const head = findHead(bytes, true);
    return head === 'more' ? null : head;
  } catch {
    return null;
  }
}

/** The field that a message names, quotes or lists characters of; else what its code is about. */
function fieldOf(code: string, message: string, fields: readonly Field[]): Field | undefined {
  const named = /^(?:og\.)?[A-Za-z]\w*/.exec(message)?.[0] ?? '';
  const byName = first(fields, [...(NAMES.get(named) ?? []), named]);
  if (byName !== undefined) return byName;
  const ordered = [...TITLE, ...DESCRIPTION].flatMap((name) => fields.filter((field) => field.name === name));
  const all = [...ordered, ...fields];
  const quoted = quoteOf(message);
  const byText = quoted === '' ? undefined : all.find(({ text }) => letters(text).includes(quoted));
  if (byText !== undefined) return byText;
  const missing = [...message.matchAll(/\(U\+([0-9A-F]{4,6})\)/g)].map(([, hex = '']) => parseInt(hex, 16));
  const characters = missing
    .filter((point) => point <= 0x10_ff_ff)
    .map((point) => String.fromCodePoint(point));
  const byCharacter = all.find(({ text }) => characters.some((character) => text.includes(character)));
  return byCharacter ?? first(fields, SUBJECTS.get(code) ?? []);
}

function first(fields: readonly Field[], names: readonly string[]): Field | undefined {
  for (const name of names) {
    const field = fields.find((one) => one.name === name);
    if (field !== undefined) return field;
  }
  return undefined;
}

/** The letters of what a message quotes at its start. */
function quoteOf(message: string): string {
  return message.startsWith('"') ? letters(message.slice(1, Math.max(1, message.lastIndexOf('"')))) : '';
}

/** Letters and digits alone: markup, quotes and spaces differ between a file and a card. */
function letters(text: string): string {
  return decodeHTML(text)
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** A title may be a heading of the text. */
function headingLine(message: string, bytes: Buffer, head: Head | null): number | undefined {
  const quoted = quoteOf(message);
  if (quoted === '') return undefined;
  const skipped = head === null ? 0 : head.line + head.text.split('\n').length - 1;
  const lines = bytes.toString('utf8').split('\n');
  for (const [at, line] of lines.entries())
    if (at >= skipped && (/^ {0,3}#/.test(line) || /^(?:=+|-+)\s*$/.test(lines[at + 1] ?? '')))
      if (letters(line).includes(quoted)) return at + 1;
  return undefined;
}

/** The first line that is not blank: front matter that is never closed opens there. */
function openingLine(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split('\n');
  const at = lines.findIndex((line) => /\S/.test(line));
  return at < 0 ? 1 : at + 1;
}

function lineOfPage(code: string, html: string): number {
  const isOfImage = code in FINDINGS || SUBJECTS.get(code) === IMAGE;
  const sign = PAGE_SIGNS.get(code) ?? (isOfImage ? 'og:image' : '<title');
  for (const wanted of [sign, '<head']) {
    const at = html.toLowerCase().indexOf(wanted);
    if (at >= 0) return html.slice(0, at).split('\n').length;
  }
  return 1;
}
