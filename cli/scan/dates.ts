/** A date as people write it → `YYYY-MM-DD` or a full instant. Never the machine's time zone: without one, it is UTC. */

const MONTHS = [
  'jan(?:uary)?',
  'feb(?:ruary)?',
  'mar(?:ch)?',
  'apr(?:il)?',
  'may',
  'june?',
  'july?',
  'aug(?:ust)?',
  'sep(?:t|tember)?',
  'oct(?:ober)?',
  'nov(?:ember)?',
  'dec(?:ember)?',
];

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)`;
const REST = String.raw`(?:(?:[T,]|\s)\s*(?:at\s+)?${TIME}(?:${ZONE})?)?`;
const MONTH = `(${MONTHS.join('|')})\\.?`;
const WEEKDAY = String.raw`(?:[a-z]{3,9}\.?,?\s+)?`;

/** 2024-01-02, 2024/1/2 10:00, 2024-01-02T10:00:00+02:00 */
const NUMERIC = new RegExp(String.raw`^(\d{4})([-/])(\d{1,2})\2(\d{1,2})${REST}$`, 'i');
/** Jan 2, 2024 · Tuesday, January 2nd 2024 10:00 */
const MONTH_FIRST = new RegExp(
  String.raw`^${WEEKDAY}${MONTH}\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${REST}$`,
  'i',
);
/** 2 January 2024 · Tue, 02 Jan 2024 10:00:00 GMT */
const DAY_FIRST = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})(?:st|nd|rd|th)?\.?\s+${MONTH},?\s+(\d{4})${REST}$`,
  'i',
);

/** What `normaliseDate` understands, for messages. */
export const DATE_FORMS =
  '2024-01-02, 2024-01-02 10:00, 2024-01-02T10:00:00+02:00, Jan 2, 2024 or 2 January 2024';

/**
 * `YYYY-MM-DD` for a day (and for midnight UTC), else an instant to the second with `Z` or the offset it was written
 * with; null when the text is no date, or one that does not exist (31 February).
 */
export function normaliseDate(text: string): string | null {
  const value = text.trim();
  if (value.length > 64) return null;
  let match = NUMERIC.exec(value);
  if (match !== null) return compose(match[1], Number(match[3]), match[4], match.slice(5));
  match = MONTH_FIRST.exec(value);
  if (match !== null) return compose(match[3], monthNumber(match[1]), match[2], match.slice(4));
  match = DAY_FIRST.exec(value);
  if (match !== null) return compose(match[3], monthNumber(match[2]), match[1], match.slice(4));
  return null;
}

function monthNumber(name = ''): number {
  const start = name.slice(0, 3).toLowerCase();
  return MONTHS.findIndex((month) => month.startsWith(start)) + 1;
}

type Time = readonly (string | undefined)[];

function compose(year = '', month: number, day = '', [hour, minute, second, zone]: Time): string | null {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  if (new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date) return null;
  if (hour === undefined) return date;
  const offset = normaliseZone(zone);
  const instant = `${date}T${pad(hour)}:${pad(minute)}:${pad(second ?? 0)}${offset}`;
  if (Number(hour) > 23 || Number.isNaN(Date.parse(instant))) return null;
  return instant.endsWith('T00:00:00Z') ? date : instant;
}

function normaliseZone(zone = 'Z'): string {
  const digits = zone.replaceAll(/[^\d]/g, '').padEnd(4, '0');
  return digits === '0000' ? 'Z' : `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

function pad(value: number | string = 0): string {
  return String(Number(value)).padStart(2, '0');
}

/** Whether a normalised date lies after `now`. A day without a time begins at midnight UTC. */
export function isFuture(date: string, now: Date): boolean {
  return Date.parse(date) > now.getTime();
}
