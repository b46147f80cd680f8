import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runCli, runJson } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

// The function is real but for Chromium; what is tested is the process in front of it.
let made: TestFunction;
let blog: Blog;
beforeEach(async () => {
  made = await startFunction();
  blog = await makeBlog();
  await blog.post('a', 'Apples');
  await blog.post('deep/b', 'Bees');
  await blog.post('c', 'Cedars');
});
afterEach(async () => {
  await made.close();
  await blog.close();
});
const remote = () => ['--function', made.url, '--auth', 'none'];
const there = async () => (await made.store.fingerprint('a.jpg')) !== null;
const json = (...args: string[]) => runJson([...args, ...remote()], { cwd: blog.folder });

describe('sync', () => {
  test('makes every image, then none, then the one that changed', async () => {
    const first = await json();
    expect(first.code).toBe(0);
    expect(first.document.summary).toMatchObject({ posts: 3, created: 3, updated: 0, failed: 0 });
    expect(first.document.images.map(({ key }) => key)).toEqual(['a.jpg', 'c.jpg', 'deep/b.jpg']);

    const second = await json();
    expect(second.document.summary).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    expect(made.renderer.rendered).toBe(3);

    await blog.post('c', 'Cedars and pines');
    const third = await json();
    expect(third.document.summary).toMatchObject({ created: 0, updated: 1, unchanged: 2 });
    expect(third.document.images.find(({ action }) => action === 'updated')).toMatchObject({
      slug: 'c',
      file: 'content/c.md',
      width: 1200,
      height: 630,
    });
  });

  test('reports what was done and where, on stdout, and the rest on stderr', async () => {
    const { stdout, stderr, code } = await runCli(remote(), { cwd: blog.folder });
    expect(code).toBe(0);
    expect(stdout).toContain('3 posts: 3 created, 0 updated, 0 unchanged');
    expect(stdout).toContain(made.store.address);
    expect(stderr).toContain('Plan: 3 to create');
    expect(stderr + stdout).not.toContain('\u001b');
  });

  test('keeps the image of a deleted post until it is pruned', async () => {
    await json();
    await blog.remove('content/a.md');
    const kept = await json();
    expect(kept.document.summary).toMatchObject({ orphaned: 1, deleted: 0, unchanged: 2 });
    expect(await made.store.fingerprint('a.jpg')).not.toBeNull();
    const pruned = await json('--prune', '--older-than', '0s', '--yes');
    expect(pruned.document.summary).toMatchObject({ orphaned: 0, deleted: 1, unchanged: 2 });
    expect(await made.store.fingerprint('a.jpg')).toBeNull();
  });

  test('--only makes only what it names and looks for no orphans', async () => {
    await json();
    await blog.remove('content/a.md');
    await blog.post('c', 'Changed');
    await blog.post('deep/b', 'Changed too');
    const { document } = await json('--only', 'deep/**');
    expect(document.summary).toMatchObject({ updated: 1, unchanged: 0, orphaned: 0 });
    expect((await json()).document.summary).toMatchObject({ updated: 1, unchanged: 1, orphaned: 1 });
  });

  test('--force makes every image again', async () => {
    await json();
    expect((await json('--force')).document.summary).toMatchObject({ updated: 3, unchanged: 0 });
    expect(made.renderer.rendered).toBe(6);
  });

  test('--dry-run says what would be done and does nothing', async () => {
    const { document, code } = await json('--dry-run');
    expect(code).toBe(0);
    expect(document.summary).toMatchObject({ created: 3 });
    expect(document.images.every(({ bytes }) => bytes === null)).toBe(true);
    expect(made.renderer.rendered).toBe(0);
  });

  test('a warning is reported with its file, and fails the build only with --strict', async () => {
    await blog.post('odd', 'No font has \u{10FFFF}');
    const args = [...remote()];
    const { code, stderr } = await runCli(args, { cwd: blog.folder });
    expect(code).toBe(0);
    expect(stderr).toMatch(/1 {2}missing_glyph: .*\n +content\/odd\.md {2}No font has/);
    await blog.post('odd', 'Still no font has \u{10FFFF}');
    expect((await runCli([...args, '--strict'], { cwd: blog.folder })).code).toBe(1);
  });

  test('writes the manifest for what is there', async () => {
    const file = join(blog.folder, 'out/og.json');
    await blog.write(
      'og.config.json',
      JSON.stringify({ publicUrl: 'https://img.example/og', manifest: 'out/og.json' }),
    );
    await json();
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    expect(Object.keys(manifest)).toEqual(['a', 'c', 'deep/b']);
    expect(manifest['deep/b']).toMatchObject({
      url: 'https://img.example/og/deep/b.jpg',
      key: 'deep/b.jpg',
      width: 1200,
      height: 630,
      alt: 'Bees',
    });
  });

  test('--quiet says nothing when all is well', async () => {
    expect(await runCli([...remote(), '--quiet'], { cwd: blog.folder })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  test('another store than the function writes to is refused before anything is sent', async () => {
    const { code, document } = await json('--store', join(blog.folder, 'elsewhere'));
    expect(code).toBe(2);
    expect(document.error).toMatchObject({ code: 'store_mismatch' });
    expect(document.error?.message).toContain('elsewhere');
    expect(document.error?.message).toContain(made.store.address);
    expect(made.renderer.rendered).toBe(0);
  });

  test('the store named with the config must be the one the function writes to', async () => {
    const { code, document } = await json('--store', made.store.address);
    expect(code).toBe(0);
    expect(document.summary.created).toBe(3);
  });
});

describe('plan', () => {
  test('lists what would be made, and with --exit-code says so by its exit code', async () => {
    const args = ['plan', ...remote()];
    const { stdout, code } = await runCli(args, { cwd: blog.folder });
    expect(code).toBe(0);
    expect(stdout).toContain('+ create  deep/b.jpg  content/deep/b.md');
    expect(stdout).toContain('3 to create, 0 to update, 0 unchanged, 0 orphaned');
    expect(stdout).toMatch(/about [\d.]+ s and costs less than \$0\.01/);
    expect((await runCli([...args, '--exit-code'], { cwd: blog.folder })).code).toBe(1);
    await json();
    expect((await runCli([...args, '--exit-code'], { cwd: blog.folder })).code).toBe(0);
  });
});

describe('a site on which nothing works', () => {
  test('ends with no green tick, and says why in a few lines', async () => {
    for (const file of ['a', 'c', 'deep/b']) await blog.remove(`content/${file}.md`);
    for (let at = 0; at < 300; at += 1)
      await blog.write(
        `content/p${at}.md`,
        at % 3 === 0 ? '---\ntitle: [\n---\n' : '---\ndraft: false\n---\n',
      );
    for (const verb of ['sync', 'plan', 'prune']) {
      const { code, stdout, stderr } = await runCli([verb, ...remote()], { cwd: blog.folder });
      const lines = `${stderr}${stdout}`.trimEnd().split('\n');
      expect(code).toBe(1);
      expect(lines.length).toBeLessThanOrEqual(20);
      expect(stdout).not.toContain('✔');
      expect(stderr).toContain('✖ 300 problems in the content');
      expect(stderr).toMatch(/ 100 {2}front_matter_invalid:[^]* 200 {2}no_title:/);
    }
    const { document } = await json();
    expect(document.problems).toHaveLength(300);
  });

  test('a plan of thousands is at most 50 lines, with --verbose all of it', async () => {
    for (let at = 0; at < 300; at += 1) await blog.post(`p${at}`, 'T');
    for (let at = 0; at < 20; at += 1) await blog.write(`content/bad${at}.md`, '---\ntitle: [\n---\n');
    const args = ['plan', ...remote()];
    const { stdout, stderr } = await runCli(args, { cwd: blog.folder });
    expect(`${stderr}${stdout}`.trimEnd().split('\n').length).toBeLessThanOrEqual(50);
    expect(stdout).toContain('(--verbose prints all)');
    const verbose = await runCli([...args, '--verbose'], { cwd: blog.folder });
    expect(verbose.stdout.match(/\+ create/g)).toHaveLength(303);
    expect(verbose.stderr.match(/content\/bad\d+\.md/g)).toHaveLength(20);
  });

  test('a folder as --content is its markdown', async () => {
    const { document } = await json('plan', '--content', 'content/deep');
    expect(document.images.map(({ key }) => key)).toEqual(['b.jpg']);
  });
});

describe('prune', () => {
  beforeEach(async () => {
    await json();
    await blog.remove('content/a.md');
  });

  test('asks nobody in CI: without --yes it refuses, with it the orphan goes', async () => {
    const refused = await json('prune', '--older-than', '0s');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--yes');
    expect(await there()).toBe(true);
    const { code, document } = await json('prune', '--older-than', '0s', '--yes');
    expect(code).toBe(0);
    expect(document.images.find(({ key }) => key === 'a.jpg')?.action).toBe('deleted');
    expect(await there()).toBe(false);
  });

  test('spares what is younger than a week, unless configured otherwise', async () => {
    const { code, stderr } = await json('prune', '--yes');
    expect(code).toBe(0);
    expect(stderr).toContain('too young');
    expect(await there()).toBe(true);
  });

  test('--dry-run lists what would go', async () => {
    const args = ['prune', '--older-than', '0s', '--dry-run', ...remote()];
    const { code, stdout } = await runCli(args, { cwd: blog.folder });
    expect(code).toBe(0);
    expect(stdout).toContain('- a.jpg');
    expect(await there()).toBe(true);
  });

  test('refuses while a file cannot be read: its image only looks like an orphan', async () => {
    await blog.write('content/c.md', '---\ntitle: [\n---\n');
    const { code, stderr } = await json('prune', '--older-than', '0s', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing is pruned');
    expect(await there()).toBe(true);
  });
});

describe('what is not needed is not loaded', () => {
  let watched: TestFunction;
  beforeAll(async () => {
    watched = await startFunction();
  });
  afterAll(() => watched.close());

  test('a run with a Function URL without IAM loads no browser, no image library and no AWS SDK', async () => {
    const report = join(blog.folder, 'loaded.json');
    const hook = `
      import { registerHooks } from 'node:module';
      import { writeFileSync } from 'node:fs';
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      process.on('exit', () => writeFileSync(${JSON.stringify(report)}, JSON.stringify(loaded)));
    `;
    await blog.write('hook.mjs', hook);
    const env = { NODE_OPTIONS: `--import ${join(blog.folder, 'hook.mjs')}` };
    const { code } = await runCli(['--function', watched.url, '--auth', 'none'], { cwd: blog.folder, env });
    expect(code).toBe(0);
    const loaded = JSON.parse(await readFile(report, 'utf8')) as string[];
    expect(loaded.some((url) => url.includes('/og-sync.js'))).toBe(true);
    const files = loaded.filter((url) => url.startsWith('file:'));
    const texts = await Promise.all(files.map((url) => readFile(fileURLToPath(url), 'utf8')));
    // The bundle names the file that each part of it was.
    const libraries = texts.flatMap((text) =>
      [...text.matchAll(/^\/\/ node_modules\/(.+)$/gm)].map(([, name]) => name),
    );
    const all = [...libraries, ...files.map((url) => url.split('/node_modules/')[1])].map(String);
    expect(all.some((name) => name.startsWith('zod/'))).toBe(true);
    for (const heavy of ['puppeteer', 'sharp', '@sparticuz', '@aws-sdk', '@smithy', 'liquidjs', 'fontkitten'])
      expect(all.filter((name) => name.startsWith(heavy))).toEqual([]);
  });
});
