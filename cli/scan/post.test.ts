import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { postSchema } from '../../function/contract.ts';
import type { Config } from '../config/config.ts';
import { PostError } from '../errors.ts';
import { isDraft, postOf } from './markdown/fields.ts';
import { toPost } from './post.ts';
import type { ScannedPost } from './post.ts';
import { attempt } from '../testing/attempt.ts';

const NOW = new Date('2025-06-01T00:00:00Z');

function post(
  frontMatter: Record<string, unknown>,
  options: Partial<Pick<Config, 'map' | 'drafts' | 'future'>> & { file?: string } = {},
): ScannedPost | null {
  const { file = 'content/a.md', drafts = false, ...rest } = options;
  if (!drafts && isDraft(frontMatter)) return null;
  const source = postOf({ file, fixed: 'content' }, frontMatter);
  return toPost(source, { map: null, future: true, now: NOW, ...rest });
}

test('takes the fields of a post as they are', () => {
  expect(
    post({
      title: 'A',
      description: 'B',
      date: '2024-01-02',
      author: 'C',
      tags: ['d'],
      template: 'docs',
      lang: 'en',
    }),
  ).toEqual({
    file: 'content/a.md',
    address: '/a/',
    post: {
      slug: 'a',
      title: 'A',
      description: 'B',
      date: '2024-01-02',
      author: 'C',
      tags: ['d'],
      template: 'docs',
      data: { lang: 'en' },
    },
    pictures: {},
  });
});

test.each([
  [{ summary: 'S' }, { description: 'S' }],
  [{ excerpt: 'E' }, { description: 'E' }],
  [{ description: ' two\n lines\t' }, { description: 'two lines' }],
  [{ description: 'bell\u0007 and null\u0000' }, { description: 'bell and null' }],
  [{ description: '' }, {}],
  [{ pubDate: 'Jul 08 2022' }, { date: '2022-07-08' }],
  [{ publishDate: '2024-01-02' }, { date: '2024-01-02' }],
  [{ publishedAt: '2024-01-02' }, { date: '2024-01-02' }],
  [{ date: '' }, {}],
  [{ date: null }, {}],
  [{ author: { name: 'N' } }, { author: 'N' }],
  [{ authors: ['A', { name: 'B' }] }, { author: 'A, B' }],
  [{ authors: [] }, {}],
  [{ tags: 'a, b c ,a' }, { tags: ['a', 'b c'] }],
  [{ tags: 'a b  c' }, { tags: ['a', 'b', 'c'] }],
  [{ tags: [1, 'x', null, { name: 'n' }] }, { tags: ['1', 'x', 'n'] }],
  [{ keywords: ['k'] }, { tags: ['k'] }],
  [
    { tags: Array.from({ length: 50 }, (_, i) => i) },
    { tags: Array.from({ length: 32 }, (_, i) => String(i)) },
  ],
  [
    { data: { a: 1 }, og: { b: 2, template: 'docs' } },
    { data: { a: 1, b: 2 }, template: 'docs' },
  ],
  [{ title: 2024 }, { title: '2024' }],
  [{ title: true }, { title: 'true' }],
])('reads %j as %j', (frontMatter, expected) => {
  expect(post({ title: 'T', ...frontMatter })?.post).toEqual({ slug: 'a', title: 'T', ...expected });
});

test.each([
  [{ image: 'a.png' }, { image: 'a.png' }],
  [{ cover: 'a.png' }, { image: 'a.png' }],
  [{ heroImage: '../a.png' }, { image: '../a.png' }],
  [{ thumbnail: 'a.png' }, { image: 'a.png' }],
  [{ images: ['a.png', 'b.png'] }, { image: 'a.png' }],
  [{ image: { src: '/a.png', alt: 'x' } }, { image: '/a.png' }],
  [{ cover: { image: 'a.png' } }, { image: 'a.png' }],
  [{ image: 'a.png', og: { image: 'b.png' } }, { image: 'b.png' }],
  [{ image: false }, {}],
  [{ author: { name: 'N', avatar: 'n.png' } }, { avatar: 'n.png' }],
])('finds the pictures of %j', (frontMatter, pictures) => {
  const scanned = post({ title: 'T', ...frontMatter });
  expect(scanned?.pictures).toEqual(pictures);
  expect(scanned?.post.image).toBeUndefined();
});

test.each([
  [{ slug: 'mine' }, 'mine'],
  [{ slug: 2024 }, '2024'],
  [{ permalink: '/b/c/' }, 'b/c'],
  [{ permalink: false }, 'a'],
  [{ url: 'https://x.example/d.html' }, 'd'],
  [{ slug: 'first', permalink: '/second/', url: '/third/' }, 'first'],
  [{ slug: '' }, 'a'],
])('takes the slug of %j', (frontMatter, slug) => {
  expect(post({ title: 'T', ...frontMatter })?.post.slug).toBe(slug);
});

test.each([{ draft: true }, { draft: 'yes' }, { published: false }, { published: 'no' }])(
  'skips %j unless drafts are asked for',
  (frontMatter) => {
    expect(post({ title: 'T', ...frontMatter })).toBeNull();
    expect(post({ title: 'T', ...frontMatter }, { drafts: true })).not.toBeNull();
  },
);

test('skips a post of the future only when told to', () => {
  expect(post({ title: 'T', date: '2025-06-02' })).not.toBeNull();
  expect(post({ title: 'T', date: '2025-06-02' }, { future: false })).toBeNull();
  expect(post({ title: 'T', date: '2025-06-01' }, { future: false })).not.toBeNull();
});

test('cuts a description that no card can show at a word', () => {
  const description = post({ title: 'T', description: 'word 🌊 '.repeat(400) })?.post.description ?? '';
  expect(description.length).toBeLessThanOrEqual(2000);
  expect(description).toMatch(/(word|🌊)…$/u);
});

test.each([
  [{}, 'no_title', 'has no title'],
  [{ title: ' \n ' }, 'no_title', 'has no title'],
  [{ title: ['a'] }, 'invalid_post', 'title must be text; found ["a"]'],
  [
    { title: 'x'.repeat(1001) },
    'invalid_post',
    'title: Too big: expected string to have <=1000 characters; found "xxx',
  ],
  [{ title: 'T', date: 'tomorrow' }, 'invalid_date', 'date must be a date such as 2024-01-02'],
  [{ title: 'T', pubDate: 20240102 }, 'invalid_date', 'found "20240102"'],
  [
    { title: 'T', slug: '../x' },
    'invalid_slug',
    'slug gives the slug "../x", which cannot be used: it has the segment ".."; og.slug or map can make it x',
  ],
  [{ title: 'T', permalink: '/:year/:title/' }, 'invalid_slug', 'permalink gives the slug ":year/:title"'],
  [
    { title: 'T', template: 'Über' },
    'invalid_post',
    'template: must be a template name: a-z, 0-9 and "-"; found "Über"',
  ],
  [{ title: 'T', data: { deep: [[[[[[[[[1]]]]]]]]] } }, 'invalid_post', 'data: may be nested 8 deep at most'],
  [
    { title: 'T', og: { big: 'x'.repeat(70_000) } },
    'invalid_post',
    'data: may have at most 64000 bytes of JSON',
  ],
])('refuses %j by name', (frontMatter, code, message) => {
  const attempt = () => post(frontMatter);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(expect.objectContaining({ code }) as Error);
});

test('og.slug names the image and leaves the address of the page alone', () => {
  for (const field of ['slug', 'permalink', 'url'])
    expect(post({ title: 'T', [field]: 'a b?', og: { slug: '/card/1/' } })).toMatchObject({
      address: '/a b/',
      post: { slug: 'card/1' },
    });
  expect(() => post({ title: 'T', og: { slug: '..' } })).toThrow('og.slug gives the slug ".."');
});

test('suggests a slug for a file whose name cannot be one', () => {
  expect(() => post({ title: 'T' }, { file: 'content/My first post.md' })).toThrow(
    `the file's path gives the slug "My first post", which cannot be used: the segment "My first post" has a character other than letters, digits and . _ ~ -; og.slug or map can make it My-first-post`,
  );
});

test('lets map see the pictures as written, change anything and skip', () => {
  const scanned = post(
    { title: 'T', image: 'a.png', author: { name: 'N', avatar: 'n.png' }, mood: 'blue' },
    {
      map: ({ title, image }, { frontMatter, file }) => ({
        title: `${title} in ${String(frontMatter['mood'])}`,
        slug: `${file}/x`,
        image: `img/${image ?? ''}`,
        date: '2 January 2024',
      }),
    },
  );
  expect(scanned).toEqual({
    file: 'content/a.md',
    address: '/content/a.md/x/',
    post: { slug: 'content/a.md/x', title: 'T in blue', author: 'N', date: '2024-01-02' },
    pictures: { image: 'img/a.png', avatar: 'n.png' },
  });
  expect(post({ title: 'T' }, { map: () => null })).toBeNull();
  expect(post({}, { map: () => ({ title: 'from map' }) })?.post.title).toBe('from map');
});

test('lets map make a date of what is none', () => {
  const mapped = post({ title: 'T', date: '2. Januar 2024' }, { map: () => ({ date: '2024-01-02' }) });
  expect(mapped?.post.date).toBe('2024-01-02');
});

test('makes of anything that map returns a post, a skip, or a named error', () => {
  const names = fc.constantFrom(
    'slug',
    'title',
    'date',
    'author',
    'tags',
    'image',
    'template',
    'data',
    'other',
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.dictionary(names, fc.anything())), (changes) => {
      const { value: scanned, error } = attempt(() => post({ title: 'T' }, { map: () => changes as null }));
      expect(error ?? new PostError('invalid_post', '')).toBeInstanceOf(PostError);
      expect(scanned?.pictures.image ?? '').toBeTypeOf('string');
    }),
    { numRuns: 1000 },
  );
});

test.each([
  [() => JSON.parse('{') as null, 'map of the configuration threw: Expected property name'],
  [() => 'x' as unknown as null, 'map of the configuration must return an object or null; found "x"'],
  [() => undefined as unknown as null, 'found nothing'],
  [() => Promise.resolve({}) as unknown as null, 'returned a promise; it must answer at once'],
  [() => Promise.reject(new Error('x')) as unknown as null, 'returned a promise; it must answer at once'],
  [() => ({ slug: 'a b' }), 'map gives the slug "a b"'],
  [() => ({ titel: 'x' }) as unknown as null, 'the post: Unrecognized key: "titel"'],
  [() => ({ author: null }) as unknown as null, 'author: '],
  [() => ({ image: 3 }) as unknown as null, 'image must be a file or an address; found 3'],
  [() => ({ date: 'soon' }), 'date (from map) must be a date'],
])('names map when it fails: %o', (map, message) => {
  expect(() => post({ title: 'T' }, { map })).toThrow(message);
});

test('makes of any fields a post of the contract, a skip, or a named error', () => {
  const names =
    'title description date author authors tags image images slug permalink url draft published template';
  const name = fc.constantFrom(...`${names} data og lang __proto__ constructor`.split(' '));
  fc.assert(
    fc.property(fc.dictionary(name, fc.jsonValue()), (frontMatter) => {
      const { value: scanned, error } = attempt(() => post(frontMatter));
      expect(error ?? new PostError('invalid_post', '')).toBeInstanceOf(PostError);
      const made = scanned?.post ?? { slug: 'skipped', title: 'T' };
      expect(postSchema.parse(made)).toEqual(made);
    }),
    { numRuns: 1000 },
  );
});
