/** A browser for the preview's page: the packaged Chromium, driven as a person drives it, with every request on record. */
import puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { prepareFonts } from '../../../function/fonts/fonts.ts';
import { findChrome } from '../../../function/renderer/find-chrome.ts';
import { CACHE } from '../../../function/renderer/testing/fixture.ts';

export interface Visit {
  page: Page;
  /** What the console said that is no mere information. */
  complaints: string[];
  /** Every address that was asked for. */
  requests: string[];
}

export async function startBrowser(): Promise<Browser> {
  const [{ executable, libraries }, fontconfig] = await Promise.all([
    findChrome({ cacheDir: CACHE }),
    prepareFonts(CACHE),
  ]);
  return puppeteer.launch({
    executablePath: executable,
    headless: 'shell',
    args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
    env: {
      ...process.env,
      FONTCONFIG_FILE: fontconfig,
      ...(libraries !== null && { LD_LIBRARY_PATH: libraries }),
    },
  });
}

/** A window of its own, with cookies of its own. */
export async function visitPage(
  browser: Browser,
  url: string,
  { width = 1360, height = 900, dark = false } = {},
): Promise<Visit> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.goto(url);
  return { page, complaints, requests };
}

/** Waits until every picture on the screen is drawn. */
export async function allDrawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('.picture') !== null &&
      [...document.querySelectorAll('.picture')].every((picture) => {
        const { top, bottom, left, right } = picture.getBoundingClientRect();
        const isSeen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
        return !isSeen || picture.matches('[data-shown]:not(.waiting), .wrong');
      }),
    { timeout: 20_000 },
  );
}
