import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainText } from '../markdown/text.ts';
import { slugOfAddress } from '../address.ts';
import type { BuiltPage } from './testing/crawl.ts';
import { SITES, sourceOf } from './testing/sites.ts';
import { madeOf } from './testing/made.ts';

const NOW = new Date('2026-01-01T00:00:00Z');

function built(name: string): BuiltPage[] {
  return JSON.parse(
    readFileSync(new URL(`testing/built/${name}.json`, import.meta.url), 'utf8'),
  ) as BuiltPage[];
}

/** Two addresses are one page's when its image has one slug. */
const key = ({ address }: { address: string }) => slugOfAddress(address);

for (const [name, { preset }] of Object.entries(SITES)) {
  if (preset === null) continue;
  const expected = built(name).filter(
    (page) => page.source !== null && !/\/404(\.html|\/)?$/.test(page.address),
  );

  test(`${name}: every page that the generator made of a file has its post, and no other`, async () => {
    const { pages, computed } = await madeOf(sourceOf(name), preset, NOW);
    const wanted = expected.filter(({ source }) => !computed.includes(source ?? ''));
    expect(pages.map((page) => `${key(page)} ← ${page.file}`).sort()).toEqual(
      wanted.map((page) => `${key(page)} ← ${page.source}`).sort(),
    );
  });

  test(`${name}: titles and languages are what the generator shows`, async () => {
    const { pages, text } = await madeOf(sourceOf(name), preset, NOW);
    const byKey = new Map(pages.map((page) => [key(page), page]));
    const shown = expected.filter((page) => byKey.has(key(page)));
    // A title that the theme shows with its markup is, to us, the text that is meant.
    const generators = shown.map((page) => {
      const title = page.title ?? '';
      const meant = [title, plainText(title, text), plainText(title, 'markdown')];
      return { ...page, title: meant.find((one) => one === byKey.get(key(page))?.title) ?? page.title };
    });
    // What the site's own layout says is not known to the preset: a language without a rule, a page without a title.
    // What the site's own layout says is not known to the preset: a language without a rule, a page without a title.
    const ours = shown.map(({ address, source, ...page }) => {
      const { title, lang } = byKey.get(key({ address })) ?? {};
      return { address, source, title: page.title && title, lang: page.lang && (lang ?? page.lang) };
    });
    expect(ours).toEqual(generators);
  });
}
