import * as fc from 'fast-check';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blockReader, findBlock, FrontMatterError, MAX_FRONT_MATTER } from './head.ts';
import { attempt } from '../../testing/attempt.ts';
import { folderOf } from '../../testing/files.ts';

const read = blockReader();
const find = (text: string) => findBlock(Buffer.from(text), true);

test.each([
  ['---\ntitle: A\n---\nprose', { language: 'yaml', text: 'title: A', line: 2 }],
  ['\uFEFF---\r\ntitle: A\r\n---\r\n', { language: 'yaml', text: 'title: A\r', line: 2 }],
  ['---\n---\n', { language: 'yaml', text: '', line: 2 }],
  ['--- # notes\na: 1\n---', { language: 'yaml', text: 'a: 1', line: 2 }],
  ['---YAML\na: 1\n---', { language: 'yaml', text: 'a: 1', line: 2 }],
  ['---json\n{"a":1}\n---', { language: 'json', text: '{"a":1}', line: 2 }],
  ['---toml\na = 1\n---', { language: 'toml', text: 'a = 1', line: 2 }],
  ['+++\na = 1\n+++\n', { language: 'toml', text: 'a = 1', line: 2 }],
  ['{"a": {"b": "}\\""}}\nprose }', { language: 'json', text: '{"a": {"b": "}\\""}}', line: 1 }],
  ['{\n\n"a": 1}', { language: 'json', text: '{\n\n"a": 1}', line: 1 }],
])('finds the block in %j', (text, block) => {
  expect(find(text)).toEqual(block);
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
])('finds no block in %j', (text) => {
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
  expect(() => find(`--- ${language}\r\n{}\r\n---\n`)).toThrow(FrontMatterError);
  expect('escaped' in globalThis).toBe(false);
});

test.each([
  ['---\ntitle: A\n', 'never closes it'],
  ['{"title": "A"', 'never closes it'],
  ['\xFF\xFEx', 'UTF-16'],
  ['---\ntitle: \xE9\n---\n', 'not UTF-8'],
])('names what is wrong with %j', (text, message) => {
  expect(() => findBlock(Buffer.from(text, 'latin1'), true)).toThrow(message);
});

const block = (length: number) => `---\n${'#'.repeat(length)}\n---\n`;

test('refuses a block above the limit and takes one just below it', () => {
  expect(find(block(MAX_FRONT_MATTER))).toMatchObject({ language: 'yaml' });
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

/** The block, or the code of the error: any other error is thrown on. */
function outcome(bytes: Buffer, whole: boolean): unknown {
  const { value, error } = attempt(() => findBlock(bytes, whole));
  if (error === undefined) return value;
  if (error instanceof FrontMatterError) return error.code;
  throw error;
}

test.each([0, 2040, 2048, 8000, 60_000])('reads a block of %i bytes from a file', async (size) => {
  const text = `title: "${'é'.repeat(size / 2)}"`;
  const root = await folderOf({ 'a.md': `---\n${text}\n---\nprose` });
  expect(read(join(root, 'a.md'))).toEqual({ language: 'yaml', text, line: 2 });
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
  expect(read(join(root, 'open.md'))).toMatchObject({ text: 'title: A' });
  expect(read(join(root, 'none.md'))).toBeNull();
  expect(() => read(join(root, 'never.md'))).toThrow('more than 64 KB');
});
