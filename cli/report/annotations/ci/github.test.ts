import * as fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { safe } from '../../format.ts';
import { folderWith } from '../../../testing/files.ts';
import { commandsOf } from '../testing/runner.ts';
import { note, review, warnings } from '../testing/reviews.ts';
import { summaryMarkdown } from '../summary.ts';
import { commandLines, github } from './github.ts';

const signal = AbortSignal.timeout(60_000);

async function published(of: ReturnType<typeof review>, before = '') {
  const folder = await folderWith({ summary: before });
  const file = join(folder, 'summary');
  let output = '';
  const log = { write: (text: string) => (output += text) };
  await github.publish(of, {
    environment: { GITHUB_STEP_SUMMARY: file },
    log,
    codeQuality: undefined,
    signal,
  });
  return { commands: commandsOf(output), summary: await readFile(file, 'utf8') };
}

test('a note is a command with its file, its line and its kind', async () => {
  const problem = note({
    severity: 'error',
    code: 'no_title',
    name: 'no title',
    message: 'has no title',
    line: 7,
  });
  const { commands } = await published(review([problem, note()]));
  expect(commands).toEqual([
    {
      name: 'error',
      properties: { file: 'blog/content/a.md', line: '7', title: 'og-sync: no title' },
      data: 'has no title',
    },
    {
      name: 'warning',
      properties: { file: 'blog/content/a.md', line: '2', title: 'og-sync: text that does not fit' },
      data: '"A long title" does not fit its box and is cut.',
    },
  ]);
});

test('of each level the first ten are shown, and the rest are counted', async () => {
  const errors = Array.from({ length: 11 }, () => note({ severity: 'error' }));
  const { commands } = await published(review([...errors, ...warnings(1250)]));
  expect(commands.filter(({ name }) => name === 'error')).toHaveLength(10);
  expect(commands.filter(({ name }) => name === 'warning')).toHaveLength(10);
  expect(commands.at(-1)).toEqual({
    name: 'notice',
    properties: { title: 'og-sync sync (blog)' },
    data: '1 more error and 1,240 more warnings: see the summary of the step.',
  });
});

test('the summary is appended, and stays below what GitHub takes', async () => {
  const { summary } = await published(review([note()]), 'Before.\n');
  expect(summary).toMatch(/^Before\.\n### og&#45;sync sync &#40;blog&#41;\n/);
  expect(summary).toContain('| 3 | 1.2 s |');
  const kinds = Array.from({ length: 3000 }, (_, at) =>
    note({ code: `kind_${at}`, message: 'ü'.repeat(300) }),
  );
  const large = await published(review(kinds), 'x'.repeat(200_000));
  const bytes = Buffer.byteLength(large.summary);
  expect(bytes).toBeLessThanOrEqual(1_048_576);
  expect(bytes).toBeGreaterThan(1_040_000);
  expect(large.summary).toMatch(/\n… The rest is in the log of the step\.\n$/);
  const full = await published(review([note()]), 'x'.repeat(1_048_570));
  expect(full.summary).toHaveLength(1_048_570);
});

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '%',
        '%0A',
        '%25',
        '\n',
        '\r',
        '\r\n',
        ',',
        '=',
        '##[error]',
        '##[',
        ']',
        ' ',
        'a',
      ),
      fc.constantFrom(
        '::error::',
        '::add-mask::x',
        '::stop-commands::t',
        '##[add-matcher]x',
        '\u2028',
        '\u0085',
        '"',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

test('no text of a stranger is a command of its own, and each arrives as it was written', () => {
  // The runner trims properties as a whole.
  const name = nasty.map((start) => `${start}.`);
  const text = fc.record({ message: nasty, path: nasty, name });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
      const notes = texts.map((text) => note(text));
      const commands = commandsOf(commandLines(review(notes)).join('\n'));
      expect(commands).toEqual(
        texts.map(({ message, path, name }) => ({
          name: 'warning',
          properties: { file: path, line: '2', title: `og-sync: ${name}` },
          data: message,
        })),
      );
    }),
    { numRuns: 2000 },
  );
});

test('what a log shows of strangers is no command either', () => {
  fc.assert(
    fc.property(nasty, nasty, (one, other) => {
      expect(commandsOf(`    ${safe(one)}  ${safe(other)}`)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('a summary shows the text of strangers and does nothing with it', () => {
  const text =
    '<img src=x onerror=alert(1)> [a](javascript:x) @team #12 `x` | ** ~~ ![](http://e.example/x.png)\n# h';
  const markdown = summaryMarkdown(review([note({ message: text, path: text })]));
  expect(markdown).not.toMatch(/<img|\]\(|@team|!\[|`x`|\n# h/);
  expect(markdown.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(1);
});

test('a runner without a summary is enough', async () => {
  let output = '';
  const log = { write: (text: string) => (output += text) };
  await github.publish(review([note()]), { environment: {}, log, codeQuality: undefined, signal });
  expect(commandsOf(output)).toHaveLength(1);
  const file = join(await folderWith({}), 'not/there');
  await expect(
    github.publish(review([]), {
      environment: { GITHUB_STEP_SUMMARY: file },
      log,
      codeQuality: undefined,
      signal,
    }),
  ).rejects.toThrow('ENOENT');
  await expect(writeFile(file, '')).rejects.toThrow('ENOENT');
});
