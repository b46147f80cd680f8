import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBlog } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';
import { allDrawn, startBrowser } from './testing/browser.ts';
import { openPreview } from './testing/preview.ts';

const OUTPUTS = [
  { name: 'card', width: 1200, height: 630 },
  { name: 'square', width: 1080, height: 1080, format: 'png' },
  { name: 'tall', width: 1000, height: 1500, format: 'webp' },
  // The same picture again, in another place.
  { name: 'pin', width: 1000, height: 1500, format: 'webp' },
];

let browser: Browser;
let blog: Blog;
beforeAll(async () => {
  [blog, browser] = await Promise.all([makeBlog(), startBrowser()]);
  await blog.write('og.config.json', JSON.stringify({ outputs: OUTPUTS }));
  await blog.post('one', 'One');
});
afterAll(async () => {
  await browser.close();
  await blog.close();
});

test('a post with several outputs is one card, and each output is shown large, by keyboard too', async () => {
  const preview = await openPreview(blog, browser);
  const { page } = preview;
  await allDrawn(page);
  expect(await page.$$eval('.card', (cards) => cards.length)).toBe(1);
  await page.click('.card');
  await page.waitForSelector('.shots');
  const labels = await page.$$eval('.shots label', (all) => all.map(({ textContent }) => textContent));
  expect(labels).toEqual(['card 1200 × 630', 'square 1080 × 1080', 'tall 1000 × 1500', 'pin 1000 × 1500']);
  await page.focus('.shots input');
  for (const { name, width, height, format = 'jpeg' } of OUTPUTS) {
    const extension = { jpeg: 'jpg', png: 'png', webp: 'webp' }[format];
    await page.waitForFunction(
      (size, parts) => {
        const image = document.querySelector<HTMLImageElement>('.stage .picture img');
        const facts = document.querySelector('.facts')?.textContent ?? '';
        return (
          image?.naturalWidth === size[0] &&
          image?.naturalHeight === size[1] &&
          parts.every((part) => facts.includes(part))
        );
      },
      {},
      [width, height],
      [
        `${width} × ${height} ${format.toUpperCase()}`,
        name === 'card' ? 'one.jpg' : `one-${name}.${extension}`,
      ],
    );
    await page.keyboard.press('ArrowRight');
  }
  // Networks show the first one, whichever is looked at.
  const shapes = await page.$$eval('.network.slack .shot', (shots) =>
    shots.map(({ clientWidth, clientHeight }) => Math.round((clientWidth / clientHeight) * 100)),
  );
  expect(new Set(shapes)).toEqual(new Set([190]));
  expect(preview.complaints).toEqual([]);
  await preview.close();
});
