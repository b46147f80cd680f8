/** docs/templates.md, done: each step is taken as it is written, in a blog of its own, and each picture shows what it makes. */
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { allDrawn, startBrowser } from '../preview/testing/browser.ts';
import { openPreview } from '../preview/testing/preview.ts';
import { laidOut, pictureProblem } from './doc-pictures.ts';
import { makeBlog, runCli, runJson } from './process.ts';
import type { Blog } from './process.ts';
import { readPage } from './snippets.ts';

const PAGE = 'docs/templates.md';
/** px, kB */
const WIDTH = 600;
const MOST = 60;

/** The images of the store that a picture shows, side by side. */
const PICTURES: Readonly<Record<string, readonly string[] | 'preview'>> = {
  'ticket-start.jpg': ['lantern-walk'],
  'ticket-preview.jpg': 'preview',
  'ticket-words.jpg': ['lantern-walk'],
  'ticket-type.jpg': ['lantern-walk'],
  'ticket-place.jpg': ['lantern-walk'],
  'ticket-titles.jpg': ['twelve-years', 'four-bridges'],
  'ticket-sizes.jpg': ['lantern-walk', 'lantern-walk-square', 'lantern-walk-tall'],
  'ticket-theme.jpg': ['lantern-walk'],
};

let blog: Blog;
beforeAll(async () => {
  blog = await makeBlog();
  await mkdir(join(blog.folder, 'node_modules'));
  await symlink(PACKAGE_ROOT, join(blog.folder, 'node_modules/og-sync'), 'dir');
});
afterAll(() => blog.close());

/** Times differ from machine to machine, and sizes with each change of a template. */
function steady(text: string): string {
  return text
    .replaceAll(/\d+(?:\.\d+)? (?:ms|s|kB)\b|\d+\.\d×/g, '…')
    .replaceAll(/ {2,}/g, '  ')
    .trim();
}

async function preview(): Promise<Buffer> {
  const browser = await startBrowser();
  try {
    const opened = await openPreview(blog, browser, { width: 900, height: 470 });
    await allDrawn(opened.page);
    const shot = await opened.page.screenshot();
    await opened.close();
    return await sharp(shot).resize({ width: WIDTH }).jpeg({ quality: 82, mozjpeg: true }).toBuffer();
  } finally {
    await browser.close();
  }
}

/** Makes the images of the blog as its configuration says. None may carry a warning. */
async function images(names: readonly string[]): Promise<Buffer> {
  const { code, document } = await runJson([], { cwd: blog.folder });
  expect(code).toBe(0);
  expect(document.images.flatMap(({ warnings }) => warnings)).toEqual([]);
  const cards = await Promise.all(
    names.map(async (name) => readFile(join(blog.folder, `out/images/${name}.jpg`))),
  );
  return laidOut([cards], { width: WIDTH, gap: 10 });
}

test(`${PAGE} works as it is written`, { timeout: 240_000 }, async () => {
  const problems: string[] = [];
  const seen = new Set<string>();
  let said = '';
  for (const item of await readPage(PAGE)) {
    if (item.kind === 'picture') {
      const shown = PICTURES[item.name];
      if (shown === undefined) continue;
      seen.add(item.name);
      const made = shown === 'preview' ? await preview() : await images(shown);
      const problem = await pictureProblem(item.name, made, MOST);
      if (problem !== null) problems.push(`${item.name} ${problem}`);
      continue;
    }
    const { language, file, isAdded, text, line } = item;
    if (file !== null) {
      const before = isAdded ? `${await readFile(join(blog.folder, file), 'utf8')}\n` : '';
      await blog.write(file, before + text);
    } else if (language === 'text') expect(steady(said), `${PAGE}:${line}`).toBe(steady(text));
    else if (language === 'sh' && text.trim() !== 'npx og-sync preview') {
      const { code, stdout, stderr } = await runCli(text.trim().split(' ').slice(2), { cwd: blog.folder });
      expect({ code, stderr }, `${PAGE}:${line}`).toEqual({ code: 0, stderr: '' });
      said = stdout;
    }
  }
  expect(problems).toEqual([]);
  expect([...seen]).toEqual(Object.keys(PICTURES));
});
