import { expect, test } from 'vitest';
import { dateLong, dateShort, host, initials } from './filters.ts';

test.each([
  ['2026-03-05', 'en', 'March 5, 2026'],
  ['2026-03-05', 'de', '5. März 2026'],
  ['2026-03-05', 'ja', '2026年3月5日'],
  ['2026-03-05', 'no such language!', 'March 5, 2026'],
  ['2026-03-05', undefined, 'March 5, 2026'],
  ['2026-12-31T23:30:00-05:00', 'en', 'January 1, 2027'],
  ['2026-13-45', 'en', ''],
  ['soon', 'en', ''],
  [undefined, 'en', ''],
])('the date %j in %j is %j', (date, language, expected) => {
  expect(dateLong(date, language)).toBe(expected);
});

test('a short date names the month shortly', () => {
  expect(dateShort('2026-12-24', 'en')).toBe('Dec 24, 2026');
});

test.each([
  ['Ada King Lovelace', 'AL'],
  ['ada', 'A'],
  ['佐藤 美咲', '佐美'],
  ['👩‍💻 x', '👩‍💻X'],
  ['  ', ''],
  [undefined, ''],
])('the initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test.each([
  ['https://www.example.org/blog/', 'example.org/blog'],
  ['https://example.org', 'example.org'],
  ['http://localhost:8080/', 'localhost:8080'],
  ['not an address', 'not an address'],
  [undefined, ''],
])('the host of %j is %j', (address, expected) => {
  expect(host(address)).toBe(expected);
});
