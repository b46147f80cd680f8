import { describe, expect, test } from 'vitest';
import { outputSchema } from '../contract.ts';
import type { Post, Site } from '../contract.ts';
import { viewOf } from './view.ts';

const output = outputSchema.parse({});

function view(post: Partial<Post>, site: Site = {}) {
  return viewOf({ post: { slug: 'a', title: 'Hello', ...post }, site, output });
}

test('an author is an object, from the post or else from the site, or null', () => {
  expect(view({ author: 'Ada' }, { author: 'Bea' }).post.author).toEqual({ name: 'Ada' });
  expect(view({}, { author: { name: 'Bea' } }).post.author).toEqual({ name: 'Bea' });
  expect(view({ author: '' }).post.author).toBeNull();
});

test('tags are a list, and an empty description is none', () => {
  const { post } = view({ description: '  ' });
  expect(post.tags).toEqual([]);
  expect(post).not.toHaveProperty('description');
});

test('the card of 1200×630 has scale 1, others what fits', () => {
  expect(view({}).output).toEqual({ width: 1200, height: 630, scale: 1 });
  const square = viewOf({
    post: { slug: 'a', title: 'b' },
    site: {},
    output: { ...output, width: 600, height: 600 },
  });
  expect(square.output.scale).toBe(0.5);
});

describe('the language', () => {
  test.each<[Partial<Post>, Site, string, string]>([
    [{}, {}, 'en', 'ltr'],
    [{}, { lang: 'de_AT' }, 'de-at', 'ltr'],
    [{ data: { lang: 'fr' } }, { lang: 'de' }, 'fr', 'ltr'],
    [{ data: { lang: '"><script>' } }, {}, 'en', 'ltr'],
    [{ title: 'こんにちは' }, { lang: 'en' }, 'ja', 'ltr'],
    [{ title: '骨' }, { lang: 'ja' }, 'ja', 'ltr'],
    [{ title: '骨' }, { lang: 'en' }, 'zh', 'ltr'],
    [{ title: 'سلام' }, { lang: 'fa' }, 'fa', 'rtl'],
    [{ title: 'سلام' }, { lang: 'en' }, 'ar', 'rtl'],
    [{ title: 'שלום' }, {}, 'he', 'rtl'],
  ])('of %j on %j is %s, %s', (post, site, lang, dir) => {
    const { lang: seen, dir: direction } = view(post, site);
    expect([seen, direction]).toEqual([lang, dir]);
  });
});
