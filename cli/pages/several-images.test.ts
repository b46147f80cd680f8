/** Pages that name several images: what is well, and what is looked at. */
import { expect, it } from 'vitest';
import { outlineOf } from '../scan/pages/outline.ts';
import { openView } from '../scan/pages/view.ts';
import { check } from './check.ts';
import type { ImageFacts } from './image-facts.ts';
import { factsOf } from './page-facts.ts';
import { imageTags, tagText } from './tags.ts';

const SITE = 'https://site.example';
const [WIDE, SQUARE] = [`${SITE}/og/a.0123456789ab.jpg`, `${SITE}/og/a-square.0123456789ab.webp`];
const JPEG: ImageFacts = { format: 'jpeg', width: 1200, height: 630, bytes: 50_000, cacheControl: null };
const THERE: Record<string, ImageFacts | null> = {
  [WIDE]: JPEG,
  // Too small and of a format that some networks do not show: which is of no matter for a further image.
  [SQUARE]: { ...JPEG, format: 'webp', width: 200, height: 200 },
};

function page(mark: string, more = ''): string {
  const image = { url: WIDE, width: 1200, height: 630, type: 'image/jpeg', alt: 'A' };
  const square = { ...image, url: SQUARE, width: 200, height: 200, type: 'image/webp' };
  const tags = imageTags([image, square]).map((tag) => tagText(tag, mark));
  return `<head>${tags.join('')}${more}</head><body>`;
}

async function found(html: string, outputs: number, there = THERE): Promise<string[]> {
  const view = openView(Buffer.from(html), true);
  const outline = outlineOf(view, { body: false });
  if (outline === null) throw new Error('It is a whole page.');
  const facts = factsOf('a.html', `${SITE}/a.html`, outline, view);
  const source = {
    atOnce: 1,
    async *pages() {
      yield await Promise.resolve(() => Promise.resolve(facts));
    },
    image: (address: string) => Promise.resolve(there[address] ?? null),
  };
  const rules = { publicUrl: null, keepsOwn: false, images: outputs };
  const { findings } = await check(source, rules, new AbortController().signal);
  return findings.map(({ code }) => code);
}

const OURS = page('data-og-sync');
const OWN = page('data-own');

it.each<[string, string, number, string[]]>([
  ['are well where og-sync wrote them', OURS, 1, []],
  ['are well as outputs of a site that writes its own tags', OWN, 2, []],
  ['are too many where there is one output', OWN, 1, ['many_images']],
  [
    'are too many where one is foreign',
    page('data-og-sync', `<meta property="og:image" content="${SITE}/x.jpg">`),
    3,
    ['many_images'],
  ],
  ['have sizes of their own', OURS.replace('"200"', '"201"'), 2, ['wrong_size']],
  ['have types of their own', OURS.replace('image/webp', 'image/png'), 2, ['wrong_type']],
  [
    'have sizes, each',
    OURS.replace(/(?<=webp" [^>]*>)<meta property="og:image:width" content="200"[^>]*>/, ''),
    2,
    ['no_size'],
  ],
  [
    'have texts, each',
    OURS.replace(/<meta property="og:image:alt"[^>]*>(?=<meta name="twitter:card)/, ''),
    2,
    ['no_alt'],
  ],
  [
    'are at whole addresses, each',
    OURS.replace(
      `property="og:image" content="${SITE}/og/a-square`,
      'property="og:image" content="/og/a-square',
    ),
    2,
    ['relative_image'],
  ],
])('several images %s', async (_what, html, outputs, codes) => {
  expect(await found(html, outputs)).toEqual(codes);
});

it('each of them must be there', async () => {
  expect(await found(OURS, 2, { ...THERE, [SQUARE]: null })).toEqual(['missing_image']);
  expect(await found(OURS, 2, { ...THERE, [WIDE]: null })).toEqual(['missing_image']);
});
