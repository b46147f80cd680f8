import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { outputSchema } from '../contract.ts';
import type { Post } from '../contract.ts';
import { prepareFonts } from '../fonts/fonts.ts';
import { createRenderer } from '../renderer/index.ts';
import type { Theme } from '../text/theme.ts';
import { goldenProblem } from '../testing/golden.ts';
import { POSTS, SITE } from '../testing/posts.ts';
import { loadTemplates } from './templates.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const output = outputSchema.parse({});
const templates = await loadTemplates({ cacheDir: CACHE });
const renderer = createRenderer({ fontconfig: () => prepareFonts(CACHE), cacheDir: CACHE, browsers: 1 });

afterAll(() => renderer.close());

async function card(name: string, post: Post, theme: Theme = {}) {
  const template = templates.all.get(name);
  if (template === undefined) throw new Error(`There is no template ${name}.`);
  return template.render({ post, site: Object.assign({}, SITE, { theme }), output });
}

async function draw(name: string, post: Post, theme: Theme = {}) {
  return renderer.render(await card(name, post, theme), output);
}

describe.each([...templates.all.keys()])('the template %s', (name) => {
  test.each(['light', 'dark'] as const)('is %s where the theme says so, as it was approved', async (mode) => {
    const picture = await draw(name, POSTS.cover, { mode });
    expect(await goldenProblem(`${name}-${mode}`, picture.bytes)).toBeNull();
    expect(picture.findings).toEqual([]);
  });

  test('takes colours, a font and the place of the logo from the theme', async () => {
    const font = name === 'terminal' ? 'Inter' : 'JetBrains Mono';
    const pairs: [Theme, Theme][] = [
      [{ logo: 'none' }, { logo: 'none', accent: '#0a7d4f' }],
      [{}, { background: '#0b2545' }],
      [{}, { text: '#7a1f5c' }],
      [{}, { font }],
      [{}, { logo: 'end' }],
      [{}, { logo: 'none' }],
    ];
    for (const [plain, theme] of pairs) {
      const [before, after] = [await draw(name, POSTS.short, plain), await draw(name, POSTS.short, theme)];
      const isSame = Buffer.from(after.bytes).equals(Buffer.from(before.bytes));
      // One text colour on the grounds of light and dark templates: where it is too dark, that is told.
      const findings = after.findings.filter(
        ({ code }) => theme.text === undefined || code !== 'low_contrast',
      );
      expect([theme, isSame, findings]).toEqual([theme, false, []]);
    }
  });
});

/** What stands beside the words of a mosaic. */
async function tiles(post: Post): Promise<string | undefined> {
  return /<svg class="tiles".*<\/svg>/s.exec((await card('mosaic', post)).body)?.[0];
}

test('each post has a mosaic of its own, and the same one whatever else it says', async () => {
  const slugs = Array.from({ length: 20 }, (_, index) => `posts/${index}`);
  const walls = await Promise.all(slugs.map(async (slug) => tiles({ ...POSTS.short, slug })));
  expect(new Set(walls).size).toBe(20);
  expect(await tiles({ slug: 'posts/7', title: 'Another title' })).toBe(walls[7]);
});

test('where the subject lies low in the photograph, the words of a cover stand above it', async () => {
  const low = { ...POSTS.cover, data: { focus: '50% 90%' } };
  expect(await goldenProblem('cover-focus', (await draw('cover', low)).bytes)).toBeNull();
  const { body } = await card('cover', low);
  expect(body).toContain('background-position:50% 90%');
  expect(body).toContain('card raised');
  expect((await card('cover', { ...POSTS.cover, data: { focus: 'top' } })).body).not.toContain('raised');
});
