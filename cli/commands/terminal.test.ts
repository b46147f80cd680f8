import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'fast-string-width';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runCli, runJson } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';
import { runOnTerminal } from '../testing/terminal.ts';

// A real pseudo-terminal and the built command line; a renderer that draws nothing stands in for Chromium.
const POSTS = 24;
let made: TestFunction;
let blog: Blog;
beforeEach(async () => {
  made = await startFunction({ before: () => delay(60) });
  blog = await makeBlog();
  await Promise.all(Array.from({ length: POSTS }, (_, at) => blog.post(`p${at}`, `Post ${at}`)));
});
afterEach(async () => {
  await made.close();
  await blog.close();
});
const remote = () => ['--function', made.url, '--auth', 'none', '--batch', '2', '--concurrency', '2'];

const ESC = String.fromCodePoint(27);
/** Where a row ends, or is written anew. */
const ROW = new RegExp(String.raw`\r|\n|${ESC}\[\d*[GKA]`);

test.each([20, 40, 60])(
  'in %d columns the line that moves is never broken, and no line is wider',
  async (columns) => {
    await blog.post('broken', '');
    const { code, raw, text } = await runOnTerminal(remote(), { cwd: blog.folder, columns, steps: [] });
    expect(code).toBe(1);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`${POSTS} created`);
    // Each piece between line breaks and jumps to the start of the line is what one row shows.
    const rows = raw.split(ROW).map((row) => stringWidth(stripVTControlCharacters(row)));
    expect(Math.max(...rows)).toBeLessThanOrEqual(columns);
    // ora moves up a row for each one that its line has taken beyond the first.
    expect(raw).not.toContain('\u001B[1A');
  },
);

const SGR = new RegExp(String.raw`${ESC}\[[\d;]*m`);
test.each<[Record<string, string>, string[], boolean]>([
  [{}, [], true],
  [{ NO_COLOR: '1' }, [], false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, [], true],
  [{ FORCE_COLOR: '0' }, [], false],
  [{ FORCE_COLOR: '3' }, ['--no-color'], false],
])('a terminal with %j and %j: colours %s', async (env, args, coloured) => {
  const { raw, code } = await runOnTerminal([...remote(), ...args], { cwd: blog.folder, env, steps: [] });
  expect(code).toBe(0);
  expect(SGR.test(raw)).toBe(coloured);
});

test('a pipe has no colours and no links, unless they are asked for', async () => {
  const plain = await runCli(remote(), { cwd: blog.folder, env: { TERM: 'xterm-kitty' } });
  expect(`${plain.stdout}${plain.stderr}`).not.toContain('\u001B');
  const forced = await runCli(['plan', ...remote()], { cwd: blog.folder, env: { FORCE_COLOR: '' } });
  expect(SGR.test(forced.stdout)).toBe(true);
});

test('changed pages are named after a run, with links where the terminal takes them, and in the document', async () => {
  const args = [...remote(), '--site-url', 'https://blog.example'];
  const first = await runJson(args, { cwd: blog.folder });
  expect(first.document.changed).toEqual([]);
  await blog.post('p1', 'Another title');
  const second = await runJson(args, { cwd: blog.folder });
  expect(second.document.changed).toMatchObject([{ page: 'https://blog.example/p1/' }]);
  expect((await runJson([...args, '--force'], { cwd: blog.folder })).document.changed).toEqual([]);

  await blog.post('p1', 'A third title');
  const facebook = 'https://developers.facebook.com/tools/debug/?q=https%3A%2F%2Fblog.example%2Fp1%2F';
  const shown = await runOnTerminal(args, { cwd: blog.folder, env: { TERM: 'xterm-kitty' }, steps: [] });
  expect(shown.text).toContain('1 page with another picture');
  expect(shown.text).toContain('https://blog.example/p1/  Facebook, LinkedIn');
  expect(shown.raw).toContain(`\u001B]8;;${facebook}\u0007Facebook\u001B]8;;\u0007`);

  await blog.post('p1', 'A fourth title');
  const verbose = await runCli([...args, '--verbose'], { cwd: blog.folder });
  expect(verbose.stdout).toContain(facebook);
  expect(verbose.stdout).toContain('@WebpageBot');
  expect((await runCli(args, { cwd: blog.folder })).stdout).not.toContain('another picture');
});
