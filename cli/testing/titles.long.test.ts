import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { outputSchema } from '../../function/contract.ts';
import { prepareFonts } from '../../function/fonts/fonts.ts';
import { createRenderer } from '../../function/renderer/index.ts';
import type { Picture } from '../../function/renderer/renderer.ts';
import { loadTemplates } from '../../function/templates/templates.ts';
import { cellOf, sheetProblems } from '../../function/testing/sheet.ts';
import { GALLERY, GALLERY_SITE } from './gallery.ts';

const CACHE = join(import.meta.dirname, '../../function/node_modules/.cache/og-sync');
const output = outputSchema.parse({});
const templates = await loadTemplates({ cacheDir: CACHE });
const renderer = createRenderer({ fontconfig: () => prepareFonts(CACHE), cacheDir: CACHE, browsers: 2 });
afterAll(() => renderer.close());

const bare = (text: string): string => text.replaceAll(/\s/g, '');

/** Parts of which some line has only a piece, or that the card does not show at all. */
function parted(found: Picture['found'], parts: readonly string[]): string[] {
  const shown = found.map(({ character }) => character).join('');
  return parts.filter((part) => {
    const start = shown.indexOf(bare(part));
    const places = found.slice(start, start + bare(part).length).map(({ place }) => place);
    const middles = places.map(({ y, height }) => y + height / 2);
    const height = Math.max(...places.map((place) => place.height));
    return start < 0 || Math.max(...middles) - Math.min(...middles) > height / 2;
  });
}

test('the gallery has sixty titles in at least twenty languages, of 1 to 160 characters', () => {
  const lengths = GALLERY.map(({ post }) => post.title.length);
  expect(GALLERY).toHaveLength(60);
  expect(new Set(GALLERY.map(({ post }) => post.lang)).size).toBeGreaterThanOrEqual(20);
  expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([1, 160]);
});

describe.each([...templates.all])('the template %s', (name, template) => {
  test('shows each title whole, as it was approved', { timeout: 120_000 }, async () => {
    const cards = await Promise.all(
      GALLERY.map(async ({ whole, post }) => {
        const card = await template.render({ post, site: GALLERY_SITE, output });
        const find = [...new Set(bare(whole.join('')))];
        const picture = await renderer.render({ ...card, find }, output);
        const missing = await template.missing(picture.text);
        const cut = picture.findings.filter(({ code, text }) => code !== 'text_cut' || text === post.title);
        const broken = parted(picture.found, whole);
        return {
          cell: await cellOf(picture.bytes),
          title: post.title,
          faults: [...missing, ...cut, ...broken],
        };
      }),
    );
    const faulty = cards
      .filter(({ faults }) => faults.length > 0)
      .map(({ title, faults }) => ({ title, faults }));
    const differing = await sheetProblems(
      name,
      cards.map(({ cell }) => cell),
    );
    expect({ faulty, differing }).toEqual({ faulty: [], differing: [] });
  });
});
