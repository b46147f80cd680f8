import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeBlog } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';
import { allDrawn, startBrowser } from './testing/browser.ts';
import { openPreview, ownTemplates, titles } from './testing/preview.ts';
import type { Preview } from './testing/preview.ts';

let browser: Browser;
let blog: Blog;
let preview: Preview;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  blog = await makeBlog();
  await ownTemplates(blog, ['default', 'minimal']);
  await blog.write('cards/_shared/line.css', '');
  const minimal = join(blog.folder, 'cards/minimal/card.css');
  await writeFile(minimal, `@import '_shared/line.css';${await readFile(minimal, 'utf8')}`);
  await blog.write('og.config.json', '{"templates":"cards"}');
  await blog.post('one', 'One');
  await blog.post('two', 'Two', 'template: minimal\n');
  preview = await openPreview(blog, browser);
  ({ page } = preview);
  await allDrawn(page);
});
afterEach(async () => {
  await page.browserContext().close();
  await preview.close();
  await blog.close();
});

/** The fingerprints of the pictures on the page, in order. */
const shown = () =>
  page.$$eval('.picture', (pictures) => pictures.map((picture) => (picture as HTMLElement).dataset['shown']));

/** The same once they are others than before. */
async function changedFrom(before: readonly (string | undefined)[]): Promise<(string | undefined)[]> {
  await page.waitForFunction(
    (known) =>
      [...document.querySelectorAll<HTMLElement>('.picture')].some(
        (picture, at) => picture.dataset['shown'] !== known[at],
      ),
    {},
    before,
  );
  return shown();
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await blog.write(file, change(await readFile(join(blog.folder, file), 'utf8')));
}

describe('a save shows in the picture it touches', () => {
  test.each([
    ['a template', () => edit('cards/default/card.html', (html) => `${html}<i></i>`), [true, false]],
    [
      'a style sheet',
      () => edit('cards/minimal/card.css', (css) => `${css}\n.card{color:#123456}`),
      [false, true],
    ],
    [
      'a shared style sheet',
      () => blog.write('cards/_shared/line.css', '.card{color:#123456}'),
      [false, true],
    ],
    ['a post', () => blog.post('one', 'One, revised'), [true, false]],
    [
      'the configuration',
      () => blog.write('og.config.json', '{"templates":"cards","site":{"name":"A"}}'),
      [true, true],
    ],
    [
      'a font',
      async () => {
        const font = join(import.meta.dirname, '../../node_modules/inter-ui/variable/InterVariable.woff2');
        await blog.write('cards/minimal/face.woff2', '');
        const { copyFile } = await import('node:fs/promises');
        await copyFile(font, join(blog.folder, 'cards/minimal/face.woff2'));
      },
      [false, true],
    ],
  ])('%s', async (_what, save, touched) => {
    const before = await shown();
    await save();
    const after = await changedFrom(before);
    await allDrawn(page);
    expect((await shown()).map((fingerprint, at) => fingerprint !== before[at])).toEqual(touched);
    expect(after).toHaveLength(2);
    expect(preview.complaints).toEqual([]);
  });

  test('and a picture that a page asks for a moment too late is still there', async () => {
    const before = await shown();
    await blog.post('one', 'One, revised');
    await changedFrom(before);
    const [late = ''] = before;
    const status = await page.evaluate(async (asked) => (await fetch(`/card/${asked}`)).status, late);
    expect(status).toBe(200);
  });

  test('a post that is new, and one that goes', async () => {
    await blog.post('three', 'Three');
    await page.waitForFunction(() => document.querySelectorAll('.card').length === 3);
    await blog.remove('content/one.md');
    await page.waitForFunction(() => document.querySelectorAll('.card').length === 2);
    expect(await titles(page)).toEqual(['Three', 'Two']);
  });

  test('content that the configuration names later is followed from then on', async () => {
    await blog.write('notes/four.md', '---\ntitle: Four\n---\n');
    await blog.write('og.config.json', '{"templates":"cards","content":"notes"}');
    await page.waitForFunction(() => document.querySelector('.card strong')?.textContent === 'Four');
    // Its own watcher starts with the new configuration.
    await expect
      .poll(
        async () => {
          await blog.write('notes/four.md', `---\ntitle: Five\nn: ${Math.random()}\n---\n`);
          return titles(page);
        },
        { timeout: 10_000, interval: 300 },
      )
      .toEqual(['Five']);
  });
});

const trouble = () =>
  page.waitForSelector('.trouble').then(() => page.$eval('.trouble', ({ textContent }) => textContent));
const mended = () => page.waitForFunction(() => document.querySelector('.trouble') === null);
const pictures = () =>
  page.$$eval('.picture img', (images) => images.filter((image) => image.naturalWidth > 0).length);

describe('what a save breaks is told over the last good picture, until it is mended', () => {
  test('a template: file, line and cause', async () => {
    const html = await readFile(join(blog.folder, 'cards/default/card.html'), 'utf8');
    const before = await shown();
    await blog.write('cards/default/card.html', `${html}\n{% if post.title %}`);
    const line = html.split('\n').length + 1;
    expect(await trouble()).toContain(`cards/default/card.html:${line}`);
    expect(await trouble()).toContain('not closed');
    expect(await pictures()).toBe(2);
    expect(await shown()).toEqual(before);
    await blog.write('cards/default/card.html', html);
    await mended();
    expect(await shown()).toEqual(before);
  });

  test('a template that is gone', async () => {
    const html = await readFile(join(blog.folder, 'cards/default/card.html'), 'utf8');
    await blog.remove('cards/default/card.html');
    expect(await trouble()).toContain('has no card.html');
    expect(await pictures()).toBe(2);
    await blog.write('cards/default/card.html', html);
    await mended();
  });

  test('a post', async () => {
    await blog.write('content/one.md', '---\ntitle: One\ndate: [what\n---\n');
    expect(await trouble()).toMatch(/content\/one\.md:\d/);
    expect(await pictures()).toBe(2);
    await blog.post('one', 'One again');
    await mended();
    expect(await titles(page)).toEqual(['One again', 'Two']);
  });

  test('the configuration', async () => {
    await blog.write('og.config.json', '{\n"templates": "cards",\n}');
    expect(await trouble()).toContain('og.config.json:3');
    expect(await pictures()).toBe(2);
    // Another save, and a look at the store, mend nothing.
    await blog.post('two', 'Two again', 'template: minimal\n');
    await page.waitForFunction(() => document.querySelector('main')?.textContent.includes('Two again'));
    await page.reload();
    expect(await trouble()).toContain('og.config.json:3');
    await blog.write('og.config.json', '{"templates":"cards"}');
    await mended();
  });

  test('two posts that would be one image', async () => {
    await blog.write('content/one/index.md', '---\ntitle: The other one\nslug: one\n---\n');
    await page.waitForFunction(() => document.querySelectorAll('.card').length === 3);
    expect(await trouble()).toMatch(/content\/one.*both be stored as one\.jpg/);
    await blog.remove('content/one/index.md');
    await mended();
  });
});
