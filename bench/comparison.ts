/**
 * A template that changes under a whole blog: `node bench/comparison.ts --posts 1000`. Makes the posts and their images, changes
 * the template, runs `og-sync plan --html`, and opens the page from its file. Prints how long both took, and its bytes.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, stat, writeFile, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { startBrowser, visitPage } from '../cli/preview/testing/browser.ts';

const { values } = parseArgs({ options: { posts: { type: 'string', default: '1000' } } });
const posts = Number(values.posts);
const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist', 'og-sync.js');
const LIMIT = 8_000_000;

const folder = await mkdtemp(join(tmpdir(), 'og-comparison-'));
try {
  await mkdir(join(folder, 'content'));
  await cp(join(root, 'templates'), join(folder, 'cards'), { recursive: true });
  await writeFile(join(folder, 'og.config.json'), '{ "templates": "cards" }\n');
  for (let at = 0; at < posts; at += 1) {
    const text = `---\ntitle: Post ${at}, and what it is about\ndescription: Some ${at} words about it, and where it leads.\n---\n`;
    await writeFile(join(folder, 'content', `post-${at}.md`), text);
  }
  await run(process.execPath, [cli, '--quiet'], { cwd: folder });
  await appendFile(join(folder, 'cards/default/card.css'), '\nh1 { letter-spacing: 0.01em; }\n');
  const startedAt = performance.now();
  await run(process.execPath, [cli, 'plan', '--quiet', '--html', 'plan.html'], { cwd: folder });
  const planned = performance.now() - startedAt;
  const { size } = await stat(join(folder, 'plan.html'));
  const browser = await startBrowser();
  const openedAt = performance.now();
  const { page, complaints } = await visitPage(browser, pathToFileURL(join(folder, 'plan.html')).href);
  const opened = performance.now() - openedAt;
  const [title, shown] = await page.evaluate(() => [
    document.title,
    document.querySelectorAll('.pair').length,
  ]);
  await browser.close();
  console.log(`${title}: compared in ${(planned / 1000).toFixed(1)} s`);
  console.log(
    `page: ${(size / 1e6).toFixed(2)} MB, ${shown} cards shown, loaded in ${Math.round(opened)} ms`,
  );
  if (size > LIMIT || complaints.length > 0)
    throw new Error(`Too large, or not clean: ${complaints.join('; ')}`);
} finally {
  await rm(folder, { recursive: true });
}
