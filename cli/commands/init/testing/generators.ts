/**
 * The lines that `init` prints for a generator's templates, built in by that generator: each page names the image of its own
 * address. Run by `npm run test:generators`. Gatsby, Next and Zola are not built here.
 */
import type { PresetName } from '../../../config/preset-names.ts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import glob from 'fast-glob';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { slugOfAddress } from '../../../scan/address.ts';
import { buildSite } from '../../../scan/presets/testing/build.ts';
import { GENERATORS } from '../generators/generators.ts';
import type { HeadLines } from '../generators/types.ts';

const PREFIX = 'https://img.example/og/';

async function put(root: string, file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

async function edit(root: string, file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(join(root, file), 'utf8');
  expect(text).toMatch(from);
  await writeFile(
    join(root, file),
    text.replace(from, () => to),
  );
}

interface Case {
  site: string;
  generator: PresetName;
  /** Does by hand what the lines' own sentence says. */
  use: (root: string, head: HeadLines & { text: string }) => Promise<void>;
  /** Pages without the lines: made of no template, or of one that has none. */
  bare?: RegExp;
  /** Its templates cannot replace characters: a slug is the address as it is. */
  hasPlainSlugs?: false;
  /** Pages that name the image of another: page 2 of a list is its first page's. */
  other?: RegExp;
}

const inHead = (line: string) => `${line}</head>`;

const CASES: readonly Case[] = [
  {
    site: 'hugo',
    generator: 'hugo',
    use: async (root, { file, text }) => {
      await put(root, file, text);
      await edit(root, 'layouts/_default/baseof.html', '</head>', inHead('{{ partial "og-image.html" . }}'));
    },
    bare: /404\.html$|^posts\/plain\.html$/,
    other: /(^|\/)page\/\d+\/index\.html$/,
  },
  {
    site: 'jekyll',
    generator: 'jekyll',
    hasPlainSlugs: false,
    use: async (root, { file, text }) => {
      await put(root, file, text);
      await edit(root, '_layouts/page.html', '</head>', inHead('{% include og-image.html %}'));
    },
  },
  {
    site: 'mkdocs-flat',
    generator: 'mkdocs',
    hasPlainSlugs: false,
    use: async (root, { file, text }) => {
      await put(root, file, text);
      await edit(root, 'mkdocs.yml', 'theme:\n', 'theme:\n  custom_dir: overrides\n');
    },
    bare: /^404\.html$/,
  },
  {
    site: 'eleventy',
    generator: 'eleventy',
    use: async (root, { text }) => {
      await put(root, 'src/_parts/og-image.njk', text);
      await put(
        root,
        'src/_layouts/page.njk',
        '<html><head>{% include "og-image.njk" %}</head><body>{{ content | safe }}</body></html>\n',
      );
      await edit(root, 'eleventy.config.js', "'page.html'", "'page.njk'");
    },
  },
  {
    site: 'astro',
    generator: 'astro',
    use: async (root, { file, text }) => {
      await put(root, file, text);
      const layout = 'src/layouts/Page.astro';
      await edit(root, layout, '---\n', "---\nimport OgImage from '../components/OgImage.astro';\n");
      await edit(root, layout, '</head>', inHead('<OgImage />'));
    },
  },
  {
    site: 'starlight',
    generator: 'starlight',
    use: async (root, { file, text }) => {
      await put(root, file, text);
      const components = "title: 'Star', components: { Head: './src/components/Head.astro' },";
      await edit(root, 'astro.config.mjs', "title: 'Star',", components);
    },
  },
  { site: 'docusaurus', generator: 'docusaurus', use: (root, { file, text }) => put(root, file, text) },
  {
    site: 'vitepress',
    generator: 'vitepress',
    use: (root, { text }) => edit(root, 'docs/.vitepress/config.mts', /transformHead:.*\n/, text),
  },
];

/** The images of ours that a page names; null for a redirect. */
async function imagesOf(file: string): Promise<string[] | null> {
  const images: string[] = [];
  let isRedirect = false;
  const parser = new Parser({
    onopentag(name, { content = '', property, ...attributes }) {
      if (name !== 'meta') return;
      if (attributes['http-equiv'] === 'refresh') isRedirect = true;
      if (property === 'og:image' && content.startsWith(PREFIX)) images.push(decodeURIComponent(content));
    },
  });
  parser.end(await readFile(file, 'utf8'));
  return isRedirect ? null : images;
}

for (const { site, generator, use, bare = /$^/, other = /$^/, hasPlainSlugs = true } of CASES)
  test(`${generator}: the pages of ${site} name their images`, { timeout: 600_000 }, async () => {
    const head = GENERATORS[generator].head({ prefix: PREFIX, suffix: '.jpg' });
    const text = `${head.lines.join('\n')}\n`;
    const { folder } = await buildSite(site, (root) => use(root, { ...head, text }));
    const pages = (await glob('**/*.html', { cwd: folder })).filter((page) => !bare.test(page));
    expect(pages.length).toBeGreaterThan(4);
    const wrong: string[] = [];
    for (const page of pages) {
      const images = await imagesOf(join(folder, page));
      const plain = `/${page.replace(other, '/index.html')}`;
      const slug = hasPlainSlugs
        ? slugOfAddress(plain)
        : plain.replace(/\/index\.html$|\.html$/, '').slice(1) || 'index';
      if (images !== null && images.join() !== `${PREFIX}${slug}.jpg`)
        wrong.push(`${page}: ${images.join()}`);
    }
    expect(wrong).toEqual([]);
  });
