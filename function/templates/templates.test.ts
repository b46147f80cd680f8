import { EventEmitter, on } from 'node:events';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { outputSchema } from '../contract.ts';
import type { Post, Site } from '../contract.ts';
import { packageFile } from '../fonts/packages.ts';
import type { Template } from './templates.ts';
import { loadTemplates, watchTemplates } from './templates.ts';
import { folderOf, write } from '../testing/own-templates.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const MONO = packageFile(
  '@fontsource-variable/jetbrains-mono',
  'files/jetbrains-mono-latin-wght-normal.woff2',
);
const POST: Post = { slug: 'a', title: 'Hello' };
const output = outputSchema.parse({});

async function load(folder: string): Promise<Record<string, Template>> {
  const { all } = await loadTemplates({ folder, cacheDir: CACHE });
  return Object.fromEntries([...all].filter(([, template]) => template.folder.startsWith(folder)));
}

async function card(files: Record<string, string>, post: Post = POST, site: Site = {}) {
  const { t } = await load(
    await folderOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [`t/${name}`, text]))),
  );
  if (t === undefined) throw new Error('no template');
  return t.render({ post, site, output });
}

async function digests(folder: string): Promise<(string | undefined)[]> {
  const { a, b } = await load(folder);
  return [a?.digest, b?.digest];
}

async function failure(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'no failure',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
}

describe('rendering', () => {
  test('escapes what comes from a post', async () => {
    const title = `<b>&"'</b>{{ site }}`;
    const { body } = await card(
      { 'card.html': '<p title="{{ post.title }}">{{ post.title }}</p>' },
      { ...POST, title },
    );
    const escaped = '&lt;b&gt;&amp;&#34;&#39;&lt;/b&gt;{{ site }}';
    expect(body).toBe(
      `<p title="${escaped}">${escaped}</p><style>:root{--stand-ins:"og-sync emoji"}</style>`,
    );
  });

  test('the filter inline gives title and description with their marks, any other text without, and nothing unescaped', async () => {
    const { body } = await card(
      {
        'card.html':
          '{{ post.title | inline }}|{{ post.description | inline }}|{{ "<i>" | inline }}|{{ post.title }}',
      },
      {
        ...POST,
        title: 'Use <b> & others',
        description: 'Use <b> & others!',
        marks: {
          title: [
            { kind: 'code', from: 4, to: 7 },
            { kind: 'strong', from: 0, to: 99 },
          ],
          description: [
            { kind: 'emphasis', from: 10, to: 5 },
            { kind: 'emphasis', from: 10, to: 16 },
          ],
        },
      },
    );
    expect(body.replaceAll(/<\/?og-(?:whole|asis)>/g, '')).toContain(
      '<strong>Use <code>&lt;b&gt;</code>\u00a0&amp; others</strong>|Use &lt;b&gt;\u00a0&amp; <em>others</em>!|&lt;i&gt;|Use &lt;b&gt; &amp; others',
    );
  });

  test('code brings its family, emphasis the slanted cut, to the card that has them and to no other', async () => {
    const folder = await folderOf({ 't/card.html': '{{ post.title | inline }}' });
    const { t } = await load(folder);
    const fonts = async (marks: Post['marks']) =>
      (await t?.render({ post: { ...POST, marks }, site: {}, output }))?.fonts?.join('') ?? '';
    expect(await fonts({ title: [] })).toBe('');
    expect(await fonts({ title: [{ kind: 'code', from: 0, to: 5 }] })).toContain(
      '"JetBrains Mono";font-style:normal',
    );
    expect(await fonts({ title: [{ kind: 'emphasis', from: 0, to: 5 }] })).toContain(
      '"Inter";font-style:italic',
    );
  });

  test('the head is the same for all posts, and has the colours of the site', async () => {
    const { t } = await load(
      await folderOf({ 't/card.html': '{{ post.title }}', 't/card.css': 'p{color:var(--accent)}' }),
    );
    const heads = await Promise.all(
      ['a', '日本'].map(async (title) =>
        t?.render({ post: { ...POST, title }, site: { accent: '#123' }, output }),
      ),
    );
    expect(heads[0]?.head).toBe(heads[1]?.head);
    expect(heads[0]?.head).toContain('--accent:#123;');
    expect(heads[0]?.body).not.toBe(heads[1]?.body);
  });

  test('pictures and fonts beside the card are embedded', async () => {
    const { head, body } = await card({
      'card.html': `<img src="img/a.svg"><img src='{{ post.image }}'><i style="background:url(img/a.svg)"></i><a href="#x"></a>`,
      'card.css': `a{background:url("./img/a.svg")}b{background:url(data:x)}`,
      'img/a.svg': '<svg/>',
    });
    expect(body).toContain(`<img src="data:image/svg+xml;base64,PHN2Zy8+"><img src=''>`);
    expect(body).toContain(`style="background:url('data:image/svg+xml;base64,PHN2Zy8+')"></i><a href="#x">`);
    expect(head).toContain(
      'a{background:url("data:image/svg+xml;base64,PHN2Zy8+")}b{background:url(data:x)}',
    );
  });

  test('a part of the template can be kept in a file of its own', async () => {
    const { body } = await card({
      'card.html': `{% render 'x.liquid', t: post.title %}`,
      'x.liquid': '<u>{{ t }}</u>',
    });
    expect(body).toContain('<u>Hello</u>');
  });

  test('the filters of ours are there: lengths scale with the card, a colour is a colour', async () => {
    const { t } = await load(
      await folderOf({
        't/card.html': `{{ 101 | px }} {{ 'red;x' | color: '#000' }} {{ '2026-01-02' | date_long }}`,
      }),
    );
    const half = { ...output, width: 600, height: 315 };
    expect((await t?.render({ post: POST, site: {}, output: half }))?.body).toContain(
      '51 #000 January 2, 2026',
    );
  });

  test('a template that names no font gets Inter, another what it names', async () => {
    expect((await card({ 'card.html': 'x' })).head).toContain('@font-face{font-family:"Inter"');
    const { head } = await card({ 'card.html': 'x', 'card.css': "p{font-family:'JetBrains Mono'}" });
    expect(head).toContain('@font-face{font-family:"JetBrains Mono"');
    expect(head).not.toContain('@font-face{font-family:"Inter"');
  });
});

describe('fonts of its own', () => {
  test('are in its head under their family, and count for its characters alone', async () => {
    const folder = await folderOf({ 'a/card.html': 'x', 'b/card.html': 'x' });
    await copyFile(MONO, join(folder, 'a/own.woff2'));
    const { a, b } = await load(folder);
    const head = (await a?.render({ post: POST, site: {}, output }))?.head;
    expect(head).toContain('@font-face{font-family:"JetBrains Mono";font-style:normal;font-weight:100 800;');
    expect((await b?.render({ post: POST, site: {}, output }))?.head).not.toContain(
      '@font-face{font-family:"JetBrains',
    );
    expect(await a?.missing('é 𒀀')).toEqual(['𒀀']);
  });
});

describe('the digest', () => {
  const files = { 'a/card.html': 'x', 'a/card.css': 'p{}', 'b/card.html': 'x', 'fonts/f.ttf': 'f' };

  test.each([
    ['a byte of its CSS', { 'a/card.css': 'q{}' }, true, false],
    ['a file more', { 'a/x.svg': '' }, true, false],
    ['a font of its own', { 'a/x.ttf': 'x' }, true, false],
    ['a shared font', { 'fonts/f.ttf': 'g' }, true, true],
    ['its sample', { 'a/sample.json': '{}' }, false, false],
    ['a hidden file', { 'a/.DS_Store': 'x' }, false, false],
  ])('%s', async (_what, change: Record<string, string>, changesA, changesB) => {
    const folder = await folderOf(files);
    const [a, b] = await digests(folder);
    await write(folder, change);
    const [a2, b2] = await digests(folder);
    expect([a2 !== a, b2 !== b]).toEqual([changesA, changesB]);
  });

  test('does not depend on where the folder is', async () => {
    expect(await digests(await folderOf(files))).toEqual(await digests(await folderOf(files)));
  });
});

describe('what is wrong is named', () => {
  test.each([
    ['a{{ post.title | nosuch }}', 'card.html, line 1: undefined filter: nosuch'],
    ['a\n{% if %}\nb', 'card.html, line 2'],
    ['a\n\n{{ post.title', 'card.html, line 3'],
    ['<img\n src="no.png">', '"no.png" in card.html, line 2, and there is no such file'],
    ["{% render 'no.liquid' %}", 'card.html, line 1'],
  ])('%j', async (html, place) => {
    const told = await failure(card({ 'card.html': html }));
    expect(told).toMatch(/^template_failed: The template "t" /);
    expect(told).toContain(place);
  });

  test('a picture that a style sheet names', async () => {
    expect(await failure(card({ 'card.html': 'x', 'card.css': '\n\na{background:url(no.svg)}' }))).toContain(
      '"no.svg" in card.css, line 3',
    );
  });

  test('a file outside of the folder', async () => {
    const folder = await folderOf({ 't/card.html': '<img src="../secret.svg">', 'secret.svg': '<svg/>' });
    const { t } = await load(folder);
    expect(await failure(t?.render({ post: POST, site: {}, output }) ?? Promise.resolve())).toContain(
      '../secret.svg',
    );
  });

  test('a folder without a card, a bad name, no template at all, no folder', async () => {
    const folder = await folderOf({ 'a/card.css': '' });
    expect(await failure(load(folder))).toContain('The template "a" has no card.html');
    await rm(join(folder, 'a'), { recursive: true });
    expect(await failure(load(folder))).toContain('There is no template in');
    await write(folder, { 'Not A Name/card.html': '' });
    expect(await failure(load(folder))).toContain('Not A Name');
    expect(await failure(load(join(folder, 'nowhere')))).toContain('nowhere');
  });

  test('but not what is meant to be no template', async () => {
    const folder = await folderOf({
      'a/card.html': '',
      '_drafts/x': '',
      '.git/x': '',
      'fonts/LICENSE': '',
      'README.md': '',
    });
    expect(Object.keys(await load(folder))).toEqual(['a']);
  });
});

test('templates that are watched follow their files, and outlive a mistake', async () => {
  const folder = await folderOf({ 't/card.html': 'before' });
  const told = new EventEmitter();
  const watched = await watchTemplates({ folder, cacheDir: CACHE }, (error) => told.emit('reload', error));
  onTestFinished(() => watched.close());
  const body = async () => (await watched.all.get('t')?.render({ post: POST, site: {}, output }))?.body;
  expect(await body()).toContain('before');

  /** Writing a file may be told in two steps, so the wait is for what should become of it. */
  async function until(isDone: (error: unknown) => boolean): Promise<void> {
    for await (const [error] of on(told, 'reload')) if (isDone(error)) return;
  }
  const broken = until((error) => error !== null);
  await rm(join(folder, 't/card.html'));
  await broken;
  expect(await body()).toContain('before');

  const mended = until(() => watched.all.get('t')?.digest !== undefined && watched.all.has('u'));
  await write(folder, { 't/card.html': 'after', 'u/card.html': 'new' });
  await mended;
  expect(await body()).toContain('after');

  await write(folder, { 't/card.html': "{% render '_shared/x.liquid' %}", '_shared/x.liquid': 'one' });
  await expect.poll(body, { timeout: 10_000 }).toContain('one');
  await write(folder, { '_shared/x.liquid': 'two, shared' });
  await expect.poll(body, { timeout: 10_000 }).toContain('two, shared');
});

test('templates of a folder stand beside ours; one of the same name takes the place of ours, the others stay as they are', async () => {
  const folder = await folderOf({ 'mine/card.html': '', 'default/card.html': 'own' });
  const own = (await loadTemplates({ folder, cacheDir: CACHE })).all;
  const ours = (await loadTemplates({ cacheDir: CACHE })).all;
  expect([...own.keys()].sort()).toEqual([...ours.keys(), 'mine'].sort());
  expect(own.get('default')?.digest).not.toBe(ours.get('default')?.digest);
  expect(own.get('default')).toMatchObject({ folder: join(folder, 'default'), bytes: 3 });
  expect(own.get('editorial')?.digest).toBe(ours.get('editorial')?.digest);
});

test('a template says which fonts its cards have', async () => {
  const { a, b } = await load(
    await folderOf({ 'a/card.html': '', 'b/card.html': '', 'b/card.css': 'p{font-family:"Source Serif 4"}' }),
  );
  expect([await a?.families(), await b?.families()]).toEqual([['Inter'], ['Source Serif 4']]);
});

test('the templates that come with og-sync are twelve', async () => {
  const { all } = await loadTemplates({ cacheDir: CACHE });
  expect([...all.keys()].join(' ')).toBe(
    'cover default docs editorial minimal mosaic notebook product quote release talk terminal',
  );
});
