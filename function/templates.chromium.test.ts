import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Post } from './contract.ts';
import { outputSchema } from './contract.ts';
import { createRenderer } from './renderer/index.ts';
import { loadTemplates } from './templates.ts';
import { goldenProblem } from './testing/golden.ts';
import { POSTS, SCRIPTS, SITE } from './testing/posts.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const output = outputSchema.parse({});
const templates = await loadTemplates({ cacheDir: CACHE });
const renderer = createRenderer({
  fontconfig: () => templates.fonts.fontconfig(),
  cacheDir: CACHE,
  browsers: 1,
});

afterAll(() => renderer.close());

async function draw(name: string, post: Post, size = output) {
  const template = templates.all.get(name);
  if (template === undefined) throw new Error(`There is no template ${name}.`);
  const picture = await renderer.render(await template.render({ post, site: SITE, output: size }), size);
  return { ...picture, missing: await template.missing(picture.text) };
}

describe.each([...templates.all.keys()])('the template %s', (name) => {
  test.each(Object.entries(POSTS))('draws a card as it was approved: %s', async (kind, post) => {
    const picture = await draw(name, post);
    expect(await goldenProblem(`${name}-${kind}`, picture.bytes)).toBeNull();
    expect(picture.findings).toEqual([]);
    expect(picture.missing).toEqual([]);
  });

  test('cuts a title of 400 characters with an ellipsis, and says so', async () => {
    const picture = await draw(name, { ...POSTS.short, title: 'Very long. '.repeat(37).slice(0, 400) });
    expect(picture.findings.map(({ code }) => code)).toEqual(['text_cut']);
  });

  test.each([
    [1200, 600],
    [1080, 1080],
    [600, 315],
    [1080, 1920],
  ])('holds at %d×%d px', async (width, height) => {
    const size = { ...output, width, height };
    for (const post of [POSTS.short, POSTS.long, POSTS.cover]) {
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
    fontconfig: () => templates.fonts.fontconfig(),
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

test('names the characters that no font has', async () => {
  const picture = await draw('default', { ...POSTS.short, title: 'Cuneiform 𒀀 and 𒀀, beyond \u{10FFFD}' });
  expect(picture.missing).toEqual(['𒀀', '\u{10FFFD}']);
});
