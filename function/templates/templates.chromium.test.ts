import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Post } from '../contract.ts';
import { outputSchema, postSchema, siteSchema } from '../contract.ts';
import { PACKAGE_ROOT } from '../package.ts';
import { packageFile } from '../fonts/packages.ts';
import { prepareFonts } from '../fonts/fonts.ts';
import { createRenderer } from '../renderer/index.ts';
import { loadTemplates } from './templates.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { goldenProblem } from '../testing/golden.ts';
import { POSTS, SCRIPTS, SITE } from '../testing/posts.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const output = outputSchema.parse({});
const templates = await loadTemplates({ cacheDir: CACHE });
const renderer = createRenderer({
  fontconfig: () => prepareFonts(CACHE),
  cacheDir: CACHE,
  browsers: 1,
});

afterAll(() => renderer.close());

async function draw(name: string, post: Post, size = output, site = SITE) {
  const template = templates.all.get(name);
  if (template === undefined) throw new Error(`There is no template ${name}.`);
  const picture = await renderer.render(await template.render({ post, site, output: size }), size);
  return { ...picture, missing: await template.missing(picture.text) };
}

describe.each([...templates.all.keys()])('the template %s', (name) => {
  test.each(Object.entries(POSTS))('draws a card as it was approved: %s', async (kind, post) => {
    const picture = await draw(name, post);
    expect(await goldenProblem(`${name}-${kind}`, picture.bytes)).toBeNull();
    expect(picture.findings).toEqual([]);
    expect(picture.missing).toEqual([]);
  });

  test('draws its own sample without a warning', async () => {
    const file = join(PACKAGE_ROOT, 'templates', name, 'sample.json');
    const sample = z
      .strictObject({ post: postSchema, site: siteSchema })
      .parse(JSON.parse(await readFile(file, 'utf8')));
    const picture = await draw(name, sample.post, output, sample.site);
    expect([picture.findings, picture.missing]).toEqual([[], []]);
  });

  test('cuts a title of 400 characters with an ellipsis, and says so', async () => {
    const picture = await draw(name, { ...POSTS.short, title: 'Very long. '.repeat(37).slice(0, 400) });
    expect(picture.findings.map(({ code }) => code)).toEqual(['text_cut']);
  });

  test.each([
    [1200, 900],
    [1080, 1080],
    [1000, 1500],
  ])('is laid out as it was approved at %d×%d px', async (width, height) => {
    const picture = await draw(name, POSTS.cover, { ...output, width, height });
    expect(await goldenProblem(`${name}-${width}x${height}`, picture.bytes)).toBeNull();
  });

  test.each([
    [1200, 600],
    [1200, 900],
    [1080, 1080],
    [600, 315],
    [1000, 1500],
    [1080, 1920],
  ])('holds at %d×%d px', async (width, height) => {
    const size = { ...output, width, height };
    for (const post of [POSTS.short, POSTS.long, POSTS.cover, POSTS.japanese, POSTS.arabic]) {
      const picture = await draw(name, post, size);
      expect([picture.width, picture.height, picture.findings]).toEqual([width, height, []]);
    }
  });
});

test.each(Object.entries(SCRIPTS))('every script is drawn in its own glyphs: %s', async (script, post) => {
  const picture = await draw('minimal', post);
  expect(await goldenProblem(`script-${script}`, picture.bytes)).toBeNull();
  expect(picture.missing).toEqual([]);
});

test('a card is the same to the byte, whatever was drawn before it and in whichever browser', async () => {
  const fresh = createRenderer({
    fontconfig: () => prepareFonts(CACHE),
    cacheDir: CACHE,
    browsers: 1,
  });
  onTestFinished(async () => await fresh.close());
  const kinds = [SCRIPTS.symbols, SCRIPTS.traditional, POSTS.emoji, SCRIPTS.simplified, SCRIPTS.vietnamese];
  for (const post of kinds) {
    const worn = await draw('minimal', post);
    const card = await templates.all.get('minimal')?.render({ post, site: SITE, output });
    if (card === undefined) throw new Error('There is no template minimal.');
    expect((await fresh.render(card, output)).bytes).toEqual(worn.bytes);
  }
});

test('fonts of the user are drawn: TTF for all templates, WOFF2 for one', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'fonts'));
  const mono = 'files/jetbrains-mono-latin-wght-normal.woff2';
  const conf = await prepareFonts(CACHE);
  await copyFile(join(dirname(conf), 'Inter.ttf'), join(folder, 'fonts/shared.ttf'));
  const families = {
    own: 'JetBrains Mono',
    shipped: 'JetBrains Mono',
    shared: 'Inter Variable',
    serif: 'Source Serif 4',
  };
  for (const [name, family] of Object.entries(families)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'card.html'), '<p>{{ post.title }}</p>');
    await writeFile(join(folder, name, 'card.css'), `p{font:700 90px '${family}',serif}`);
  }
  await copyFile(packageFile('@fontsource-variable/jetbrains-mono', mono), join(folder, 'own/x.woff2'));
  const { all } = await loadTemplates({ folder, cacheDir: CACHE });
  const pictures = new Map<string, string>();
  for (const [name, template] of all) {
    if (!Object.hasOwn(families, name)) continue;
    const card = await template.render({ post: POSTS.bare, site: {}, output });
    pictures.set(name, Buffer.from((await renderer.render(card, output)).bytes).toString('base64'));
  }
  expect(pictures.get('own')).toBe(pictures.get('shipped'));
  expect(new Set(pictures.values()).size).toBe(3);
});

test('names the characters that no font has', async () => {
  const picture = await draw('default', { ...POSTS.short, title: 'Cuneiform 𒀀 and 𒀀, beyond \u{10FFFD}' });
  expect(picture.missing).toEqual(['𒀀', '\u{10FFFD}']);
});
