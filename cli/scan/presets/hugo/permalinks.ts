/** Hugo's `permalinks` and its way to make a path of a text. Source: resources/page/permalinks.go, common/paths/path.go */
import { posix } from 'node:path';
import { dataOf, isData, asText } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { dayOfYear, MONTHS, pad, weekday, WEEKDAYS } from '../reading/dates.ts';
import type { LocalDate } from '../reading/dates.ts';

export type HugoPageKind = 'page' | 'section' | 'home' | 'taxonomy' | 'term';

/** What a pattern may ask of a page. */
export interface Subject {
  kind: HugoPageKind;
  /** `/posts/a`, without extension and language. */
  path: string;
  section: string;
  /** The folders above that are sections of their own. */
  sections: readonly string[];
  title: string;
  slug: string;
  filename: string;
  date: LocalDate | null;
}

const ALLOWED = /[\p{L}\p{Nd}\p{M}./\\_#+~@-]/u;

/** Letters, digits and a few signs stay; spaces become one hyphen; the rest goes. */
function sanitize(text: string): string {
  const signs = Array.from(text);
  let result = '';
  let pending = false;
  for (const [index, sign] of signs.entries()) {
    const escape = sign === '%' && /^[0-9a-f]{2}$/i.test(signs.slice(index + 1, index + 3).join(''));
    if (escape || ALLOWED.test(sign)) {
      result += pending && sign !== '-' ? `-${sign}` : sign;
      pending = false;
    } else if (/\s/u.test(sign) && result !== '' && !result.endsWith('-')) pending = true;
  }
  return result;
}

interface Paths {
  lower: boolean;
  accents: boolean;
}

export function makePath(text: string, { lower, accents }: Paths): string {
  const clean = sanitize(text);
  const plain = accents
    ? clean
    : clean
        .normalize('NFD')
        .replaceAll(/\p{Mn}/gu, '')
        .normalize('NFC');
  return lower ? plain.toLowerCase() : plain;
}

/** The pattern for a page: a table of sections, one for each kind, or a list of patterns with targets. */
export function patternFor(permalinks: unknown, { kind, section, path }: Subject): string | undefined {
  if (Array.isArray(permalinks)) {
    const rule = permalinks.map(dataOf).find(({ target }) => matches(dataOf(target), kind, path));
    return asText(rule?.['pattern']);
  }
  const table = dataOf(permalinks);
  const ofKind = table[kind];
  if (isData(ofKind)) return inTable(ofKind, section);
  return kind === 'page' && !isData(table['page']) ? inTable(table, section) : undefined;
}

function inTable(table: Data, section: string): string | undefined {
  const name = section.toLowerCase();
  return asText(table[name === '' ? '/' : name]) ?? (name === '' ? asText(table[' ']) : undefined);
}

/** A target of `cascade` and `permalinks`: a glob of paths, a kind. */
export function matches(target: Data, kind: HugoPageKind, path: string): boolean {
  const glob = asText(target['path']);
  const wanted = asText(target['kind']);
  if (wanted !== undefined && !posix.matchesGlob(kind, wanted)) return false;
  return glob === undefined || posix.matchesGlob(path, glob.toLowerCase());
}

/** The pattern with its attributes filled in; null when an attribute is not known, or there is no date for it. */
export function expandPermalink(pattern: string, subject: Subject, paths: Paths): string | null {
  let known = true;
  const path = pattern.replaceAll(/\\?:(\w+)(\[[^\]]*\])?/g, (all: string, name: string, slice?: string) => {
    if (all.startsWith('\\')) return all.slice(1);
    const value = attribute(name, slice, subject, paths);
    if (value === null) known = false;
    return value ?? '';
  });
  return known ? path : null;
}

function attribute(name: string, slice: string | undefined, subject: Subject, paths: Paths): string | null {
  const clean = (text: string) => makePath(text, paths);
  switch (name) {
    case 'title':
      return clean(subject.title);
    case 'slug':
      return clean(subject.slug || subject.title);
    case 'filename':
    case 'contentbasename':
      return clean(subject.filename);
    case 'slugorfilename':
    case 'slugorcontentbasename':
      return clean(subject.slug || subject.filename);
    case 'section':
      return subject.section;
    case 'sections':
      return sliced(subject.sections, slice).join('/');
    default:
      return subject.date === null ? null : ofDate(name, subject.date);
  }
}

function ofDate(name: string, date: LocalDate): string | null {
  switch (name) {
    case 'year':
    case '2006':
      return String(date.year);
    case 'month':
    case '01':
      return pad(date.month);
    case 'monthname':
      return MONTHS[date.month - 1] ?? null;
    case 'day':
    case '02':
      return pad(date.day);
    case 'weekday':
      return String(weekday(date));
    case 'weekdayname':
      return WEEKDAYS[weekday(date)] ?? null;
    case 'yearday':
      return String(dayOfYear(date));
    default:
      return null;
  }
}

/** `[1:]`, `[:2]`, `[last]`, `[0]` as Go's slices, lenient. */
function sliced(parts: readonly string[], slice: string | undefined): readonly string[] {
  if (slice === undefined) return parts;
  const [from = '', to] = slice.slice(1, -1).split(':');
  const index = (text: string) => (text === 'last' ? parts.length - 1 : Number(text));
  if (to === undefined) return parts.slice(index(from), index(from) + 1);
  return parts.slice(from === '' ? 0 : index(from), to === '' ? parts.length : index(to));
}
