import { rmSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { resolveConfig } from '../config/config.ts';
import { CliError } from '../errors.ts';
import { scan } from './scan.ts';
import type { Scan, ScanOptions } from './scan.ts';
import { folderWith } from '../testing/files.ts';

const POST = '---\ntitle: T\n---\n';
const NOW = new Date('2025-06-01T00:00:00Z');

async function scanFiles(
  files: Record<string, string | Uint8Array>,
  user: object = {},
  options: Partial<ScanOptions> = {},
): Promise<Scan> {
  const root = await folderWith(files);
  return scan(resolveConfig(user, root, null), { now: NOW, ...options });
}
const slugs = (found: Scan) => found.posts.map(({ post }) => post.slug);
const languages = ({ posts }: Scan) =>
  Object.fromEntries(posts.map(({ file, post }) => [file, post.lang ?? null]));

test('finds posts below content, sorted by file, and counts what it matched', async () => {
  const found = await scanFiles({
    'content/b.md': POST,
    'content/a/index.md': POST,
    'content/c.mdx': POST,
    'content/d.markdown': POST,
    'content/e.txt': POST,
    'content/draft.md': '---\ntitle: T\ndraft: true\n---\n',
    'content/.hidden.md': POST,
    'content/node_modules/x/readme.md': POST,
    'elsewhere/f.md': POST,
  });
  expect(slugs(found)).toEqual(['a', 'b', 'c', 'd']);
  expect(found).toMatchObject({ matched: 5, problems: [] });
});

test('takes each file once, with the fixed part of the first glob that matches, and leaves out what a "!" names', async () => {
  const files = { 'blog/posts/a.md': POST, 'blog/b.md': POST, 'blog/_c.md': POST };
  const content = ['blog/posts/*.md', 'blog/**/*.md', '!**/_*.md'];
  expect(slugs(await scanFiles(files, { content }))).toEqual(['b', 'a']);
});

test('follows a link to a file, and no link to a folder that leads in a circle', async () => {
  const root = await folderWith({ 'content/a.md': POST, 'notes/b.md': POST });
  await symlink(join(root, 'notes/b.md'), join(root, 'content/b.md'));
  await symlink(root, join(root, 'content/circle'));
  await symlink(join(root, 'nowhere.md'), join(root, 'content/broken.md'));
  const found = await scan(resolveConfig({}, root, null), { now: NOW });
  expect(slugs(found)).toEqual(['a', 'b']);
});

test('names each file that is no post, and goes on with the others', async () => {
  const found = await scanFiles({
    'content/broken.md': '---\ntitle: [\n---\n',
    'content/broken-too.md': '---\ntitle: [\n---\n',
    'content/code.md': '---js\n{ title: "x" }\n---\n',
    'content/empty.md': '',
    'content/good.md': POST,
    'content/latin.md': Buffer.from('---\ntitle: caf\xE9\n---\n', 'latin1'),
    'content/slug.md': '---\ntitle: T\nslug: ../../etc\n---\n',
    'content/untitled.md': '---\ndate: 2024-01-01\n---\n',
  });
  expect(slugs(found)).toEqual(['good']);
  expect(found.problems.map(({ file, code }) => `${file} ${code}`)).toEqual([
    'content/broken-too.md front_matter_invalid',
    'content/broken.md front_matter_invalid',
    'content/code.md front_matter_language',
    'content/latin.md encoding',
    'content/slug.md invalid_slug',
    'content/untitled.md no_title',
  ]);
  for (const { file, message } of found.problems) expect(message).toContain(file);
});

test('names a file that goes away while the others are read', async () => {
  const root = await folderWith({ 'content/a.md': POST, 'content/gone.md': POST });
  const { signal } = new AbortController();
  vi.spyOn(signal, 'throwIfAborted').mockImplementation(() =>
    rmSync(join(root, 'content/gone.md'), { force: true }),
  );
  const found = await scan(resolveConfig({}, root, null), { now: NOW, signal });
  expect(slugs(found)).toEqual(['a']);
  expect(found.problems).toMatchObject([{ file: 'content/gone.md', code: 'unreadable' }]);
});

test('takes with only what a slug or a file matches', async () => {
  const files = {
    'content/posts/a.md': POST,
    'content/posts/b.md': '---\ntitle: T\nslug: elsewhere\n---\n',
    'content/notes/c.md': POST,
    'content/notes/broken.md': '---\n[\n---\n',
  };
  expect(slugs(await scanFiles(files, {}, { only: 'posts/*' }))).toEqual(['posts/a']);
  expect(slugs(await scanFiles(files, {}, { only: 'content/posts/*' }))).toEqual(['posts/a', 'elsewhere']);
  expect((await scanFiles(files, {}, { only: 'elsewhere' })).problems).toEqual([]);
  expect((await scanFiles(files, {}, { only: '**/notes/*' })).problems).toHaveLength(1);
  await expect(scanFiles(files, {}, { only: 'nope' })).rejects.toThrow(
    'No post\'s slug or file matches "nope" (of 3 posts)',
  );
});

test('says which globs match nothing, and where', async () => {
  const error: unknown = await scanFiles({ 'a.md': POST }, { content: ['posts/*.md', 'notes/*.md'] }).catch(
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(CliError);
  expect(error).toMatchObject({ code: 'no_posts', exitCode: 2 });
  expect((error as CliError).message).toMatch(
    /^No file matches "posts\/\*\.md", "notes\/\*\.md" in \/.+og-sync-/,
  );
});

test('stops when it is aborted', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(scanFiles({ 'content/a.md': POST }, {}, { signal })).rejects.toThrow('enough');
});

test('makes the same posts in every time zone of the machine', async () => {
  const root = await folderWith({
    'content/a.md': '---\ntitle: T\ndate: 2024-01-02\n---\n',
    'content/b.md': '---\ntitle: T\ndate: Jan 2, 2024 23:59\n---\n',
    'content/c.md': '+++\ntitle = "T"\ndate = 2024-01-02T23:59:00\n+++\n',
  });
  const zone = process.env['TZ'];
  onTestFinished(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const seen = [];
  for (const TZ of ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles']) {
    process.env['TZ'] = TZ;
    seen.push((await scan(resolveConfig({}, root, null), { now: NOW })).posts);
  }
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
  expect(seen[0]?.map(({ post }) => post.date)).toEqual([
    '2024-01-02',
    '2024-01-02T23:59:00Z',
    '2024-01-02T23:59:00Z',
  ]);
});

test('says once which files have a field twice', async () => {
  const found = await scanFiles({
    'content/a.md': '---\ntitle: A\ntitle: B\n---\n',
    'content/b.md': POST,
  });
  expect(found.posts.map(({ post }) => post.title)).toEqual(['B', 'T']);
  expect(found.notices).toEqual([
    '1 file has a field twice, of which the last one counts: content/a.md, line 3.',
  ]);
});

test('leaves out a file whose og is false', async () => {
  const found = await scanFiles({ 'content/a.md': '---\ntitle: T\nog: false\n---\n', 'content/b.md': POST });
  expect(slugs(found)).toEqual(['b']);
  expect(found).toMatchObject({ matched: 2, problems: [] });
});

test('a folder or a name says the language of a post, unless its front matter does or the configuration forbids it', async () => {
  const files = {
    'content/zh-tw/a.md': POST,
    'content/b.zh-cn.md': POST,
    'content/go/c.md': POST,
    'content/ja/d.md': '---\ntitle: T\nlang: en\n---\n',
  };
  expect(languages(await scanFiles(files))).toEqual({
    'content/zh-tw/a.md': 'zh-tw',
    'content/b.zh-cn.md': 'zh-cn',
    'content/go/c.md': null,
    'content/ja/d.md': 'en',
  });
  expect(languages(await scanFiles(files, { pathLanguage: false }))).toEqual({
    'content/zh-tw/a.md': null,
    'content/b.zh-cn.md': null,
    'content/go/c.md': null,
    'content/ja/d.md': 'en',
  });
});

test('a folder says the language also where a preset says nothing of it', async () => {
  const files = { 'eleventy.config.js': '', 'zh-tw/a.md': POST, 'b.md': POST };
  const found = await scanFiles(files, { preset: 'eleventy' });
  expect(languages(found)).toEqual({ 'zh-tw/a.md': 'zh-tw', 'b.md': null });
});
