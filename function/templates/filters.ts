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

/** `42` → `42 min`, or as the language writes it; what is no number stays as it was written. */
export function minutes(value: unknown, language: unknown): string {
  const count = numberOf(value);
  if (count === null) return textOf(value);
  const style = { style: 'unit', unit: 'minute', unitDisplay: 'short', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(knownLanguage(language), style).format(count);
}

/** `49, 'EUR', 'de'` → `49 €`; what is no number, or of no known currency, stays as it was written. */
export function money(value: unknown, currency: unknown, language: unknown): string {
  const amount = numberOf(value);
  if (amount === null || typeof currency !== 'string' || !/^[a-z]{3}$/i.test(currency)) return textOf(value);
  const style = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } as const;
  return new Intl.NumberFormat(knownLanguage(language), style).format(amount);
}

/** The number, or a text that is one. */
function numberOf(value: unknown): number | null {
  const isNumeric =
    typeof value === 'number' || (typeof value === 'string' && /^\d{1,12}(?:\.\d{1,6})?$/.test(value));
  return isNumeric ? Number(value) : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A whole number from `least` to `most` that the seed and the index decide, each index another one. */
export function vary(seed: unknown, index: unknown, least: unknown, most: unknown): number {
  const [low, high] = [Number(least), Number(most)];
  return low + (mixed(Number(seed) + Math.imul(Number(index) + 1, 0x9e37_79b9)) % (high - low + 1));
}

/** Every bit of the sum moves every bit of what comes out: the last step of MurmurHash3. */
function mixed(sum: number): number {
  let bits = sum | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
