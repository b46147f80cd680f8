import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseData } from './data.ts';
import { isoWeek, localDate } from './dates.ts';
import { fnmatch, isIgnored } from './globs.ts';

describe('a data file', () => {
  it("is read with tags that are a program's own", () => {
    expect(
      parseData(
        'mkdocs.yml',
        'a: !!python/name:x.y.z\nb: !ENV [A, b]\nc: !!python/object/apply:f {kwds: {d: 1}}\nd: !relative x\ne: 1\n',
      ),
    ).toEqual({ a: null, b: null, c: null, d: null, e: 1 });
  });

  it('is null when it does not parse, and dates are text', () => {
    expect(parseData('a.yml', 'a: [')).toBeNull();
    expect(parseData('a.json', '{')).toBeNull();
    expect(parseData('a.toml', 'a = 2024-01-02\nb = [{c = 1979-05-27T07:32:00Z}]')).toEqual({
      a: '2024-01-02',
      b: [{ c: '1979-05-27T07:32:00.000Z' }],
    });
    expect(parseData('a.yml', '- 1')).toEqual({});
  });
});

it.each([
  ['a*', 'a/b', true],
  ['*.md', 'a/b.md', true],
  ['a?c', 'abc', true],
  ['a', 'ab', false],
  ['*a*b', 'xaybzb', true],
  ['*'.repeat(30) + 'b', 'a'.repeat(50), false],
])('fnmatch(%s, %s) is %s', (pattern, path, matches) => {
  expect(fnmatch(pattern, path)).toBe(matches);
});

it.each([
  [['drafts/'], 'docs/drafts/a.md', true],
  [['drafts/'], 'drafts', false],
  [['*.tmp'], 'a/b.tmp', true],
  [['/a.md'], 'b/a.md', false],
  [['.*'], 'a/.hidden/b.md', true],
  [['*.md', '!keep.md'], 'keep.md', false],
  [['# no', ''], 'a', false],
  [['a/**'], 'a/b/c.md', true],
])('%j ignores %s: %s', (lines, path, ignored) => {
  expect(isIgnored(lines, path)).toBe(ignored);
});

it('a date stands on the wall of its own zone, or of one that is named', () => {
  expect(localDate('2024-01-09 02:00:00 +0000', 'America/New_York')).toMatchObject({ day: 8, hour: 21 });
  expect(localDate('2024-01-09 02:00:00', 'America/New_York')).toMatchObject({ day: 9, hour: 2 });
  expect(localDate('2024-01-09T23:30:00-05:00')).toMatchObject({ day: 9, hour: 23 });
  expect(localDate('no date')).toBeNull();
});

it('weeks are those of ISO 8601', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      (date) => {
        const local = localDate(date.toISOString().slice(0, 10))!;
        const { year, week } = isoWeek(local);
        // The fourth of January is in the first week, and weeks begin on Monday.
        const fourth = Date.UTC(year, 0, 4);
        const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000;
        const day = Date.UTC(local.year, local.month - 1, local.day);
        expect(week).toBe(Math.floor((day - monday) / (7 * 86_400_000)) + 1);
        expect(week).toBeGreaterThan(0);
        expect(week).toBeLessThan(54);
      },
    ),
  );
});
