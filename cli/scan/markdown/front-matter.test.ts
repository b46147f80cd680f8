import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PostError } from '../../errors.ts';
import { caught } from '../../testing/attempt.ts';
import { findHead, parseHead } from './front-matter.ts';
import type { Head } from './front-matter.ts';

function parse(text: string): Readonly<Record<string, unknown>> | null {
  const head = findHead(Buffer.from(text), true);
  return head === null || head === 'more' ? null : parseHead(head);
}
const yaml = (text: string) => parse(`---\n${text}\n---\n`);

test('reads YAML, TOML and JSON as the same fields', () => {
  const fields = { title: 'A "b"', tags: ['x', 'y'], draft: false, weight: 3, date: '2024-01-02' };
  expect(yaml('title: A "b"\ntags: [x, y]\ndraft: false\nweight: 3\ndate: 2024-01-02')).toEqual(fields);
  expect(
    parse('+++\ntitle = \'A "b"\'\ntags = ["x", "y"]\ndraft = false\nweight = 3\ndate = 2024-01-02\n+++'),
  ).toEqual(fields);
  expect(parse(JSON.stringify(fields, null, 2))).toEqual(fields);
  expect(parse(`---json\n${JSON.stringify(fields)}\n---`)).toEqual(fields);
});

test('keeps the dates of TOML as text, whatever the time zone', () => {
  expect(
    parse(
      '+++\na = 2024-01-02\nb = 2024-01-02T10:00:00\nc = 2024-01-02T10:00:00+02:00\nd = 2024-01-02T10:00:00Z\n+++',
    ),
  ).toEqual({
    a: '2024-01-02',
    b: '2024-01-02T10:00:00.000',
    c: '2024-01-02T10:00:00.000+02:00',
    d: '2024-01-02T10:00:00.000Z',
  });
});

test('reads a block of comments, or of nothing, as no fields', () => {
  expect(yaml('# nothing yet')).toEqual({});
  expect(yaml('')).toEqual({});
  expect(parse('{}')).toEqual({});
});

test('merges what YAML merges', () => {
  expect(yaml('base: &b {x: 1}\npost:\n  <<: *b\n  y: 2')).toEqual({ base: { x: 1 }, post: { x: 1, y: 2 } });
});

test.each([
  ['---\ntitle: A\ntags: [x\ndate: 1\n---\n', 'line 4: YAML does not parse'],
  ['---\r\ntitle: A: b\r\n---\r\n', 'line 2: YAML does not parse: bad indentation of a mapping entry'],
  ['\n---\na: 1\nb: [\n---\n', 'line 4: YAML does not parse'],
  ['---\na: !!js/function x\n---\n', 'line 2: YAML does not parse: unknown scalar tag'],
  ['+++\na = 1\nb = = 2\n+++\n', 'line 3: TOML does not parse'],
  ['{\n"a": 1,\n"b" 2 }\n', 'line 3: JSON does not parse'],
  ['---json\n{\n"a": 1,\n"b" 2 }\n---\n', 'line 4: JSON does not parse'],
  ['---\n- a\n---\n', 'not made of fields'],
  ['---\njust text\n---\n', 'not made of fields'],
])('names the line and the reason in %j', (text, message) => {
  expect(() => parse(text)).toThrow(message);
});

test('says it again when the same broken block comes again', () => {
  for (let time = 0; time < 3; time++) expect(() => yaml('a: [1')).toThrow('does not parse');
});

test('leaves prototypes alone', () => {
  for (const fields of [
    yaml('__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\ntitle: A'),
    parse('+++\ntitle = "A"\n[__proto__]\npolluted = 1\n[constructor.prototype]\npolluted = 1\n+++'),
    parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "title": "A"}'),
  ]) {
    expect(Object.keys(fields ?? {}).sort()).toEqual(['constructor', 'title']);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(fields?.['polluted']).toBeUndefined();
  }
  expect('polluted' in {}).toBe(false);
});

test('refuses what expands, nests or circles without bound', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level++) {
    const [name, last] = ['abcdefghi'[level], 'abcdefghi'[level - 1]];
    bomb.push(`${name}: &${name} [${`*${last},`.repeat(9)}]`);
  }
  expect(() => yaml(bomb.join('\n'))).toThrow('expands to too much');
  expect(() => yaml(`a: &a "${'x'.repeat(30_000)}"\nb: [${'*a,'.repeat(90)}]`)).toThrow(
    'expands to too much',
  );
  expect(() => yaml(`a: &a [${'*b,'.repeat(5)}]`)).toThrow('does not parse');
  expect(() => yaml('a: &a {b: *a}')).toThrow('expands to too much');
  expect(() => yaml(`a: &a 1\nb: [${'*a,'.repeat(101)}]`)).toThrow('does not parse');
  expect(() => parse(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).toThrow('expands to too much');
  expect(() => yaml('['.repeat(5_000))).toThrow('does not parse');
  expect(() => parse(`+++\n${'a.'.repeat(5_000)}b = 1\n+++`)).toThrow(PostError);
});

test('refuses thousands of blank lines, on which gray-matter is quadratic', () => {
  expect(() => yaml(`a: 1${'\n'.repeat(60_000)}b: 2`)).toThrow('more than 1000 blank lines');
  expect(parse(`---\na: 1\n---\n${'\n'.repeat(60_000)}`)).toEqual({ a: 1 });
});

test('answers any block with fields that JSON holds, or with an error that tells', () => {
  const words = `title|: |\n|  |- |"|'|[|]|{|}|&a |*a|!!|#|<<|?|,|2024-01-02|.nan|.inf|0x1|=|[[|]]|"""|\\u0000|\\|é|\0|\u2028|\t|null`;
  const piece = fc.constantFrom(...words.split('|'), '|', '>');
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  );
  const fences = fc.constantFrom(['---\n', '\n---'], ['+++\n', '\n+++'], ['---json\n', '\n---'], ['{"', '}']);
  fc.assert(
    fc.property(texts, fences, (text, [open, close]) => {
      const { value: fields, error } = caught(() => parse(`${open}${text}${close}`));
      expect(error ?? new PostError('encoding', '')).toBeInstanceOf(PostError);
      expect(JSON.parse(JSON.stringify(fields ?? {}))).toEqual(fields ?? {});
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['a list that closes in column 0', 'tags: [\n  a,\n  b\n]', { tags: ['a', 'b'] }],
  ['a list that goes on in column 0', 'tags: [\na,\nb\n]', { tags: ['a', 'b'] }],
  ['an object that closes in column 0', 'cover: {\n  image: a.png\n}', { cover: { image: 'a.png' } }],
  ['a nested list that closes too far left', 'og:\n  tags: [\n    a\n]', { og: { tags: ['a'] } }],
  [
    'text in double quotes that goes on in column 0',
    'title: "A long\ntitle: goes on"',
    { title: 'A long title: goes on' },
  ],
  ['text in single quotes that goes on in column 0', "title: 'It''s\n\nlong'", { title: "It's\nlong" }],
  ['a quoted item that goes on in column 0', 'tags:\n- "a\nb"\n- c', { tags: ['a b', 'c'] }],
  [
    'all of it with carriage returns',
    'tags: [\r\n  a\r\n]\r\ntitle: "x\r\ny"\r',
    { tags: ['a'], title: 'x y' },
  ],
])('reads %s, as go-yaml, Ruby and PyYAML do', (_what, text, fields) => {
  expect(yaml(`${text}\nlast: 1`)).toEqual({ ...fields, last: 1 });
});

test('names the first line that is wrong when nothing helps', () => {
  expect(() => yaml('title: "open\ndate: 1')).toThrow('line 3: YAML does not parse: deficient indentation');
  expect(() => yaml(`tags: [${'\na,'.repeat(5_000)}`)).toThrow('line 3: YAML does not parse');
});

test('takes the last of a key that is there twice, and tells its line', () => {
  const lines: number[] = [];
  const parsed = (text: string) =>
    parseHead(findHead(Buffer.from(text), true) as Head, (line) => void lines.push(line));
  expect(parsed('\n---\ntitle: A\nog:\n  x: 1\n  x: 2\ntitle: B\n---\n')).toEqual({
    title: 'B',
    og: { x: 2 },
  });
  expect(parsed('---\ntitle: A\n---\n')).toEqual({ title: 'A' });
  expect(lines).toEqual([6]);
});

const WRITTEN =
  '3.10 007 1e3 0x1F 0o17 1_000 1.0 .5 +1 -0 1e400 12345678901234567890 .inf .NaN yes No on OFF y True FALSE Null 2024-01-02 12:30 190:20:30';

test.each(WRITTEN.split(' '))('keeps %s as it was written, in a title, a list, a slug', (written) => {
  expect(yaml(`title: ${written}\ntags: [${written}]\nslug: ${written}`)).toEqual({
    title: written,
    tags: [written],
    slug: written,
  });
});

test.each([
  ['3', 3],
  ['-2.5', -2.5],
  ['0', 0],
  ['true', true],
  ['false', false],
  ['null', null],
  ['~', null],
  ['', null],
  ['"3"', '3'],
  ['!!str 3', '3'],
  ['!!int 3', 3],
  ["'true'", 'true'],
])('reads %s as JSON would', (written, value) => {
  expect(yaml(`a: ${written}`)).toEqual({ a: value });
});

test('keeps numbers of JSON as they were written', () => {
  expect(parse('{"a": 3.10, "b": [1e3, 7, -0.0], "c": "3.10"}')).toEqual({
    a: '3.10',
    b: ['1e3', 7, '-0.0'],
    c: '3.10',
  });
});
