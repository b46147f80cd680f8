import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser, visitPage } from '../../preview/testing/browser.ts';
import type { Visit } from '../../preview/testing/browser.ts';
import { startFunction } from '../../testing/function.ts';
import { makeBlog, runCli, runJson } from '../../testing/process.ts';
import type { Blog, Ended } from '../../testing/process.ts';
import { snapshot } from '../../testing/tagged.ts';

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const HTML = '<h1>{{ post.title }}</h1>';
const CSS = 'body{background:#123a5a;color:#fff;font:700 60px Inter}';
/** An eighth of a card. */
const BOX = 'body::after{content:"";position:fixed;left:0;top:0;width:300px;height:315px;background:#f4d35e}';

let blog: Blog;
let browser: Browser;
let ended: Ended;
let before: Record<string, string>;

beforeAll(async () => {
  [blog, browser] = await Promise.all([makeBlog(), startBrowser()]);
  await blog.write(
    'og.config.json',
    '{ "templates": "cards", "content": "posts/*.md", "template": "boxed" }',
  );
  for (const name of ['boxed', 'spaced', 'same', 'plain']) {
    await blog.write(`cards/${name}/card.html`, HTML);
    await blog.write(`cards/${name}/card.css`, CSS);
  }
  const post = (name: string, template: string, title = `Post ${name}`) =>
    blog.write(`posts/${name}.md`, `---\ntitle: ${JSON.stringify(title)}\ntemplate: ${template}\n---\n`);
  for (const name of ['a', 'b', 'broken', 'small', 'gone']) await post(name, 'boxed');
  await post('c', 'spaced');
  await post('d', 'same');
  await post('e', 'plain');
  await runCli([], { cwd: blog.folder });
  await blog.write('cards/boxed/card.css', CSS + BOX);
  await blog.write('cards/spaced/card.css', `${CSS}h1{letter-spacing:2px}`);
  await blog.write('cards/same/card.css', `${CSS}/* the same look */`);
  await blog.remove('posts/gone.md');
  await post('new', 'plain', '</figcaption><script>document.title = "taken"</script>');
  await blog.write('out/images/broken.jpg', 'not a picture');
  const small = await sharp({ create: { width: 600, height: 315, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer();
  await writeFile(join(blog.folder, 'out/images/small.jpg'), small);
  before = await snapshot(join(blog.folder, 'out'));
  const flags = ['--html', 'review/plan.html', '--markdown', 'review/plan.md'];
  ended = await runCli(['plan', ...flags, '--pictures-url', 'https://ci.example/p'], { cwd: blog.folder });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await blog.close();
});

function open(options?: { width?: number; dark?: boolean }): Promise<Visit> {
  return visitPage(browser, pathToFileURL(join(blog.folder, 'review/plan.html')).href, options);
}

const isVisible = (page: Visit['page'], selector: string): Promise<boolean> =>
  page.$eval(selector, (element) => (element as HTMLElement).checkVisibility({ visibilityProperty: true }));

describe('plan --html and --markdown', () => {
  test('say where they are, end as plan does, and store nothing', async () => {
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toContain('1 to create, 6 to update, 1 unchanged, 1 orphaned');
    expect(ended.stdout).toContain('compared review/plan.html');
    expect(ended.stdout).toContain('compared review/plan.md');
    expect(await snapshot(join(blog.folder, 'out'))).toEqual(before);
  });

  test('the page opens from a file, asks for nothing and complains of nothing', async () => {
    const { page, complaints, requests } = await open();
    expect(await page.$eval('h1', (h1) => h1.textContent)).toBe(
      '5 cards change, 1 is new, 1 looks the same, 1 is orphaned',
    );
    expect(await page.title()).not.toBe('taken');
    expect(await page.$$('main script')).toEqual([]);
    await page.$$eval('img', async (images) => {
      for (const image of images) image.loading = 'eager';
      await Promise.all(images.map(async (image) => await image.decode()));
    });
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([page.url()]);
    await page.close();
  });

  test('the difference is that of the pixels, most changed first', async () => {
    const { page } = await open();
    const shown = await page.$$eval('.pair', (pairs) =>
      pairs.map((pair) => [
        pair.querySelector('code')?.textContent,
        pair.querySelector('.badge')?.textContent,
      ]),
    );
    const byKey = new Map(shown as [string, string][]);
    expect([...byKey.keys()].slice(0, 4).sort()).toEqual(['a.jpg', 'b.jpg', 'broken.jpg', 'small.jpg']);
    for (const key of ['a.jpg', 'b.jpg'])
      expect(Number.parseFloat(byKey.get(key) ?? '')).toBeCloseTo(12.5, 0);
    expect(byKey.get('broken.jpg')).toBe('not compared');
    expect(byKey.get('small.jpg')).toBe('not compared');
    expect(Number.parseFloat(byKey.get('c.jpg') ?? '')).toBeGreaterThan(0.1);
    const notes = await page.$$eval('.note', (found) =>
      found.map(({ textContent }) => textContent).join('\n'),
    );
    expect(notes).toContain('The stored picture cannot be read');
    expect(notes).toContain('Its size changes from 600 × 315 to 1200 × 630.');
    const sizes = await page.$eval('.pair:has(.mask) .quiet', (facts) => facts.textContent);
    const { size } = await stat(join(blog.folder, 'out/images/a.jpg'));
    expect(sizes).toContain(`${(size / 1000).toFixed(1)} kB →`);
    await page.close();
  });

  test('both pictures stand side by side, on a slider, or as their difference; by keyboard too', async () => {
    const { page } = await open();
    const pair = '.pair:has(.mask)';
    expect(await isVisible(page, `${pair} .before`)).toBe(true);
    expect(await isVisible(page, `${pair} .mask`)).toBe(false);
    await page.focus('input[value=sides]');
    await page.keyboard.press('ArrowRight');
    const clip = () => page.$eval(`${pair} .after`, (after) => getComputedStyle(after).clipPath);
    expect(await clip()).toBe('inset(0px 0px 0px 50%)');
    await page.focus(`${pair} input[type=range]`);
    await page.keyboard.press('ArrowRight');
    expect(await clip()).toBe('inset(0px 0px 0px 51%)');
    await page.click('input[value=difference]');
    expect(await isVisible(page, `${pair} .mask`)).toBe(true);
    expect(await isVisible(page, `${pair} .before`)).toBe(false);
    await page.close();
  });

  test.each([
    ['light', {}],
    ['dark', { dark: true }],
    ['as wide as a phone', { width: 390 }],
  ])('axe finds nothing, and nothing is wider than the window: %s', async (_name, options) => {
    const { page } = await open(options);
    // The page's own policy allows no other script.
    await page.setBypassCSP(true);
    await page.reload();
    for (const view of ['sides', 'slider', 'difference']) {
      await page.click(`input[value=${view}]`);
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        return (await axe.run()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 200)}`);
      });
      expect(violations).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.close();
  });

  test('the Markdown counts, and its pictures are beside it', async () => {
    const text = await readFile(join(blog.folder, 'review/plan.md'), 'utf8');
    expect(text).toContain('| boxed | 4 | 0 | 0 |');
    expect(text).toContain('| plain | 0 | 1 | 0 |');
    expect(text).not.toContain('<script>');
    const names = [...text.matchAll(/https:\/\/ci\.example\/p\/(og-sync-\d+\.webp)/g)].map(
      ([, name]) => name,
    );
    expect((await readdir(join(blog.folder, 'review/plan-pictures'))).sort()).toEqual(
      names.map(String).sort(),
    );
    const first = await readFile(join(blog.folder, 'review/plan-pictures/og-sync-1.webp'));
    expect(await sharp(first).metadata()).toMatchObject({ format: 'webp', width: 600, height: 315 });
  });

  test('--json has the same document, with what drawing showed', async () => {
    const { code, document } = await runJson(['plan', '--html', 'other.html'], { cwd: blog.folder });
    expect(code).toBe(0);
    expect(document.summary).toMatchObject({ created: 1, updated: 6, unchanged: 1, orphaned: 1, failed: 0 });
    expect(document.images.find(({ key }) => key === 'a.jpg')).toMatchObject({
      action: 'updated',
      width: 1200,
    });
  });
});

test('with a function, the cards are drawn here, and it is named what its templates lack', async () => {
  const remote = await startFunction();
  const flags = [
    '--html',
    'remote.html',
    '--function',
    remote.url,
    '--auth',
    'none',
    '--store',
    remote.store.address,
  ];
  const { code, stderr } = await runCli(['plan', ...flags], { cwd: blog.folder });
  expect({ code, stderr: stderr.includes('this process') }).toEqual({ code: 0, stderr: true });
  expect(remote.renderer.rendered).toBe(0);
  const page = await readFile(join(blog.folder, 'remote.html'), 'utf8');
  expect(page).toContain(
    'The function does not have these, or has others: boxed, cover, default, docs, editorial, minimal, mosaic, notebook, plain, product, quote, release, same, spaced, talk, terminal.',
  );
  await remote.close();
});

test('a card whose key changes with the picture is compared with the one it replaces', async () => {
  const hashed = await makeBlog();
  const config = '{ "templates": "cards", "content": "posts/*.md", "key": "{slug}.{hash}.{ext}" }';
  await hashed.write('og.config.json', config);
  await hashed.write('cards/default/card.html', HTML);
  await hashed.write('cards/default/card.css', CSS);
  for (const name of ['a', 'b']) await hashed.write(`posts/${name}.md`, `---\ntitle: Post ${name}\n---\n`);
  await runCli([], { cwd: hashed.folder });
  await hashed.write('cards/default/card.css', CSS + BOX);
  await hashed.write('posts/new.md', '---\ntitle: New\n---\n');
  await hashed.remove('posts/b.md');
  await hashed.write('plan-pictures/mine.webp', 'mine');
  const flags = ['--html', 'plan.html', '--markdown', 'plan.md', '--pictures-url', 'https://ci.example/'];
  expect((await runCli(['plan', ...flags], { cwd: hashed.folder })).code).toBe(0);
  const text = await readFile(join(hashed.folder, 'plan.md'), 'utf8');
  expect(text).toContain('### 1 card changes, 1 is new, 1 is orphaned');
  expect(text).toContain('| 12.5 % |');
  // What else is in the folder of pictures is the user's.
  expect(await readFile(join(hashed.folder, 'plan-pictures/mine.webp'), 'utf8')).toBe('mine');
  await hashed.close();
});

describe('what cannot be is said before anything is drawn', () => {
  test.each([
    [['--pictures-url', 'https://a.example'], 2, 'there is no --markdown'],
    [['--markdown', 'x.md', '--pictures-url', 'ci/pictures'], 2, 'must be an address'],
    [['--html', 'og.config.json/x.html'], 3, 'cannot be written'],
  ])('%o', async (flags, code, message) => {
    const run = await runCli(['plan', ...flags], { cwd: blog.folder });
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(message);
  });
});
