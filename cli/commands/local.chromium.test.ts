import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { openStore } from '../../function/store/open.ts';
import { makeBlog, runCli, runJson, startCli } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

// The whole product, Chromium included, with no AWS account and no configuration.
let blog: Blog;
beforeEach(async () => {
  blog = await makeBlog();
  await blog.post('hello', 'Hello');
  await blog.post('deep/world', 'World');
});
afterEach(() => blog.close());
const json = (...args: string[]) => runJson(args, { cwd: blog.folder });

test('two files in, two pictures out; again, and no browser is even loaded', async () => {
  const first = await json();
  expect(first).toMatchObject({ code: 0, document: { summary: { created: 2, failed: 0 } } });
  for (const key of ['hello.jpg', 'deep/world.jpg']) {
    const picture = await sharp(join(blog.folder, 'out/images', key)).metadata();
    expect(picture).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
  }

  const report = join(blog.folder, 'loaded.json');
  await blog.write(
    'hook.mjs',
    `import { registerHooks } from 'node:module';
     import { writeFileSync } from 'node:fs';
     const loaded = [];
     registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
     process.on('exit', () => writeFileSync(${JSON.stringify(report)}, JSON.stringify(loaded)));`,
  );
  const env = { NODE_OPTIONS: `--import ${join(blog.folder, 'hook.mjs')}` };
  const again = await runJson([], { cwd: blog.folder, env });
  expect(again).toMatchObject({ code: 0, document: { summary: { created: 0, updated: 0, unchanged: 2 } } });
  const loaded = JSON.parse(await readFile(report, 'utf8')) as string[];
  expect(loaded.some((url) => url.endsWith('/og-sync.js'))).toBe(true);
  expect(loaded.filter((url) => /puppeteer|chunks\/renderer|sharp|sparticuz|aws-sdk/.test(url))).toEqual([]);
});

test('a byte of a template changes its own pictures and no others', async () => {
  await cp(join(PACKAGE_ROOT, 'templates'), join(blog.folder, 'cards'), { recursive: true });
  await blog.write('og.config.json', '{"templates":"cards"}');
  const other = 'terminal';
  await blog.post('deep/world', 'World', `template: ${other}\n`);
  expect((await json()).document.summary).toMatchObject({ created: 2 });
  const css = await readFile(join(blog.folder, `cards/${other}/card.css`), 'utf8');
  await blog.write(`cards/${other}/card.css`, `${css} `);
  const { document } = await json();
  expect(document.summary).toMatchObject({ updated: 1, unchanged: 1 });
  expect(document.images.find(({ action }) => action === 'updated')?.slug).toBe('deep/world');
});

describe('a store that cannot be used', () => {
  test('a folder that cannot be made ends with 3 and its name', async () => {
    await blog.write('file', 'in the way');
    const { code, stderr } = await runCli(['--store', 'file/images'], { cwd: blog.folder });
    expect(code).toBe(3);
    expect(stderr).toContain(join(blog.folder, 'file'));
  });

  test('an S3 that nobody answers for ends with 3 before anything is rendered', async () => {
    const env = {
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    };
    const { code, stderr, stdout } = await runCli(['--store', 's3://bucket/images'], {
      cwd: blog.folder,
      env,
    });
    expect(code).toBe(3);
    expect(stderr).toContain('s3://bucket/images');
    expect(stdout).toBe('');
  });
});

test('serve is a function: described, called by another process, and asked for a picture by hand', async () => {
  const folder = join(blog.folder, 'served');
  const server = startCli(['serve', '--port', '0', '--store', folder], { cwd: blog.folder });
  try {
    const url = await server.said(/Serving at (\S+),/);
    expect(await (await fetch(url)).json()).toMatchObject({ name: 'og-sync', store: folder });

    const env = { OG_FUNCTION_URL: url };
    const { code, document } = await runJson(['--auth', 'none', '--batch', '1'], { cwd: blog.folder, env });
    expect(code).toBe(0);
    expect(document.summary).toMatchObject({ created: 2, failed: 0 });
    expect(await openStore(folder).fingerprint('deep/world.jpg')).toBe(
      document.images.find(({ slug }) => slug === 'deep/world')?.fingerprint,
    );

    const byHand = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"posts":[{"slug":"a","title":"Hello"}]}',
    });
    expect(await byHand.json()).toMatchObject({
      results: [{ slug: 'a', status: 'stored' }],
      unprocessed: [],
    });

    const picture = await fetch(`${url}/image?title=Hi`);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).toMatchObject({ width: 1200 });
  } finally {
    server.child.kill('SIGINT');
  }
  expect((await server.ended).code).toBe(0);
});

describe('serve refuses', () => {
  test('a port that is taken', async () => {
    const first = startCli(['serve', '--port', '0'], { cwd: blog.folder });
    const port = await first.said(/Serving at http:\/\/127\.0\.0\.1:(\d+),/);
    const second = await runCli(['serve', '--port', port], { cwd: blog.folder });
    first.child.kill('SIGTERM');
    await first.ended;
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(`Port ${port}`);
  });

  test('to be open to others by accident', async () => {
    const { code, stderr } = await runCli(['serve', '--host', '0.0.0.0'], { cwd: blog.folder });
    expect(code).toBe(2);
    expect(stderr).toContain('OG_FUNCTION_TOKEN');
  });
});
