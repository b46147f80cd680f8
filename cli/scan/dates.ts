/** A date as people write it → `YYYY-MM-DD` or a full instant. Never the machine's time zone: without one, it is UTC. */
import type { Warning } from '../../function/contract.ts';
import { show } from '../config/errors.ts';

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

/** 10:00, 10:00:00.5, 9:30 pm */
const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?`;
/** +02:00, +0200, +2, GMT+2, UTC, EST, [Europe/Berlin], (Central European Time), and a number before a name. */
const ZONE = String.raw`(?: ?([a-z]{1,5}(?=[-+\u2212 (\[]|$)))?(?: ?([-+\u2212]\d{1,2}(?::?\d{2})?))?( ?[[(][\w /+-]*[\])]| [a-z]+/[\w/+-]+)?`;
const REST = String.raw`(?:(?:[T,] ?| )(?:at )?${TIME}${ZONE})?`;
const MONTH = `(${MONTHS.join('|')})\\.?`;
const WEEKDAY = String.raw`(?:[a-z]{3,9}\.?,? )?`;

/** 2024-01-02, 2024/1/2 10:00, 2024-01-02T10:00:00+02:00 */
const NUMERIC = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${REST}$`, 'i');
/** Jan 2, 2024 · Tuesday, January 2nd 2024 10:00 */
const MONTH_FIRST = new RegExp(
  String.raw`^${WEEKDAY}${MONTH} (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${REST}$`,
  'i',
);
/** 2 January 2024 · Tue, 02 Jan 2024 10:00:00 GMT */
const DAY_FIRST = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})(?:st|nd|rd|th)?\.? ${MONTH},? (\d{4})${REST}$`,
  'i',
);

/** Hours of the zones that mail may name (RFC 2822). */
const NAMED: Readonly<Record<string, string>> = {
  z: '+0',
  utc: '+0',
  gmt: '+0',
  est: '-5',
  edt: '-4',
  cst: '-6',
  cdt: '-5',
  mst: '-7',
  mdt: '-6',
  pst: '-8',
  pdt: '-7',
};

const LONGEST = 100;

/**
 * `YYYY-MM-DD` for a day (and for midnight UTC), else an instant to the second with `Z` or the offset it was written
 * with: the day is always the one that was written. A zone that only has a name costs the time. Null when the text is no
 * date, or one that does not exist (31 February).
 */
export function normaliseDate(text: string): string | null {
  if (text.length > LONGEST) return null;
  // One space at most between two words keeps the expressions simple.
  const value = text.trim().replaceAll(/\s+/g, ' ');
  let match = NUMERIC.exec(value);
  if (match !== null) return compose(match[1], Number(match[3]), match[4], match.slice(5));
  match = MONTH_FIRST.exec(value);
  if (match !== null) return compose(match[3], monthNumber(match[1]), match[2], match.slice(4));
  match = DAY_FIRST.exec(value);
  if (match !== null) return compose(match[3], monthNumber(match[2]), match[1], match.slice(4));
  return null;
}

/** What is said of a field that holds no date. */
export function dateWarning(field: string, value: unknown): Warning {
  return {
    code: 'date_left_out',
    message: `${field} must be a date such as 2024-01-02, 2024-01-02 10:00 +0200, Jan 2, 2024 or 2 January 2024; found ${show(value)}`,
  };
}

function monthNumber(name = ''): number {
  const start = name.slice(0, 3).toLowerCase();
  return MONTHS.findIndex((month) => month.startsWith(start)) + 1;
}

type Time = readonly (string | undefined)[];

function compose(
  year = '',
  month: number,
  day = '',
  [hour, minute, second, half, zone, offset, place]: Time,
) {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  if (new Date(`${date}T00:00:00Z`).toJSON()?.slice(0, 10) !== date) return null;
  if (hour === undefined) return date;
  const hours = half === undefined ? Number(hour) : ofHalf(Number(hour), half);
  if (hours === null) return null;
  const clock = `${pad(hours)}:${pad(minute)}:${pad(second)}`;
  // ISO 8601 ends a day with 24:00, and a minute now and then with a leap second.
  if (clock === '24:00:00') return date;
  const time = clock.replace(/:60$/, ':59');
  if (Number.isNaN(Date.parse(`${date}T${time}Z`))) return null;
  const written = offset ?? NAMED[(zone ?? (place === undefined ? 'z' : '')).toLowerCase()];
  if (written === undefined) return date;
  const instant = `${date}T${time}${normaliseOffset(written)}`;
  if (Number.isNaN(Date.parse(instant))) return null;
  return instant.endsWith('T00:00:00Z') ? date : instant;
}

function ofHalf(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** `+8`, `-5`, `+530`, `+0530`, `+05:30` → `+05:30`; `Z` for none. */
function normaliseOffset(offset: string): string {
  const sign = offset.startsWith('+') ? '+' : '-';
  const digits = offset.replaceAll(/\D/g, '');
  const [hours, minutes] = digits.length > 2 ? [digits.slice(0, -2), digits.slice(-2)] : [digits, '00'];
  const value = `${pad(hours)}:${minutes}`;
  return value === '00:00' ? 'Z' : sign + value;
}

function pad(value: number | string = 0): string {
  return String(Number(value)).padStart(2, '0');
}

/** Whether a normalised date lies after `now`. A day without a time begins at midnight UTC. */
export function isFuture(date: string, now: Date): boolean {
  return Date.parse(date) > now.getTime();
}
