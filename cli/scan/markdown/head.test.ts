import * as fc from 'fast-check';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PostError } from '../../errors.ts';
import { caught } from '../../testing/attempt.ts';
import { folderWith } from '../../testing/files.ts';
import { findHead, frontMatterReader, MAX_FRONT_MATTER } from './front-matter.ts';

const read = frontMatterReader();
const find = (text: string) => findHead(Buffer.from(text), true);

const head = (text: string, format = 'yaml', fence = '---', opener = '', line = 1) => ({
  text,
  line,
  fence,
  format,
  opener,
});

test.each([
  ['---\ntitle: A\n---\nprose', head('---\ntitle: A')],
  ['\uFEFF---\r\ntitle: A\r\n---\r\n', head('---\r\ntitle: A\r')],
  ['---\n---\n', head('---')],
  ['--- # notes\na: 1\n---', head('--- # notes\na: 1', 'yaml', '---', '# notes')],
  ['---YAML\na: 1\n---', head('---YAML\na: 1', 'yaml', '---', 'YAML')],
  ['---json\n{"a":1}\n---', head('---json\n{"a":1}', 'json', '---', 'json')],
  ['---toml\na = 1\n---', head('---toml\na = 1', 'toml', '---', 'toml')],
  ['+++\na = 1\n+++\n', head('+++\na = 1', 'toml', '+++')],
  ['{"a": {"b": "}\\""}}\nprose }', head('{"a": {"b": "}\\""}}', 'json', '')],
  ['{\n\n"a": 1}', head('{\n\n"a": 1}', 'json', '')],
])('finds the head in %j', (text, found) => {
  expect(find(text)).toEqual(found);
});

test.each([
  ['a blank line', '\n', 2],
  ['blank lines and spaces', '  \r\n\t\n', 3],
  ['a comment of YAML', '# generated, do not edit\n', 2],
  ['comments of YAML', '# one\n\n# two\n', 4],
  ['a comment of HTML', '<!-- markdownlint-disable -->\n', 2],
  ['a long comment of HTML', '<!--\n  License: MIT\n  --- not yet\n-->\n\n', 6],
  ['the comment of HTML that it is in', '<!--\n', 2],
  ['a comment of MDX', '{/* eslint-disable\n*/}\n', 3],
  ['a byte order mark and a blank line', '\uFEFF\n', 2],
])('finds the head after %s', (_what, before, line) => {
  expect(find(`${before}---\ntitle: A\n---\n`)).toEqual(head('---\ntitle: A', 'yaml', '---', '', line));
  expect(find(`${before}+++\ntitle = "A"\n+++\n`)).toMatchObject({ format: 'toml', line });
});

test('takes a heading, or a rule, before prose for no front matter', () => {
  for (const before of ['# Title\n', '# Title\n\n', '\n\n', '<!-- x -->\n'])
    expect(find(`${before}---\n\nA story about: nothing\n\n---\n`)).toBeNull();
  expect(find(`${'\n'.repeat(20_000)}---\ntitle: A\n---\n`)).toBeNull();
  expect(find('  ---\ntitle: A\n---\n')).toBeNull();
});

test.each(['...', '...  ', '...\r'])('closes YAML with %j', (close) => {
  expect(find(`---\ntitle: A\n${close}\nprose\n---\n`)).toEqual(head('---\ntitle: A'));
});

test.each(['....', '... and so on', ' ...'])('does not close YAML with %j', (line) => {
  expect(find(`---\ntitle: |\n${line}\n---\n`)).toEqual(head(`---\ntitle: |\n${line}`));
});

test('does not close TOML with the end of a YAML document', () => {
  expect(find("+++\na = '''\n...\n'''\n+++\n")).toMatchObject({ text: "+++\na = '''\n...\n'''" });
});

test.each([
  '',
  '#',
  '# Title\n',
  '----\na: 1\n----\n',
  '{/* an expression */}\n# Title',
  '{',
  '---',
  'text\n---\na: 1\n---',
])('finds no head in %j', (text) => {
  expect(find(text)).toBeNull();
});

test.each([
  'js',
  'javascript',
  'JS',
  'JavaScript',
  'coffee',
  'toString',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  'eval',
])('refuses front matter in %s', (language) => {
  expect(() => find(`---${language}\n{ a: (globalThis.escaped = true) }\n---\n`)).toThrow(
    `line 1: front matter in "${language.toLowerCase()}" is refused`,
  );
  expect(() => find(`--- ${language}\r\n{}\r\n---\n`)).toThrow(PostError);
  expect('escaped' in globalThis).toBe(false);
});

test.each([
  ['---\ntitle: A\n', 'never closes it'],
  ['{"title": "A"', 'never closes it'],
  ['\xFF\xFEx', 'UTF-16'],
  ['---\ntitle: \xE9\n---\n', 'not UTF-8'],
])('names what is wrong with %j', (text, message) => {
  expect(() => findHead(Buffer.from(text, 'latin1'), true)).toThrow(message);
});

const long = (length: number) => `---\n${'#'.repeat(length)}\n---\n`;

test('refuses a block above the limit and takes one just below it', () => {
  expect(find(long(MAX_FRONT_MATTER))).toMatchObject({ format: 'yaml' });
  expect(() => find(long(MAX_FRONT_MATTER + 1))).toThrow('more than 64 KB');
});

test('finds in the first bytes of any file, however they are cut, what it finds in the whole', () => {
  const signs = '--- +++ ... { } " \\ \n \r\n js toml \uFEFF é # <!-- --> {/* */}';
  const piece = fc.constantFrom(...signs.split(' '), 'a: 1', ' ');
  const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join('')));
  fc.assert(
    fc.property(texts, fc.nat(60), (bytes, cut) => {
      const whole = outcome(bytes, true);
      const first = outcome(bytes.subarray(0, cut), cut >= bytes.length);
      expect([whole, 'more']).toContainEqual(first);
    }),
    { numRuns: 1000 },
  );
});

/** The head, or the code of the error: any other error is thrown on. */
function outcome(bytes: Buffer, whole: boolean): unknown {
  const { value, error } = caught(() => findHead(bytes, whole));
  if (error === undefined) return value;
  if (error instanceof PostError) return error.code;
  throw error;
}

test.each([0, 2040, 2048, 8000, 60_000])('reads a block of %i bytes from a file', async (size) => {
  const text = `title: "${'é'.repeat(size / 2)}"`;
  const root = await folderWith({ 'a.md': `---\n${text}\n---\nprose` });
  expect(read(join(root, 'a.md'))).toEqual({ title: 'é'.repeat(size / 2) });
});

test('reads the head alone: a file of a terabyte is as quick as a small one', async () => {
  const root = await folderWith({
    'open.md': '---\ntitle: A\n---\n',
    'never.md': '---\ntitle: A\n',
    'none.md': '# A\n',
  });
  for (const name of ['open.md', 'never.md', 'none.md']) {
    const file = await open(join(root, name), 'r+');
    await file.truncate(2 ** 40);
    await file.close();
  }
  expect(read(join(root, 'open.md'))).toEqual({ title: 'A' });
  expect(read(join(root, 'none.md'))).toBeNull();
  expect(() => read(join(root, 'never.md'))).toThrow('more than 64 KB');
});
