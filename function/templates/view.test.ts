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

test.each([
  [{ slug: 'posts/hello' }, '/posts/hello/'],
  [{ slug: 'index' }, '/'],
  [{ slug: 'cards/1', address: '/2024/hello.html' }, '/2024/hello.html'],
])('the address of %j is %j', (post, address) => {
  expect(view(post).post.address).toBe(address);
});

const scale = (width: number, height: number) => {
  const post = { slug: 'a', title: 'b' };
  return viewOf({ post, site: {}, output: { ...output, width, height } }).output.scale;
};

test('the card of 1200×630 has scale 1, others what fits, and the higher they are for their width, the more', () => {
  expect(view({}).output).toEqual({ width: 1200, height: 630, scale: 1 });
  expect([scale(600, 315), scale(1200, 600), scale(2400, 630)]).toEqual([0.5, 600 / 630, 1]);
  const heights = [630, 720, 900, 1200, 1800, 2400].map((height) => scale(1200, height));
  expect(heights).toEqual([...heights].sort((a, b) => a - b));
  expect(scale(1200, 900)).toBeCloseTo(1.054);
  expect(scale(1080, 1080)).toBeCloseTo(0.9 * 1.144);
  expect(scale(600, 2400)).toBeCloseTo(0.5 * 1.4);
});

describe('the language', () => {
  test.each<[Partial<Post>, Site, string, string]>([
    [{}, {}, 'en', 'ltr'],
    [{}, { lang: 'de_AT' }, 'de-at', 'ltr'],
    [{ data: { lang: 'fr' } }, { lang: 'de' }, 'fr', 'ltr'],
    [{ data: { lang: '"><script>' } }, {}, 'en', 'ltr'],
    [{ lang: 'ar', data: { lang: 'fr' } }, { lang: 'de' }, 'ar', 'rtl'],
    [{ lang: 'no language' }, { lang: 'de' }, 'de', 'ltr'],
    [{ title: 'こんにちは' }, { lang: 'en' }, 'en', 'ltr'],
    [{ title: 'こんにちは' }, {}, 'ja', 'ltr'],
    [{ title: '骨' }, { lang: 'ja' }, 'ja', 'ltr'],
    [{ title: '骨' }, {}, 'zh', 'ltr'],
    [{ title: 'سلام' }, { lang: 'fa' }, 'fa', 'rtl'],
    [{ title: 'سلام' }, { lang: 'en' }, 'en', 'ltr'],
    [{ title: 'سلام' }, {}, 'ar', 'rtl'],
    [{ title: 'שלום' }, {}, 'he', 'rtl'],
    [{ title: 'Why ¯\\_(ツ)_/¯' }, {}, 'en', 'ltr'],
    [{ title: 'What سلام means' }, {}, 'en', 'ltr'],
    [{ title: 'What سلام means' }, { lang: 'he' }, 'he', 'rtl'],
  ])('of %j on %j is %s, %s', (post, site, lang, dir) => {
    const { lang: seen, dir: direction } = view(post, site);
    expect([seen, direction]).toEqual([lang, dir]);
  });
});

describe('the seed', () => {
  test("is the slug's own: the same whatever else the post says, another for another slug", () => {
    const seeds = ['a', 'b', 'posts/a'].map((slug) => view({ slug }).post.seed);
    expect(new Set(seeds).size).toBe(3);
    expect(view({ slug: 'a', title: 'Other', tags: ['x'] }).post.seed).toBe(seeds[0]);
    expect(seeds[0]).toBe(0xca97_8112);
  });
});

describe('the focus of the cover', () => {
  test.each([
    ['30% 70%', { x: 30, y: 70 }],
    ['12.5% 900%', { x: 12.5, y: 100 }],
    ['top', { x: 50, y: 0 }],
    ['bottom right', { x: 100, y: 100 }],
    [' Left  center ', { x: 0, y: 50 }],
    ['center', { x: 50, y: 50 }],
    ['30%', null],
    ['30px 70%', null],
    ['top 10% left', null],
    ["0% 0%);background:url('x", null],
    ['', null],
    [7, null],
    [undefined, null],
  ])('%j is %j', (focus, place) => {
    expect(view(focus === undefined ? {} : { data: { focus } }).post.focus).toEqual(place);
  });
});

test('a logo is left out where the theme says so', () => {
  const logo = 'data:image/png;base64,AA==';
  expect(view({}, { logo, theme: { logo: 'none' } }).site['logo']).toBeUndefined();
  expect(view({}, { logo, theme: { logo: 'end' } }).site['logo']).toBe(logo);
});
