/** Filters for templates, besides those of Liquid. Pure: no clock, no time zone, no locale of the machine. */

const DAY = /^\d{4}-\d{2}-\d{2}/;

/** The day is the one that was written, whatever time and offset follow. */
function format(value: unknown, language: unknown, options: Intl.DateTimeFormatOptions): string {
  const [day] = DAY.exec(String(value)) ?? [];
  const date = new Date(`${day}T00:00:00Z`);
  if (day === undefined || date.toJSON()?.slice(0, 10) !== day) return '';
  return new Intl.DateTimeFormat(knownLanguage(language), { ...options, timeZone: 'UTC' }).format(date);
}

function knownLanguage(language: unknown): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([String(language)])[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** `2026-03-05` → `March 5, 2026`, or as the language writes it. Empty for what is no date. */
export function dateLong(value: unknown, language: unknown): string {
  return format(value, language, { dateStyle: 'long' });
}

/** `2026-03-05` → `Mar 5, 2026`, or as the language writes it. Empty for what is no date. */
export function dateShort(value: unknown, language: unknown): string {
  return format(value, language, { dateStyle: 'medium' });
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** `Ada King Lovelace` → `AL`; one letter for a single name. */
export function initials(name: unknown): string {
  if (typeof name !== 'string') return '';
  const words = name.split(/\s+/).filter((word) => word !== '');
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last].map(firstLetter).join('').toLocaleUpperCase('en');
}

function firstLetter(word: string | undefined): string {
  return word === undefined ? '' : ([...graphemes.segment(word)][0]?.segment ?? '');
}

/** `https://www.example.org/blog/` → `example.org/blog`, with a path below it: `example.org/blog/hello`. */
export function host(value: unknown, path?: unknown): string {
  const text = typeof value === 'string' ? value : '';
  const url = URL.parse(text);
  const base = url === null ? text : `${url.host.replace(/^www\./, '')}${url.pathname}`;
  const whole = typeof path === 'string' ? `${base.replace(/\/$/, '')}${decoded(path)}` : base;
  return url === null && path === undefined ? text : whole.replace(/\/$/, '');
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** `/2024/caf%C3%A9.html` → `café`; `index` for the root. */
export function pageName(address: unknown): string {
  const segments = typeof address === 'string' ? decoded(address).split('/') : [];
  const last = segments.findLast((segment) => segment !== '') ?? 'index';
  return last.replace(/\.html?$/i, '');
}

/**
 * A date for Liquid's own filters: a day without a time is midnight UTC, so that the day shown is the day written on
 * every machine.
 */
export function ownDay(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value;
}
