import { expect, onTestFinished, test, vi } from 'vitest';
import { dateLong, dateShort, host, initials, pageName, minutes, money, vary } from './filters.ts';
import { createEngine } from './liquid.ts';

test.each([
  ['2026-03-05', 'en', 'March 5, 2026'],
  ['2026-03-05', 'de', '5. März 2026'],
  ['2026-03-05', 'ja', '2026年3月5日'],
  ['2026-03-05', 'no such language!', 'March 5, 2026'],
  ['2026-03-05', undefined, 'March 5, 2026'],
  ['2026-12-31T23:30:00-05:00', 'en', 'December 31, 2026'],
  ['2024-01-01T00:30:00+09:00', 'en', 'January 1, 2024'],
  ['2024-01-01T00:30:00.123+09:00', 'de', '1. Januar 2024'],
  ['2024-01-01T23:59:59-11:00', 'ja', '2024年1月1日'],
  ['2024-01-01T00:00:00+14:00', 'ar', '1 يناير 2024'],
  ['2024-02-29T12:00:00Z', 'fr', '29 février 2024'],
  ['2023-02-29T12:00:00Z', 'fr', ''],
  ['0099-01-02', 'en', 'January 2, 99'],
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

test.each([
  ['https://www.example.org/', '/posts/hello/', 'example.org/posts/hello'],
  ['https://example.org/blog', '/posts/hello.html', 'example.org/blog/posts/hello.html'],
  ['https://example.org/blog/', '/', 'example.org/blog'],
  ['https://example.org', '/caf%C3%A9/日本/', 'example.org/café/日本'],
  ['https://example.org', '/50%/', 'example.org/50%'],
  ['my site', '/a/', 'my site/a'],
])('the host of %j with %j is %j', (address, path, expected) => {
  expect(host(address, path)).toBe(expected);
});

test.each([
  ['/2024/caf%C3%A9.html', 'café'],
  ['/posts/hello/', 'hello'],
  ['/', 'index'],
  [undefined, 'index'],
])('the page at %j is called %j', (address, name) => {
  expect(pageName(address)).toBe(name);
});

const DAYS = [
  ['2024-01-01', '1 January 2024'],
  ['2024-01-01T00:30:00+09:00', '1 January 2024'],
  ['2024-01-01T23:30:00-11:00', '1 January 2024'],
  ['2024-01-01T23:30:00Z', '1 January 2024'],
] as const;

test.each(['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles'])(
  "Liquid's own date filters show the day that was written, on a machine in %s",
  async (zone) => {
    vi.stubEnv('TZ', zone);
    onTestFinished(() => void vi.unstubAllEnvs());
    const engine = createEngine(new Map());
    const show = (template: string, date: string) => engine.parseAndRender(template, { date });
    for (const [date, day] of DAYS) {
      expect(await show('{{ date | date: "%-d %B %Y" }}', date)).toBe(day);
      expect(await show('{{ date | date_to_long_string }}', date)).toBe(`0${day}`);
      expect(await show('{{ date | date_to_string }}', date)).toBe('01 Jan 2024');
      expect(await show('{{ date | date_to_xmlschema }}', date)).toMatch(/^2024-01-01T/);
    }
    expect(await show('{{ date | date: "%H:%M %z" }}', '2024-01-01T00:30:00+09:00')).toBe('00:30 +0900');
  },
);

test.each([
  [42, 'en', '42 min'],
  ['42', 'ja', '42 分'],
  [1200, 'de', '1.200 Min.'],
  ['1:02:10', 'en', '1:02:10'],
  [undefined, 'en', ''],
  [{}, 'en', ''],
])('%j minutes in %s are %j', (value, language, shown) => {
  expect(minutes(value, language)).toBe(shown);
});

test.each([
  [4, 'EUR', 'en', '€4'],
  ['4.50', 'eur', 'de', '4,50\u00a0€'],
  [1200, 'JPY', 'ja', '￥1,200'],
  ['from $9', undefined, 'en', 'from $9'],
  [9, undefined, 'en', '9'],
  [9, 'dollars', 'en', '9'],
  [null, 'EUR', 'en', ''],
])('%j of %j in %s is %j', (value, currency, language, shown) => {
  expect(money(value, currency, language)).toBe(shown);
});

test('what varies stays within its bounds, comes out even, and is the same every time', () => {
  const counts = new Map<number, number>();
  for (let index = 0; index < 6000; index++) {
    const number = vary(12_345, index, -2, 3);
    expect(vary(12_345, index, -2, 3)).toBe(number);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  expect(vary(12_346, 0, 0, 1e6)).not.toBe(vary(12_345, 0, 0, 1e6));
});
