/** The day and the hour that a generator puts into an address. */
import { normaliseDate } from '../../dates.ts';

export interface LocalDate {
  year: number;
  /** 1 to 12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/**
 * A date as it stands on the wall: of a zone when one is named and the date has an offset of its own, else as it was written. Null
 * when it is none.
 */
export function localDate(value: unknown, zone?: string): LocalDate | null {
  const date = typeof value === 'string' ? normaliseDate(value) : null;
  if (date === null) return null;
  const offset = zone !== undefined && hasOffset(value as string);
  const wall = offset ? inZone(new Date(date), zone) : date;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (wall.match(/\d+/g) ?? []).map(
    Number,
  );
  return { year, month, day, hour, minute, second };
}

function hasOffset(text: string): boolean {
  return /\d{1,2}:\d{2}.*(Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$/.test(text.slice(0, 64));
}

function inZone(instant: Date, zone: string): string {
  try {
    const format = { dateStyle: 'short', timeStyle: 'medium', timeZone: zone } as const;
    return new Intl.DateTimeFormat('sv-SE', format).format(instant);
  } catch {
    return instant.toISOString();
  }
}

/** 1 to 366. */
export function dayOfYear({ year, month, day }: LocalDate): number {
  return Math.round((Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
}

/** 0 (Sunday) to 6. */
export function weekday({ year, month, day }: LocalDate): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** The ISO week and the year that it belongs to. */
export function isoWeek(date: LocalDate): { year: number; week: number } {
  const thursday = new Date(Date.UTC(date.year, date.month - 1, date.day + 4 - (weekday(date) || 7)));
  const year = thursday.getUTCFullYear();
  return { year, week: Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7) };
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

export function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}

/** Whether a date of front matter lies after `now`. */
export function isLater(value: unknown, now: Date): boolean {
  const date = typeof value === 'string' ? normaliseDate(value) : null;
  return date !== null && Date.parse(date) > now.getTime();
}
