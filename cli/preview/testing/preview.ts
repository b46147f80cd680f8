/** A preview of a blog, as a user starts it, and a page of it in a real browser. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { PACKAGE_ROOT } from '../../../function/package.ts';
import { startCli } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import { visitPage } from './browser.ts';
import type { Visit } from './browser.ts';

export interface Preview extends Visit {
  /** Where it is served from. */
  origin: string;
  /** An address that opens another browser, once. */
  next(): Promise<string>;
  close(): Promise<void>;
}

export async function openPreview(
  blog: Blog,
  browser: Browser,
  window: Parameters<typeof visitPage>[2] = {},
): Promise<Preview> {
  const process = startCli(['preview', '--port', '0'], { cwd: blog.folder });
  let used = await process.said(/Preview at (\S+)/);
  const first = used;
  const visited = await visitPage(browser, first, window);
  await visited.page.waitForSelector('.card, .none');
  return {
    ...visited,
    origin: new URL(first).origin,
    async next() {
      for (;;) {
        const last = await process.said(/another browser: (\S+)(?![^]*another browser)/);
        if (last !== used) return (used = last);
        await setTimeout(10);
      }
    },
    async close() {
      process.child.kill('SIGINT');
      await process.ended;
    },
  };
}

/** Templates of the blog's own, to be changed. */
export async function ownTemplates(blog: Blog, names: readonly string[] = ['default']): Promise<void> {
  for (const name of names)
    await cp(join(PACKAGE_ROOT, 'templates', name), join(blog.folder, 'cards', name), { recursive: true });
}

/** The titles of the cards that are on the page. */
export function titles(page: Page): Promise<string[]> {
  return page.$$eval('.card strong', (found) => found.map(({ textContent }) => textContent));
}
