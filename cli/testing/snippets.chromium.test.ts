/** What the docs of templates show by the way is used: it draws without a warning, configures, or is front matter. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { outputSchema, postSchema, siteSchema } from '../../function/contract.ts';
import { prepareFonts } from '../../function/fonts/fonts.ts';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { createRenderer } from '../../function/renderer/index.ts';
import { CACHE } from '../../function/renderer/testing/fixture.ts';
import { SHIPPED_TEMPLATES, loadTemplates } from '../../function/templates/templates.ts';
import { folderOf } from '../../function/testing/own-templates.ts';
import { loadConfig } from '../config/config.ts';
import { makeBlog, runJson } from './process.ts';
import { readPage } from './snippets.ts';

const PAGES = ['docs/templates.md', 'docs/template-reference.md'];
/** Those that belong to a file are steps of the tutorial: tutorial.long.test.ts takes them. */
const items = (await Promise.all(PAGES.map(readPage))).flat();
const snippets = items.filter((item) => item.kind === 'snippet').filter(({ file }) => file === null);
const written = (...languages: string[]): string[] =>
  snippets.filter(({ language }) => languages.includes(language)).map(({ text }) => text);

const renderer = createRenderer({ fontconfig: () => prepareFonts(CACHE), cacheDir: CACHE, browsers: 1 });
afterAll(() => renderer.close());

const starter = (file: string) => readFile(join(SHIPPED_TEMPLATES, '_starter', file), 'utf8');
/** What the snippets of shared files name. */
const SHARED = {
  '_shared/byline.liquid': '<p>{{ post.author.name }}</p>',
  '_shared/base.css': '.card { color: #111; }',
};
const post = postSchema.parse({
  slug: 'a-walk',
  title: 'A lantern walk along the old canal',
  description: 'Two hours, four bridges.',
  author: 'Ada',
});

test('every language of a snippet is tried', () => {
  const tried = new Set(['html', 'css', 'ts', 'yaml', 'json', 'sh', 'text']);
  expect(snippets.filter(({ language }) => !tried.has(language))).toEqual([]);
});

test.each([
  ...written('html').map((text) => ['html', text] as const),
  ...written('css').map((text) => ['css', text] as const),
])('%s draws without a warning, wide and tall: %s', async (language, text) => {
  const files = {
    ...SHARED,
    't/card.html': language === 'html' ? text : await starter('card.html'),
    't/card.css':
      language === 'css'
        ? `${text}${await starter('card.css')}`
        : 'body { padding: 60px; font-size: 28px; } h1 { max-height: 400px; }',
  };
  const { all } = await loadTemplates({ folder: await folderOf(files), cacheDir: CACHE });
  for (const height of [630, 1500]) {
    const output = outputSchema.parse({ width: 1200, height });
    const card = await all.get('t')?.render({ post, site: { name: 'Canal Society' }, output });
    if (card === undefined) throw new Error('There is no template t.');
    expect(card.body).not.toBe('');
    expect((await renderer.render(card, output)).findings).toEqual([]);
  }
});

test.each(written('ts'))('configures: %s', async (text) => {
  const cwd = await folderOf({ 'og.config.ts': `export default {\n${text}\n};\n` });
  const config = await loadConfig({ cwd });
  expect([config.site['name'], ...config.outputs.map(({ name }) => name)]).not.toEqual([undefined, null]);
});

test.each(written('json'))('is a sample: %s', (text) => {
  const { post: sample, site } = JSON.parse(text) as { post: unknown; site: unknown };
  expect(postSchema.parse(sample).title).not.toBe('');
  expect(siteSchema.parse(site).name).toBeDefined();
});

test.each(written('yaml'))('is front matter: %s', async (text) => {
  const blog = await makeBlog();
  await blog.write('og.config.json', '{ "template": "cover" }');
  await blog.write('content/harbour.jpg', await readFile(join(PACKAGE_ROOT, 'function/testing/photo.jpg')));
  await blog.write('content/a.md', `---\ntitle: A harbour\n${text}---\n`);
  const { code, document } = await runJson([], { cwd: blog.folder });
  expect({ code, problems: document.problems }).toEqual({ code: 0, problems: [] });
  expect(document.images.map(({ warnings }) => warnings)).toEqual([[]]);
  await blog.close();
});

test.each(written('sh').filter((text) => !text.startsWith('npx og-sync')))(
  'runs what is there: %s',
  (text) => {
    const file = /vitest run (\S+)/.exec(text)?.[1] ?? '';
    expect(file !== '' && existsSync(join(PACKAGE_ROOT, file))).toBe(true);
  },
);
