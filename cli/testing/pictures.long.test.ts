/** The pictures of the docs that show templates: drawn from each template's own sample, and from the example blog. */
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { outputSchema, siteSchema } from '../../function/contract.ts';
import type { Output, Post, Site } from '../../function/contract.ts';
import { prepareFonts } from '../../function/fonts/fonts.ts';
import { PACKAGE_ROOT } from '../../function/package.ts';
import { createRenderer } from '../../function/renderer/index.ts';
import { CACHE } from '../../function/renderer/testing/fixture.ts';
import { loadTemplates } from '../../function/templates/templates.ts';
import { laidOut, pictureProblem } from './doc-pictures.ts';
import { makeBlog, runJson } from './process.ts';

/** px, kB */
const WIDTH = 1000;
const MOST = 130;

const ROWS = [
  ['default', 'editorial', 'cover'],
  ['mosaic', 'quote', 'release'],
  ['terminal', 'docs', 'minimal'],
  ['talk', 'product', 'notebook'],
];
/** Those that are dark by themselves. */
const DARK = new Set(['default', 'cover', 'quote', 'terminal']);

type Mode = 'light' | 'dark';

const output: Output = outputSchema.parse({ quality: 95 });
const { all } = await loadTemplates({ cacheDir: CACHE });
const renderer = createRenderer({ fontconfig: () => prepareFonts(CACHE), cacheDir: CACHE, browsers: 2 });
afterAll(() => renderer.close());

async function cardOf(name: string, mode: Mode | undefined): Promise<Uint8Array> {
  const template = all.get(name);
  if (template === undefined) throw new Error(`There is no template ${name}.`);
  const { post, site } = JSON.parse(await readFile(join(template.folder, 'sample.json'), 'utf8')) as {
    post: Post;
    site: Site;
  };
  const themed = mode === undefined ? site : siteSchema.parse({ ...site, theme: { mode } });
  const picture = await renderer.render(await template.render({ post, site: themed, output }), output);
  expect(picture.findings).toEqual([]);
  return picture.bytes;
}

test.each<[string, (name: string) => Mode | undefined]>([
  ['templates.jpg', () => undefined],
  ['themes.jpg', (name) => (DARK.has(name) ? 'light' : 'dark')],
])('%s shows each template as it is', { timeout: 60_000 }, async (picture, modeOf) => {
  const rows = await Promise.all(
    ROWS.map(async (row) => await Promise.all(row.map(async (name) => await cardOf(name, modeOf(name))))),
  );
  expect(ROWS.flat().toSorted()).toEqual([...all.keys()].toSorted());
  expect(await pictureProblem(picture, await laidOut(rows, { width: WIDTH, gap: 12 }), MOST)).toBeNull();
});

test('outputs.jpg shows one post of the example blog in three sizes', { timeout: 60_000 }, async () => {
  const blog = await makeBlog();
  await cp(join(PACKAGE_ROOT, 'examples/blog'), blog.folder, { recursive: true });
  await blog.write(
    'og.config.json',
    JSON.stringify({
      content: 'content/posts/estuary-light.md',
      outputs: [
        { name: 'wide', quality: 95 },
        { name: 'square', width: 1080, height: 1080, quality: 95 },
        { name: 'tall', width: 1000, height: 1500, quality: 95 },
      ],
      site: {
        name: 'Slow Water',
        logo: 'static/logo.svg',
        author: { name: 'Ines Faber', avatar: 'static/ines.svg' },
      },
    }),
  );
  const { document } = await runJson([], { cwd: blog.folder });
  const cards = await Promise.all(
    ['wide', 'square', 'tall'].map(async (name) => {
      const { key = '' } = document.images.find((image) => image.output === name) ?? {};
      return readFile(join(blog.folder, 'out/images', key));
    }),
  );
  expect(
    await pictureProblem('outputs.jpg', await laidOut([cards], { width: WIDTH, gap: 12 }), MOST),
  ).toBeNull();
  await blog.close();
});
