/** The first heading of a page, and the date beside it. */
import type { Attributes, Outline } from './outline.ts';

export interface BodyReader {
  /** `at`: where the tag ends, in units of the view. */
  open(name: string, attributes: Attributes, at: number): void;
  close(name: string, at: number): void;
  text(text: string): void;
  /** Whether text matters now. */
  listening(): boolean;
  /** What need not be found: the head says it. */
  skip(known: { title: boolean; date: boolean }): void;
  /** Whether nothing more is to be found. */
  done(): boolean;
  finish(): void;
}

/** A date stands close to the heading or not at all: what is further down belongs to other pages. */
const DATE_WITHIN = 8192;
/** With more dates than these two, published and changed, it is a list of pages. */
const OWN_DATES = 2;
const HEADING_MOST = 10_000;
const NO_WORDS = new Set(['script', 'style', 'svg', 'math', 'button', 'textarea', 'noscript', 'template']);
const ENDS_DATES = new Set(['h2', 'h3', 'h4', 'nav', 'aside', 'footer']);
const SPACE = new Set(['br', 'div', 'p']);
const WORD = /[\p{L}\p{N}]/u;

/** Reads into `outline.heading` and `outline.time`. */
export function createBodyReader(outline: Outline): BodyReader {
  let pieces: string[] | null = null;
  let length = 0;
  /** Where the text of an open link begins. */
  let link = 0;
  /** The element inside a heading that is not read, and how deep it is nested in itself. */
  let skipped = { name: '', depth: 0 };
  let main = false;
  let datesEnd = Infinity;
  let known = { title: false, date: false };
  const dates: string[] = [];

  function openInHeading(name: string, attributes: Attributes): void {
    if (skipped.depth > 0) skipped.depth += Number(name === skipped.name);
    else if (NO_WORDS.has(name) || isHidden(attributes)) skipped = { name, depth: Number(!VOID.has(name)) };
    else if (SPACE.has(name)) add(' ');
    else if (name === 'a') link = pieces?.length ?? 0;
  }

  function closeInHeading(name: string, at: number): void {
    if (skipped.depth > 0) skipped.depth -= Number(name === skipped.name);
    else if (name === 'a') dropSign();
    else if (SPACE.has(name)) add(' ');
    if (/^h[1-6]$/.test(name)) finishHeading(at);
  }

  /** The link to the heading itself is a sign, "#" or "¶": no word of the title. */
  function dropSign(): void {
    if (pieces !== null && !WORD.test(pieces.slice(link).join(''))) pieces.length = link;
  }

  function finishHeading(at: number): void {
    const heading = (pieces ?? [])
      .join('')
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim();
    pieces = null;
    skipped = { name: '', depth: 0 };
    if (!WORD.test(heading)) return;
    outline.heading = heading;
    datesEnd = at + DATE_WITHIN;
  }

  function add(text: string): void {
    if (length < HEADING_MOST) pieces?.push(text);
    length += text.length;
  }

  function finishDates(): void {
    if (datesEnd === 0) return;
    datesEnd = 0;
    if (dates.length <= OWN_DATES) outline.time = dates[0] ?? null;
  }

  return {
    open(name, attributes, at) {
      if (pieces !== null) return openInHeading(name, attributes);
      if (name === 'h1' && outline.heading === null) {
        pieces = [];
        length = 0;
        link = 0;
      }
      if (name === 'main' || name === 'article') main = true;
      const date = name === 'time' ? attributes.get('datetime') : undefined;
      if (date !== undefined && at <= datesEnd && (main || outline.heading !== null)) dates.push(date);
      if (outline.heading !== null && (at > datesEnd || ENDS_DATES.has(name))) finishDates();
    },
    close(name, at) {
      if (pieces !== null) closeInHeading(name, at);
      else if (outline.heading !== null && at > datesEnd) finishDates();
    },
    text(text) {
      if (skipped.depth === 0) add(text);
    },
    listening: () => pieces !== null,
    skip: (said) => (known = said),
    done: () => (outline.heading !== null || (known.title && known.date)) && (datesEnd === 0 || known.date),
    finish: finishDates,
  };
}

const VOID = new Set(['img', 'br', 'wbr', 'input', 'hr']);

function isHidden(attributes: Attributes): boolean {
  return attributes.has('hidden') || attributes.get('aria-hidden') === 'true';
}
