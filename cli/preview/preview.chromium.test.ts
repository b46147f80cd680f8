import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'puppeteer-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DIST } from '../../function/testing/product.ts';
import { makeBlog, runJson } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';
import { allDrawn, startBrowser, visitPage } from './testing/browser.ts';
import type { Visit } from './testing/browser.ts';
import { openPreview, titles } from './testing/preview.ts';
import type { Preview } from './testing/preview.ts';

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const LONG = 'A title that does not end '.repeat(20).trim();
const SITE = { name: 'Northwind', url: 'https://northwind.example' };

let browser: Browser;
let blog: Blog;
let preview: Preview;
let page: Page;
let seen: Visit;
beforeAll(async () => {
  browser = await startBrowser();
  blog = await makeBlog();
  await blog.write('og.config.json', JSON.stringify({ site: SITE }));
  await blog.post('alpha', 'Alpha café', 'description: The first\ntags: [one]\n');
  await blog.post('beta', 'Beta', 'template: terminal\n');
  await blog.post('gamma', LONG);
  await blog.post('delta', 'Delta \u{12345}');
  await blog.write('content/epsilon.md', '---\ntitle: [broken\n---\n');
  preview = await openPreview(blog, browser);
});
afterAll(async () => {
  await preview.close();
  await Promise.all([browser.close(), blog.close()]);
});
beforeEach(async () => {
  seen = await visitPage(browser, await preview.next());
  ({ page } = seen);
  await page.waitForSelector('.card');
  await allDrawn(page);
});

/** What a checker of WCAG 2.2 A and AA finds. */
async function violations(): Promise<unknown[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await axe.run({ runOnly: tags });
    return found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
  });
}

const pressed = (label: string) => page.click(`::-p-xpath(//button[contains(., "${label}")])`);
const text = (selector: string) => page.$eval(selector, ({ textContent }) => textContent);
const focused = () => page.evaluate(() => document.activeElement?.querySelector('strong')?.textContent);
const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
const open = async (id: string) => {
  await page.goto(`${preview.origin}/#/post/${encodeURIComponent(id)}`);
  await page.waitForSelector('.facts');
};
const boxOf = (selector: string) =>
  page.$eval(selector, (element) => element.getBoundingClientRect().toJSON() as DOMRect);
const width = () => page.evaluate(() => document.documentElement.scrollWidth);

afterEach(async () => {
  assert.deepEqual(seen.complaints, []);
  const asked = seen.requests.filter((url) => !/^(?:blob|data):/.test(url));
  assert.deepEqual([...new Set(asked.map((url) => new URL(url).origin))], [preview.origin]);
  await page.browserContext().close();
});

test('the grid shows every post, what is new and what is wrong', async () => {
  expect((await titles(page)).sort()).toEqual(
    ['Alpha café', 'Beta', 'Delta \u{12345}', LONG, 'content/epsilon.md'].sort(),
  );
  expect(await text('.choices')).toContain('New 4');
  expect(await text('.card .trouble code')).toBe('content/epsilon.md:2');
  expect(await violations()).toEqual([]);
});

describe('finding a card', () => {
  test('search goes by title, address and file, whatever the case and the accents', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('CAFE first'.slice(0, 4));
    expect(await titles(page)).toEqual(['Alpha café']);
    await page.keyboard.press('Escape');
    expect(await titles(page)).toHaveLength(5);
    await page.type('input', 'beta.md');
    expect(await titles(page)).toEqual(['Beta']);
    await page.type('input', ' nothing');
    expect(await text('main')).toContain('No card is like that.');
  });

  test.each([
    ['Warnings', ['Delta \u{12345}', LONG]],
    ['Problems', ['content/epsilon.md']],
    ['Changed', []],
  ])('%s', async (label, expected) => {
    await pressed(label);
    await page.waitForFunction(
      (count) => document.querySelectorAll('.card').length === count,
      {},
      expected.length,
    );
    expect((await titles(page)).sort()).toEqual([...expected].sort());
  });

  test('by template', async () => {
    await page.select('select', 'terminal');
    expect(await titles(page)).toEqual(['Beta']);
  });
});

describe('by keyboard alone', () => {
  test('arrows go from card to card, Enter opens, Escape comes back to the same card', async () => {
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Alpha café');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.activeElement?.textContent.includes('Beta'));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.large');
    expect(await text('h1')).toBe('Beta');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('h1')?.textContent.startsWith('Delta'));
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.matches('.card'));
    expect(await focused()).toBe('Delta \u{12345}');
  });
});

describe('one card large', () => {
  test('tells all that is known of it', async () => {
    await open('content/alpha.md');
    const facts = await text('.facts');
    for (const part of [
      '/alpha/',
      'content/alpha.md',
      'alpha.jpg',
      'default',
      '1200 × 630 JPEG',
      'The first',
    ])
      expect(facts).toContain(part);
    expect(await page.$eval('.facts code[title]', (code) => code.getAttribute('title')?.length)).toBe(64);
    expect(await violations()).toEqual([]);
  });

  test('marks the cut element where it is', async () => {
    await open('content/gamma.md');
    await page.waitForSelector('.mark');
    expect(await text('.warnings')).toContain('ends in an ellipsis');
    const [mark, picture] = await Promise.all(['.mark', '.stage .picture'].map(boxOf));
    assert(mark && picture);
    expect(mark.width).toBeGreaterThan(picture.width / 2);
    expect(mark.top).toBeGreaterThanOrEqual(picture.top);
    expect(mark.bottom).toBeLessThanOrEqual(picture.bottom);
  });

  test('marks the character that no font has', async () => {
    await open('content/delta.md');
    await page.waitForSelector('.mark.missing_glyph');
    expect(await text('.warnings')).toContain('U+12345');
    const share = await page.$eval('.mark', (mark) => Number.parseFloat((mark as HTMLElement).style.width));
    expect(share).toBeGreaterThan(1);
    expect(share).toBeLessThan(15);
  });

  test('is framed as ten networks show it, each light and dark, and crops are told', async () => {
    await open('content/alpha.md');
    const frames = await page.$$eval('.frame', (all) => all.map((frame) => frame.getAttribute('aria-label')));
    const names = [
      'X',
      'Facebook',
      'LinkedIn',
      'Slack',
      'Discord',
      'WhatsApp',
      'Bluesky',
      'Mastodon',
      'Telegram',
      'iMessage',
    ];
    expect(frames).toEqual(names.flatMap((name) => [`${name}, light`, `${name}, dark`]));
    const shapes = await page.$$eval('.whatsapp .light .shot', (shots) =>
      shots.map((shot) => shot.clientWidth / shot.clientHeight),
    );
    expect(shapes[0]).toBeCloseTo(1.91, 1);
    expect(shapes[1]).toBeCloseTo(1, 1);
    const shown = await page.$$eval('.frame img', (images) =>
      images.every((image) => image.naturalWidth === 1200),
    );
    expect(shown).toBe(true);
  });
});

test(
  'the bench shows each template with each sample, and each of them large',
  { timeout: 60_000 },
  async () => {
    await page.goto(`${preview.origin}/#/bench`);
    await page.waitForSelector('.matrix td .picture');
    expect(await page.$$eval('thead th', (heads) => heads.length)).toBeGreaterThanOrEqual(6);
    expect(await page.$$eval('tbody tr', (rows) => rows.length)).toBe(13);
    await allDrawn(page);
    expect(await violations()).toEqual([]);
    await page.select('select', 'default');
    expect(await page.$$eval('.samples li', (cells) => cells.length)).toBe(13);
    await page.click('.samples li:nth-child(6) a');
    await page.waitForSelector('.facts');
    expect(await text('h1')).toBe('default: Japanese');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.bench');
  },
);

test.each([true, false])('a phone has no room beside the page (dark: %s)', async (dark) => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true });
  await allDrawn(page);
  expect(await width()).toBeLessThanOrEqual(390);
  expect(await violations()).toEqual([]);
  for (const view of ['#/post/content%2Fgamma.md', '#/bench']) {
    await page.goto(`${preview.origin}/${view}`);
    await allDrawn(page);
    expect(await width()).toBeLessThanOrEqual(390);
    expect(await violations()).toEqual([]);
  }
});

test('the page weighs less than 60 KB, gzipped', async () => {
  const files = await Promise.all(
    ['page.js', 'page.css'].map((name) => readFile(join(DIST, 'preview', name))),
  );
  expect(files.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)).toBeLessThan(60_000);
});

// The last one, since from then on nothing is new.
test('what is seen is what is stored, pixel for pixel', async () => {
  const { document: report } = await runJson([], { cwd: blog.folder });
  const alpha = report.images.find(({ slug }) => slug === 'alpha');
  const stored = await readFile(join(blog.folder, 'out/images/alpha.jpg'));
  const shown = await page.evaluate(async (fingerprint) => {
    const answer = await fetch(`/card/${fingerprint}`);
    return [...new Uint8Array(await answer.arrayBuffer())];
  }, alpha?.fingerprint);
  expect((await pixels(Buffer.from(shown))).equals(await pixels(stored))).toBe(true);
  // The stored one holds its fingerprint besides.
  expect(stored.length - shown.length).toBeLessThan(120);
  // Loaded again, the page compares with the store again.
  await page.reload();
  await page.waitForFunction(() => document.querySelector('.choices')?.textContent.includes('New 0'));
});
