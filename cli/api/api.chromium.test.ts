import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { CliError, PostError, check, createRenderer, inject, plan, sync } from '../index.ts';
import type { RunEvent, UserConfig } from '../index.ts';
import { addFiles, folderWith } from '../testing/files.ts';
import { makeBlog } from '../testing/process.ts';

const ENVIRONMENT = { HOME: process.env['HOME'] };
const config: UserConfig = { content: 'posts/*.md', site: { name: 'Api' } };
const markdown = (title: string) => `---\ntitle: ${title}\n---\n`;
/** A folder for several tests. */
async function sharedFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const blog = await makeBlog();
  onEnd.push(() => blog.close());
  await addFiles(blog.folder, files);
  return blog.folder;
}
const onEnd: (() => Promise<void>)[] = [];
afterAll(async () => void (await Promise.all(onEnd.map((close) => close()))));

const page = (title: string, more = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${more}</head><body><h1>${title}</h1></body></html>`;

describe('sync and plan', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await sharedFolder({ 'posts/a.md': markdown('First'), 'posts/b.md': markdown('Second') });
  });

  test('plan tells what sync would make, and makes nothing', async () => {
    const { summary, images, version } = await plan({ cwd, config, environment: ENVIRONMENT });
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(summary).toMatchObject({ posts: 2, created: 2 });
    expect(images.map(({ key }) => key)).toEqual(['a.jpg', 'b.jpg']);
    expect(await readdir(cwd)).toEqual(['posts']);
  });

  test('sync makes them, tells what happens in plain data, and makes nothing the second time', async () => {
    const events: RunEvent[] = [];
    const options = {
      cwd,
      config,
      environment: ENVIRONMENT,
      onEvent: (event: RunEvent) => void events.push(event),
    };
    const { summary } = await sync(options);
    expect(summary).toMatchObject({ created: 2, failed: 0 });
    expect(structuredClone(events)).toEqual(events);
    expect(events.map(({ type }) => type)).toEqual(['scanned', 'planned', 'started', 'image', 'image']);
    expect(events[1]).toMatchObject({ create: 2, keep: 0, store: join(cwd, 'out/images') });
    expect(events[3]).toMatchObject({ image: { action: 'created', width: 1200 } });
    expect((await sync(options)).summary).toMatchObject({ created: 0, unchanged: 2 });
  });

  test('posts that are handed in need no file', async () => {
    const posts = [
      {
        address: '/from/a-database/',
        title: 'Kept in a database',
        date: new Date('2024-02-03'),
        tags: ['one'],
      },
      { address: '/silent/', title: 'No card', frontMatter: { og: false } },
      { address: '/titled/', title: 'Long', frontMatter: { og: { title: 'Short', note: 'free' } } },
      { address: '/untitled/' },
    ];
    const store = join(cwd, 'given');
    const seen: string[] = [];
    const own: UserConfig = {
      store,
      map: (post) => {
        seen.push(`${post.title} ${post.date ?? ''}`);
        return {};
      },
    };
    const { images, problems } = await sync({ cwd, config: own, posts, environment: ENVIRONMENT });
    expect(images.map(({ key, action }) => [key, action])).toEqual([
      ['from/a-database.jpg', 'created'],
      ['titled.jpg', 'created'],
    ]);
    expect(problems).toMatchObject([{ file: '/untitled/', code: 'no_title' }]);
    expect(seen).toEqual(['Kept in a database 2024-02-03', 'Short ', 'undefined ']);
  });
});

describe('what ends a run', () => {
  test.each([
    ['a wrong configuration', { config: { colour: 'red' } as UserConfig }, 'config_invalid'],
    ['a wrong override', { config, overrides: { concurrency: 0 } }, 'config_invalid'],
    ['a file that is not there', { config: 'nowhere.ts' }, 'config_missing'],
    ['no posts', { config: { content: 'nothing/*.md' } }, 'no_posts'],
  ])('%s is a CliError with a code and what to do', async (_what, options, code) => {
    const error: unknown = await sync({ cwd: await folderWith(), ...options, environment: {} }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ code });
    expect((error as CliError).hint).toMatch(/\w+ .*\.$/s);
  });

  test('an aborted signal, before and during a run, with its own reason', async () => {
    const cwd = await folderWith({ 'posts/a.md': markdown('First') });
    const reason = new Error('enough');
    const started = new AbortController();
    const during = sync({
      cwd,
      config,
      environment: ENVIRONMENT,
      signal: started.signal,
      onEvent: ({ type }) => {
        if (type === 'started') started.abort(reason);
      },
    });
    await expect(during).rejects.toBe(reason);
    const options = { cwd, config, environment: {}, signal: AbortSignal.abort(reason) };
    for (const run of [sync, plan, inject]) await expect(run(options)).rejects.toBe(reason);
  });

  test('what a listener throws', async () => {
    const cwd = await folderWith({ 'posts/a.md': markdown('First') });
    const thrown = new Error('of the listener');
    const onEvent = () => {
      throw thrown;
    };
    await expect(plan({ cwd, config, environment: {}, onEvent })).rejects.toBe(thrown);
  });
});

describe('where the configuration comes from', () => {
  test('defaults < file < overrides, objects field by field', async () => {
    const cwd = await folderWith({
      'og.config.json': JSON.stringify({
        content: 'posts/*.md',
        site: { name: 'File', motto: 'kept' },
        key: '{slug}.{ext}',
      }),
      'posts/a.md': markdown('First'),
    });
    const { images } = await plan({
      cwd,
      environment: {},
      defaults: { key: 'under/{slug}.{ext}', publicUrl: 'https://under.example/' },
      overrides: { output: { format: 'png' }, site: { name: 'Over' } },
    });
    expect(images).toMatchObject([{ key: 'a.png', url: 'https://under.example/a.png' }]);
  });
});

describe('a built site', () => {
  let cwd: string;
  const site: UserConfig = { pages: 'site', inject: true, site: { url: 'https://api.example/base' } };
  const posts = [{ address: '/a/', tags: ['given'], frontMatter: { og: { title: 'Given title' } } }];
  const options = { config: site, posts, addresses: ['/', '/a/'], environment: ENVIRONMENT };

  async function build(): Promise<void> {
    for (const [file, text] of [
      ['site/index.html', page('Home')],
      ['site/a/index.html', page('Of the head', '<meta name="description" content="Of the head, too.">')],
      ['site/unlisted.html', page('A file of somebody else')],
    ] as const)
      await writeFile(join(cwd, file), text);
  }

  beforeAll(async () => {
    cwd = await sharedFolder({ 'site/a/x': '', 'site/og/own.png': 'theirs' });
    await build();
  });

  test('the pages of the given addresses get cards, made in the cache and copied, and tags', async () => {
    const first = await sync({ ...options, cwd, cache: join(cwd, 'cache') });
    expect(first.summary).toMatchObject({ posts: 2, created: 2 });
    expect(first.pages).toMatchObject({ read: 2, written: 2, withoutPage: [] });
    const [a] = first.images;
    expect(a?.url).toBe(`https://api.example/base/og/${a?.key}`);
    expect(await readFile(join(cwd, 'site/a/index.html'), 'utf8')).toMatch(
      /og:title" content="Given title".*/s,
    );
    expect((await sharp(join(cwd, 'site/og', a?.key ?? '')).metadata()).width).toBe(1200);
    expect(await readFile(join(cwd, 'site/unlisted.html'), 'utf8')).not.toContain('og:image');
  });

  test('a second build renders nothing, and a card that nobody shows any more is gone from the site', async () => {
    await build();
    const before = await readdir(join(cwd, 'site/og'));
    const { summary } = await sync({ ...options, cwd, addresses: ['/'], cache: join(cwd, 'cache') });
    expect(summary).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    const after = await readdir(join(cwd, 'site/og'));
    expect(after).toHaveLength(before.length - 1);
    expect(after).toContain('own.png');
  });

  test('inject writes the tags of what is stored and makes nothing; check finds what is missing', async () => {
    await sync({ ...options, cwd });
    await build();
    const { summary, pages, images } = await inject({ ...options, cwd });
    expect(summary).toMatchObject({ unchanged: 2 });
    expect(images.filter(({ action }) => action === 'created')).toEqual([]);
    expect(pages).toMatchObject({ written: 2 });
    const checked = await check({ cwd, config: site, environment: {} });
    expect(checked.summary).toMatchObject({ pages: 3, errors: 1 });
    expect(checked.findings).toMatchObject([{ code: 'no_image', page: 'site/unlisted.html' }]);
  });
});

describe('a renderer', () => {
  let cwd: string;
  let renderer: Awaited<ReturnType<typeof createRenderer>>;
  beforeAll(async () => {
    cwd = await sharedFolder({ 'posts/a.md': markdown('First') });
    renderer = await createRenderer({ cwd, config, environment: ENVIRONMENT });
  });
  afterAll(() => renderer.close());

  test('draws a post', async () => {
    const card = await renderer.render({ address: '/x/', title: 'Drawn' });
    expect(card).toMatchObject({
      key: 'x.jpg',
      template: 'default',
      contentType: 'image/jpeg',
      warnings: [],
    });
    expect(await sharp(card.bytes).metadata()).toMatchObject({ width: 1200, height: 630, format: 'jpeg' });
  });

  test('draws what sync would store under a name, and knows no other', async () => {
    const stored = await plan({ cwd, config, environment: ENVIRONMENT });
    expect(await renderer.image('a.jpg')).toMatchObject({ fingerprint: stored.images[0]?.fingerprint });
    expect(await renderer.image('a.0123456789ab.jpg')).toMatchObject({ key: 'a.jpg' });
    for (const key of ['b.jpg', 'a', '../posts/a.md', '']) expect(await renderer.image(key)).toBeNull();
    await writeFile(join(cwd, 'posts/b.md'), markdown('Written later'));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await renderer.image('b.jpg')).toMatchObject({ key: 'b.jpg' });
  });

  test('knows the slugs that a name may have, and none of what is no name', () => {
    expect(renderer.slugsOf('blog/a.0123456789ab.jpg')).toEqual(['blog/a.0123456789ab', 'blog/a']);
    for (const key of ['../a.jpg', 'a//b.jpg', '/a.jpg', 'a.html', '.jpg'])
      expect(renderer.slugsOf(key)).toEqual([]);
  });

  test('draws each of several outputs by its name', async () => {
    const outputs = [{ name: 'wide' }, { name: 'square', width: 600, height: 600 }];
    const several = await createRenderer({ cwd, config: { ...config, outputs }, environment: ENVIRONMENT });
    onTestFinished(() => several.close());
    expect(await several.image('a.jpg')).toMatchObject({ width: 1200 });
    expect(await several.image('a-square.jpg')).toMatchObject({
      width: 600,
      height: 600,
      key: 'a-square.jpg',
    });
  });

  test('draws a page, unless the page says no', async () => {
    const shown = await renderer.renderPage({ address: '/p/', html: page('A page') });
    expect(shown).toMatchObject({ key: 'p.jpg' });
    const off = page('A page', '<meta name="og-sync" content="off">');
    expect(await renderer.renderPage({ address: '/p/', html: off })).toBeNull();
  });

  test.each([
    ['without a title', { address: '/x/' }, 'no_title'],
    [
      'with a template that does not exist',
      { address: '/x/', title: 'x', template: 'none' },
      'unknown_template',
    ],
    ['that is to have none', { address: '/x/', title: 'x', frontMatter: { og: false } }, 'invalid_post'],
  ])('refuses a post %s', async (_what, post, code) => {
    const error: unknown = await renderer.render(post).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(PostError);
    expect(error).toMatchObject({ code });
  });

  test('gives up with the signal', async () => {
    const reason = new Error('not needed');
    const drawn = renderer.render({ address: '/x/', title: 'x' }, { signal: AbortSignal.abort(reason) });
    await expect(drawn).rejects.toBe(reason);
  });
});
