import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBlog } from '../testing/process.ts';
import { allDrawn, startBrowser } from './testing/browser.ts';
import { openPreview } from './testing/preview.ts';

const POSTS = 2000;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test('of 2,000 posts, those are drawn that were seen, and no others', { timeout: 90_000 }, async () => {
  const blog = await makeBlog();
  await Promise.all(
    Array.from({ length: POSTS }, (_, at) => blog.post(`p${String(at).padStart(4, '0')}`, `Post ${at}`)),
  );
  const preview = await openPreview(blog, browser);
  const { page } = preview;
  const seen = new Set<string>();
  /** The cards in the window. */
  const look = async (): Promise<void> => {
    // The page learns of a scroll with the next frame, and shows other cards in the one after it.
    await page.evaluate(
      async () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await allDrawn(page);
    const ids = await page.$$eval('.card', (cards) =>
      cards
        .filter((card) => {
          const { top, bottom } = card.getBoundingClientRect();
          return bottom > 0 && top < innerHeight;
        })
        .map((card) => card.getAttribute('href') ?? ''),
    );
    for (const id of ids) seen.add(id);
  };
  const ended: string[] = [];
  page.on(
    'requestfinished',
    (request) => void (request.url().includes('/card/') && ended.push(request.url())),
  );
  await look();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  // Some looks on the way, and the rest of it in one go, as with a dragged scroll bar.
  for (const share of [0.001, 0.3, 0.7, 1]) {
    await page.evaluate((top) => scrollTo(0, top), height * share);
    await look();
  }
  expect(await page.$$eval('.card', (cards) => cards.length)).toBeLessThan(40);
  const asked = new Set(preview.requests.filter((url) => url.includes('/card/')));
  expect(asked.size).toBeGreaterThan(20);
  expect(asked.size).toBeLessThanOrEqual(seen.size);
  expect(seen.size).toBeLessThan(150);
  // Back at the top nothing is asked for again.
  const before = preview.requests.length;
  await page.evaluate(() => scrollTo(0, 0));
  await look();
  expect(preview.requests.slice(before).filter((url) => url.includes('/card/'))).toEqual([]);
  await page.keyboard.press('/');
  await page.keyboard.type('post 1999');
  await page.waitForFunction(() => document.querySelectorAll('.card').length === 1);
  expect(preview.complaints).toEqual([]);
  await preview.close();
  await blog.close();
});

test('what was not seen yet can be drawn at once, to learn of its warnings', async () => {
  const blog = await makeBlog();
  await Promise.all(Array.from({ length: 30 }, (_, at) => blog.post(`p${at + 10}`, `Post ${at}`)));
  await blog.post('z', 'Far below \u{12345}');
  const preview = await openPreview(blog, browser, { width: 900, height: 500 });
  const { page } = preview;
  await allDrawn(page);
  const warnings = () => page.$eval('.choices', ({ textContent }) => /Warnings (\d+)/.exec(textContent)?.[1]);
  expect(await warnings()).toBe('0');
  await page.click('.rest button');
  await expect.poll(warnings, { timeout: 20_000 }).toBe('1');
  await expect.poll(() => page.$('.rest > :not(.hidden)'), { timeout: 20_000 }).toBeNull();
  await preview.close();
  await blog.close();
});
