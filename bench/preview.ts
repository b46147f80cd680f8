/**
 * From a save to the new picture on the screen: `node bench/preview.ts --posts 2000 --runs 20`. Runs the built
 * `og-sync preview` on a blog with templates of its own, a real Chromium beside it, and saves a template, a style sheet, a
 * post and the configuration in turn. The clock runs from before the write until the page shows a decoded picture of another
 * fingerprint. Both browsers and both processes share the machine, so the numbers are those of a laptop that does all of it.
 */
import { availableParallelism, loadavg } from 'node:os';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { allDrawn, startBrowser } from '../cli/preview/testing/browser.ts';
import { openPreview, ownTemplates } from '../cli/preview/testing/preview.ts';
import { makeBlog } from '../cli/testing/process.ts';

const { values } = parseArgs({
  options: { posts: { type: 'string', default: '2000' }, runs: { type: 'string', default: '20' } },
});
const posts = Number(values.posts);
const runs = Number(values.runs);

/** Rests between saves, as a person does, so that one is not measured with the other's work, ms. */
const REST_MS = 700;

/** ms until the first card shows another picture than before. */
async function redrawn(page: Page, save: () => Promise<void>): Promise<number> {
  const before = await page.$eval('.picture', (picture) => picture.getAttribute('data-shown'));
  const startedAt = performance.timeOrigin + performance.now();
  const shown = page.evaluate(
    async (known) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (document.querySelector('.picture')?.getAttribute('data-shown') === known) return;
          observer.disconnect();
          // Shown with the next frame.
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
        });
        observer.observe(document.body, { subtree: true, attributeFilter: ['data-shown'] });
      }),
    before,
  );
  await save();
  return (await shown) - startedAt;
}

function percentile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? NaN);
}

const config = (name: string) => JSON.stringify({ templates: 'cards', site: { name } });

const blog = await makeBlog();
const browser = await startBrowser();
try {
  await ownTemplates(blog, ['default']);
  await blog.write('og.config.json', config('A'));
  for (let at = 0; at < posts; at += 1)
    await blog.post(`p${String(at).padStart(5, '0')}`, `Post ${at}`, `description: What post ${at} tells\n`);
  const html = await readFile(join(blog.folder, 'cards/default/card.html'), 'utf8');
  const css = await readFile(join(blog.folder, 'cards/default/card.css'), 'utf8');
  const preview = await openPreview(blog, browser);
  await allDrawn(preview.page);
  const saves: Record<string, (run: number) => Promise<void>> = {
    template: (run) => blog.write('cards/default/card.html', `${html}<!-- ${run} -->`),
    'style sheet': (run) => blog.write('cards/default/card.css', `${css}/* ${run} */`),
    post: (run) => blog.post('p00000', `Post 0, revision ${run}`),
    configuration: (run) => blog.write('og.config.json', config(`Site ${run}`)),
  };
  console.log(
    `${posts} posts, ${runs} saves each; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
  );
  for (const [what, save] of Object.entries(saves)) {
    const times: number[] = [];
    // The first one warms up what a person's first save warms up.
    for (let run = 0; run <= runs; run += 1) {
      await setTimeout(REST_MS);
      const ms = await redrawn(preview.page, async () => save(run));
      if (run > 0) times.push(ms);
    }
    times.sort((a, b) => a - b);
    const [median, p95, worst] = [0.5, 0.95, 1].map((share) => percentile(times, share));
    console.log(`${what.padEnd(14)} median ${median} ms, p95 ${p95} ms, worst ${worst} ms`);
  }
  await preview.close();
} finally {
  await browser.close();
  await blog.close();
}
