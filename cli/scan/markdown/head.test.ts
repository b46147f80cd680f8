import * as fc from 'fast-check';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PostError } from '../../errors.ts';
import { attempt } from '../../testing/attempt.ts';
import { folderOf } from '../../testing/files.ts';
import { findHead, frontMatterReader, MAX_FRONT_MATTER } from './front-matter.ts';

const read = frontMatterReader();
const find = (text: string) => findHead(Buffer.from(text), true);

test.each([
  ['---\ntitle: A\n---\nprose', { format: 'yaml', text: '---\ntitle: A\n---', fence: '---', opener: '' }],
  [
    '\uFEFF---\r\ntitle: A\r\n---\r\n',
    { format: 'yaml', text: '---\r\ntitle: A\r\n---', fence: '---', opener: '' },
  ],
  ['---\n---\n', { format: 'yaml', text: '---\n---', fence: '---', opener: '' }],
  [
    '--- # notes\na: 1\n---',
    { format: 'yaml', text: '--- # notes\na: 1\n---', fence: '---', opener: '# notes' },
  ],
  ['---YAML\na: 1\n---', { format: 'yaml', text: '---YAML\na: 1\n---', fence: '---', opener: 'YAML' }],
  ['---json\n{"a":1}\n---', { format: 'json', text: '---json\n{"a":1}\n---', fence: '---', opener: 'json' }],
  ['---toml\na = 1\n---', { format: 'toml', text: '---toml\na = 1\n---', fence: '---', opener: 'toml' }],
  ['+++\na = 1\n+++\n', { format: 'toml', text: '+++\na = 1\n+++', fence: '+++', opener: '' }],
  ['{"a": {"b": "}\\""}}\nprose }', { format: 'json', text: '{"a": {"b": "}\\""}}', fence: '', opener: '' }],
  ['{\n\n"a": 1}', { format: 'json', text: '{\n\n"a": 1}', fence: '', opener: '' }],
])('finds the head in %j', (text, head) => {
  expect(find(text)).toEqual(head);
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

const block = (length: number) => `---\n${'#'.repeat(length)}\n---\n`;

test('refuses a block above the limit and takes one just below it', () => {
  expect(find(block(MAX_FRONT_MATTER))).toMatchObject({ format: 'yaml' });
  expect(() => find(block(MAX_FRONT_MATTER + 1))).toThrow('more than 64 KB');
});

test('finds in the first bytes of any file, however they are cut, what it finds in the whole', () => {
  const piece = fc.constantFrom(...'--- +++ { } " \\ \n \r\n js toml \uFEFF é'.split(' '), 'a: 1', ' ');
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
  const { value, error } = attempt(() => findHead(bytes, whole));
  if (error === undefined) return value;
  if (error instanceof PostError) return error.code;
  throw error;
}

test.each([0, 2040, 2048, 8000, 60_000])('reads a block of %i bytes from a file', async (size) => {
  const text = `title: "${'é'.repeat(size / 2)}"`;
  const root = await folderOf({ 'a.md': `---\n${text}\n---\nprose` });
  expect(read(join(root, 'a.md'))).toEqual({ title: 'é'.repeat(size / 2) });
});

test('reads the head alone: a file of a terabyte is as quick as a small one', async () => {
  const root = await folderOf({
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
