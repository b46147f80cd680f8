/** Filters for templates, besides those of Liquid. Pure: no clock, no time zone, no locale of the machine. */

const DAY = /^\d{4}-\d{2}-\d{2}/;

function format(value: unknown, language: unknown, options: Intl.DateTimeFormatOptions): string {
  if (typeof value !== 'string' || !DAY.test(value)) return '';
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '';
  return new Intl.DateTimeFormat(knownLanguage(language), { ...options, timeZone: 'UTC' }).format(date);
}

function knownLanguage(language: unknown): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([String(language)])[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** `2026-03-05` → `March 5, 2026`, or as the language writes it; in UTC. Empty for what is no date. */
export function dateLong(value: unknown, language: unknown): string {
  return format(value, language, { dateStyle: 'long' });
}

/** `2026-03-05` → `Mar 5, 2026`, or as the language writes it; in UTC. Empty for what is no date. */
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

/** `https://www.example.org/blog/` → `example.org/blog`. What is no address stays as it is. */
export function host(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  try {
    const url = new URL(text);
    return `${url.host.replace(/^www\./, '')}${url.pathname}`.replace(/\/$/, '');
  } catch {
    return text;
  }
}
