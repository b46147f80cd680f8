import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { dateLong } from '../../function/templates/filters.ts';
import { isFuture, normaliseDate } from './dates.ts';

test.each([
  ['2024-01-02', '2024-01-02'],
  ['2024-1-2', '2024-01-02'],
  ['2024/01/02', '2024-01-02'],
  [' 2024-01-02 ', '2024-01-02'],
  ['2024-01-02T00:00:00Z', '2024-01-02'],
  ['2024-01-02 00:00:00 +0000', '2024-01-02'],
  ['2024-01-02 10:00', '2024-01-02T10:00:00Z'],
  ['2024-01-02T10:00:07.123Z', '2024-01-02T10:00:07Z'],
  ['2024-01-02T10:00:00+02:00', '2024-01-02T10:00:00+02:00'],
  ['2024-01-02 10:00:00 -0530', '2024-01-02T10:00:00-05:30'],
  ['2024-01-02 9:05 UTC', '2024-01-02T09:05:00Z'],
  ['2024-01-02T00:00:00+01:00', '2024-01-02T00:00:00+01:00'],
  ['Jan 2, 2024', '2024-01-02'],
  ['January 2nd 2024', '2024-01-02'],
  ['Jul 08 2022', '2022-07-08'],
  ['2 January 2024', '2024-01-02'],
  ['Sept. 9, 2024', '2024-09-09'],
  ['Tue, 02 Jan 2024 10:00:00 GMT', '2024-01-02T10:00:00Z'],
  ['Tuesday, January 2, 2024 10:00', '2024-01-02T10:00:00Z'],
  ['2024-02-29', '2024-02-29'],
  ['2024-01-01T00:30:00+09:00', '2024-01-01T00:30:00+09:00'],
  ['2024-01-01 00:30:00 +8', '2024-01-01T00:30:00+08:00'],
  ['2024-01-01 23:30 -5', '2024-01-01T23:30:00-05:00'],
  ['2024-01-01 23:30 \u22125', '2024-01-01T23:30:00-05:00'],
  ['2024-01-01 10:00 +530', '2024-01-01T10:00:00+05:30'],
  ['2024-01-01 10:00 +5:45', '2024-01-01T10:00:00+05:45'],
  ['2024-01-01 10:00 +1345', '2024-01-01T10:00:00+13:45'],
  ['2024-01-01 10:00:00.123456 +0800', '2024-01-01T10:00:00+08:00'],
  ['2024-01-01T10:00:00,5Z', '2024-01-01T10:00:00Z'],
  ['2024-01-01T10:00:00 GMT+8', '2024-01-01T10:00:00+08:00'],
  ['2024-01-01 10:00 UTC-03:30', '2024-01-01T10:00:00-03:30'],
  ['2024-01-01 10:00 EST', '2024-01-01T10:00:00-05:00'],
  ['2024-01-01 10:00 PDT', '2024-01-01T10:00:00-07:00'],
  ['2024-01-01 23:30 CET', '2024-01-01'],
  ['2024-01-01 23:30 Asia/Tokyo', '2024-01-01'],
  ['2024-01-01T23:30:00+09:00[Asia/Tokyo]', '2024-01-01T23:30:00+09:00'],
  ['Mon Jan 01 2024 23:30:00 GMT+0900 (Japan Standard Time)', '2024-01-01T23:30:00+09:00'],
  ['2024-01-01 9:30 pm', '2024-01-01T21:30:00Z'],
  ['2024-01-01 12:30 AM +9', '2024-01-01T00:30:00+09:00'],
  ['January 1, 2024 at 12:05 p.m.', '2024-01-01T12:05:00Z'],
  ['2024-01-01T24:00:00+09:00', '2024-01-01'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
  ['2024-01-01T00:00:00-00:00', '2024-01-01'],
  ['2024.01.02', '2024-01-02'],
  ['0099-01-02', '0099-01-02'],
])('reads %j as %j', (text, date) => {
  expect(normaliseDate(text)).toBe(date);
});

test.each([
  '2023-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-01-32',
  '2024-01-02 25:00',
  '2024-01-02 10:61',
  '2024-01-02T10:00+99:00',
  '01/02/2024',
  '2024',
  'tomorrow',
  'Foo 2, 2024',
  'Marmalade 2, 2024',
  '',
  '2024-01-02'.repeat(50),
  'Last Modified',
  'Created',
  'git Last Modified',
  '29 February 2021',
  'Feb 29, 1900',
  '2024-04-31T10:00:00+02:00',
  '2024-01-01 13:00 pm',
  '2024-01-01 0:30 am',
  '2024-01-01T24:01:00',
  '2024-01-01 10:00 +99',
  '2024-01-01 10:00 + 8 9',
  '07:32:00',
])('takes %j for no date', (text) => {
  expect(normaliseDate(text)).toBeNull();
});

test('gives every instant a form that the contract takes, and the same instant', () => {
  const contract = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
  const instants = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, (instant) => {
      instant.setUTCMilliseconds(0);
      const date = normaliseDate(instant.toISOString());
      expect(contract.safeParse(date).success).toBe(true);
      expect(Date.parse(date ?? '')).toBe(instant.getTime());
      expect(normaliseDate(date ?? '')).toBe(date);
    }),
  );
});

test('never throws, and answers what the contract takes or null', () => {
  const contract = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).nullable();
  const part = fc.constantFrom(
    '2024',
    '-',
    '/',
    '31',
    ' ',
    'T',
    ':',
    '59',
    'Jan',
    ',',
    'Z',
    '+',
    '02',
    '.',
    '99',
    '0',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 14 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(contract.safeParse(normaliseDate(text)).success).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('answers the same in every time zone', async () => {
  const texts = [
    '2024-01-02',
    '2024-03-31 02:30',
    'Jan 2, 2024',
    '2 January 2024 23:30',
    '2024-01-02T23:00:00-08:00',
  ];
  const script = `import { normaliseDate } from ${JSON.stringify(import.meta.resolve('./dates.ts'))};
    console.log(new Date(2024, 0, 2).toISOString(), JSON.stringify(${JSON.stringify(texts)}.map(normaliseDate)));`;
  const zones = ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Berlin'];
  const answers = await Promise.all(
    zones.map(async (TZ) => {
      const env = { ...process.env, TZ };
      const args = ['--input-type=module', '-e', script];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      return stdout.trim().split(' ', 2);
    }),
  );
  expect(new Set(answers.map(([localMidnight]) => localMidnight)).size).toBe(zones.length);
  expect(new Set(answers.map(([, dates]) => dates)).size).toBe(1);
});

const two = (number: number) => String(number).padStart(2, '0');

test('keeps the day that was written, with any time and any offset', () => {
  const days = fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  const time = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59), fc.nat(999));
  const offset = fc.oneof(
    fc.tuple(fc.constantFrom('+', '-', ' +', ' -'), fc.nat(14)).map(([sign, hours]) => sign + hours),
    fc
      .tuple(fc.constantFrom('+', '-', ' +', ' -'), fc.nat(14), fc.constantFrom(0, 30, 45), fc.boolean())
      .map(([sign, hours, minutes, colon]) => sign + two(hours) + (colon ? ':' : '') + two(minutes)),
    fc.constantFrom('', 'Z', ' UTC', ' GMT', ' EST', ' CET', ' GMT+9', ' (JST)'),
  );
  fc.assert(
    fc.property(days, time, offset, fc.constantFrom('T', ' '), (day, [h, m, s, ms], offset, between) => {
      const text = `${day}${between}${two(h)}:${two(m)}:${two(s)}.${ms}${offset}`;
      const date = normaliseDate(text);
      expect([text, date?.slice(0, 10)]).toEqual([text, day]);
      expect(normaliseDate(date ?? '')).toBe(date);
      expect(dateLong(date, 'en')).toBe(dateLong(day, 'en'));
    }),
    { numRuns: 1000 },
  );
});

test('is quick with a hundred signs of any kind', () => {
  for (const sign of ['1', ' ', '+', 'a', '(', '[', ':', '-', 'a ', '+1'])
    expect(normaliseDate(`2024-01-01 10:00 ${sign.repeat(80)}`.slice(0, 100))).toBeDefined();
});

test('knows the future from the past by the instant', () => {
  const now = new Date('2024-01-02T09:00:00Z');
  expect(isFuture('2024-01-03', now)).toBe(true);
  expect(isFuture('2024-01-02', now)).toBe(false);
  expect(isFuture('2024-01-02T10:30:00+02:00', now)).toBe(false);
  expect(isFuture('2024-01-02T10:30:00+01:00', now)).toBe(true);
});
