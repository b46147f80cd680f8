/** Several sizes of every card, from the command line to the pages, with a real browser. */
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import ogs from 'open-graph-scraper';
import { expect, it } from 'vitest';
import type { ManifestEntry } from '../report/manifest.ts';
import { addFiles, folderWith } from '../testing/files.ts';
import { runCli, runJson, startCli } from '../testing/process.ts';
import { serveFolder } from '../testing/served.ts';
import { snapshot } from '../testing/tagged.ts';

const SIZES = { wide: [1200, 630], square: [1080, 1080], tall: [1000, 1500] } as const;
type Name = keyof typeof SIZES;
const config = (names: readonly Name[], more: object = {}) =>
  JSON.stringify({
    outputs: names.map((name) => ({ name, width: SIZES[name][0], height: SIZES[name][1] })),
    ...more,
  });
const ALL = ['wide', 'square', 'tall'] as const;
const POSTS = { 'content/a.md': '---\ntitle: One\n---\n', 'content/b.md': '---\ntitle: Two\n---\n' };

it('makes each in its size, the first one what a single output makes, and follows what is added and taken out', async () => {
  const cwd = await folderWith({ ...POSTS, 'og.config.json': '{}' });
  const keep = async (names: readonly Name[], ...args: string[]) => {
    await writeFile(join(cwd, 'og.config.json'), config(names, { manifest: 'og.json' }));
    return await runJson(args, { cwd });
  };
  await runJson([], { cwd });
  const first = await stat(join(cwd, 'out/images/a.jpg'));

  const more = await keep(ALL);
  expect(more.code).toBe(0);
  expect(more.document.summary).toMatchObject({
    posts: 2,
    created: 4,
    updated: 0,
    unchanged: 2,
    orphaned: 0,
  });
  expect(await stat(join(cwd, 'out/images/a.jpg'))).toMatchObject({ mtimeMs: first.mtimeMs, ino: first.ino });
  for (const { key, output, action } of more.document.images) {
    const [width, height] = SIZES[output as Name];
    expect(imageSize(await readFile(join(cwd, 'out/images', key)))).toMatchObject({ width, height });
    expect(action).toBe(output === 'wide' ? 'unchanged' : 'created');
  }
  const manifest = JSON.parse(await readFile(join(cwd, 'og.json'), 'utf8')) as Record<string, ManifestEntry>;
  expect(manifest).toMatchObject({
    a: {
      key: 'a.jpg',
      width: 1200,
      outputs: {
        wide: { key: 'a.jpg' },
        square: { key: 'a-square.jpg', width: 1080 },
        tall: { key: 'a-tall.jpg', height: 1500 },
      },
    },
  });

  const again = await keep(ALL);
  expect(again.document.summary).toMatchObject({ created: 0, updated: 0, unchanged: 6, orphaned: 0 });
  const fewer = await keep(['wide', 'tall']);
  expect(fewer.document.summary).toMatchObject({ created: 0, updated: 0, unchanged: 4, orphaned: 2 });
  const orphans = fewer.document.images.filter(({ action }) => action === 'orphaned');
  expect(orphans.map(({ key }) => key)).toEqual(['a-square.jpg', 'b-square.jpg']);
  await keep(['wide', 'tall'], 'prune', '--older-than', '0d', '--yes');
  expect((await readdir(join(cwd, 'out/images'))).filter((name) => name.endsWith('.jpg')).sort()).toEqual([
    'a-tall.jpg',
    'a.jpg',
    'b-tall.jpg',
    'b.jpg',
  ]);
  await rm(join(cwd, 'out/images/b-tall.jpg'));
  const only = await keep(ALL, '--only', 'a');
  expect(only.document.summary).toMatchObject({ posts: 1, created: 1, unchanged: 2, orphaned: 0 });
});

const page = (title: string) =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body></body>\n</html>\n`;

it('tells of all of them in the head of every page, as a scraper reads it', async () => {
  const cwd = await folderWith({
    'public/index.html': page('Home'),
    'public/a/index.html': page('Über A'),
    'og.config.json': config(ALL, { jsonLd: true }),
  });
  const origin = await serveFolder(join(cwd, 'public'));
  const args = ['--pages', 'public', '--inject', '--site-url', origin];
  const { code, document } = await runJson(args, { cwd });
  expect(code).toBe(0);
  expect(document.summary).toMatchObject({ posts: 2, created: 6 });
  expect(document.pages).toMatchObject({ written: 2 });
  const { result } = await ogs({ url: `${origin}/a/` });
  const urls = ALL.map((name) => document.images.find((one) => one.slug === 'a' && one.output === name)?.url);
  // The scraper sorts them, the largest first; the page has them in the order of the configuration.
  const read = new Map(result.ogImage?.map((image) => [image.url, image]));
  expect(urls.map((url) => read.get(url ?? ''))).toMatchObject(
    ALL.map((name) => ({
      width: String(SIZES[name][0]),
      height: String(SIZES[name][1]),
      type: 'image/jpeg',
      alt: 'Über A',
    })),
  );
  const written = (await readFile(join(cwd, 'public/a/index.html'), 'utf8')).matchAll(
    /property="og:image" content="([^"]*)"/g,
  );
  expect([...written].map(([, url]) => url)).toEqual(urls);
  expect(result.jsonLD).toMatchObject([
    { '@type': 'WebPage', url: `${origin}/a/`, image: urls.map((url) => ({ '@type': 'ImageObject', url })) },
  ]);
  expect(result.twitterImage).toMatchObject([{ url: urls[0] }]);
  const before = await snapshot(cwd);
  expect((await runJson(args, { cwd })).document.summary).toMatchObject({ unchanged: 6, orphaned: 0 });
  expect(await snapshot(cwd)).toEqual(before);

  // Taken out: its images go at once, and no page names it.
  await writeFile(join(cwd, 'og.config.json'), config(['wide', 'tall']));
  const fewer = await runJson(args, { cwd });
  expect(fewer.document.summary).toMatchObject({ created: 0, updated: 0, unchanged: 4, deleted: 2 });
  const head = await readFile(join(cwd, 'public/a/index.html'), 'utf8');
  expect(head.match(/property="og:image"/g)).toHaveLength(2);
  expect(head).not.toContain('square');
});

const first = (format: string) =>
  JSON.stringify({
    outputs: [
      { name: 'wide', format },
      { name: 'small', format: 'webp', width: 400, height: 400 },
    ],
  });

it('makes WebP that the folder knows again, and check names the networks that may not show it', async () => {
  const cwd = await folderWith({ 'public/a.html': page('A'), 'og.config.json': first('webp') });
  const args = ['--pages', 'public', '--inject', '--site-url', 'https://site.example'];
  const { document } = await runJson([...args, '--store', 'public/img'], { cwd });
  expect(document.images.map(({ key }) => key)).toEqual([
    expect.stringMatching(/^a-small\.[0-9a-f]{12}\.webp$/),
    expect.stringMatching(/^a\.[0-9a-f]{12}\.webp$/),
  ]);
  const stable = ['--store', 'stable', '--content', 'posts'];
  await addFiles(cwd, { 'posts/b.md': '---\ntitle: B\n---\n' });
  expect((await runJson(stable, { cwd })).document.summary).toMatchObject({ created: 2 });
  expect((await runJson(stable, { cwd })).document.summary).toMatchObject({ unchanged: 2 });

  const check = ['check', 'public', '--site-url', 'https://site.example', '--store', 'public/img'];
  const warned = await runCli([...check, '--inject'], { cwd });
  expect(warned).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/webp for LinkedIn, Telegram/) as string,
  });
  expect(warned.stdout).toMatch(/0 errors, 1 warning\b/);
  // What networks show is a JPEG: a smaller WebP beside it is for who takes it.
  await writeFile(join(cwd, 'og.config.json'), first('jpeg'));
  await runJson([...args, '--store', 'public/img'], { cwd });
  const well = await runCli([...check, '--inject'], { cwd });
  expect(well.stdout).toMatch(/1 page: 0 errors, 0 warnings/);
});

it('names the posts that would get one name', async () => {
  const cwd = await folderWith({
    ...POSTS,
    'content/a-square.md': '---\ntitle: Three\n---\n',
    'og.config.json': config(ALL),
  });
  const { code, stderr } = await runCli(['plan'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(
    'content/a-square.md (wide) and content/a.md (square) would both be stored as a-square.jpg',
  );
});

it('serve shows each of them by its name', async () => {
  const cwd = await folderWith({ 'og.config.json': config(ALL) });
  const server = startCli(['serve', '--port', '0'], { cwd });
  const url = /http:\S+(?=,)/.exec(await server.said(/Serving at http.*/))?.[0] ?? '';
  const sizeOf = async (query: string) =>
    imageSize(new Uint8Array(await (await fetch(new URL(`/image?title=A${query}`, url))).arrayBuffer()));
  expect(await sizeOf('')).toMatchObject({ width: 1200, height: 630 });
  expect(await sizeOf('&output=tall')).toMatchObject({ width: 1000, height: 1500 });
  const refused = await fetch(new URL('/image?title=A&output=gone', url));
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining('wide, square, tall'),
  ]);
  server.child.kill('SIGINT');
  await server.ended;
});
