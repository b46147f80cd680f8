import { expect, test } from 'vitest';
import { postFrom as post } from '../../testing/post.ts';

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
      address: '/a/',
      title: 'A',
      description: 'B',
      date: '2024-01-02',
      author: 'C',
      tags: ['d'],
      lang: 'en',
    },
    pictures: {},
    maybeTemplate: 'docs',
    warnings: [],
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
  [{ lang: 'pt_BR' }, { lang: 'pt-br' }],
  [{ og: { title: 'Card', description: 'Short', alt: 'Alt' } }, { title: 'Card', description: 'Short' }],
  [{ og: { title: '\u200b' } }, {}],
  [{ og: { slug: '/cards/One Two.html' } }, { slug: 'cards/One-Two' }],
  [
    { url: '/2024/hello.html', og: { slug: 'x' } },
    { slug: 'x', address: '/2024/hello.html' },
  ],
  [{ og: true }, {}],
  [{ date: '2024-01-01T00:30:00+09:00' }, { date: '2024-01-01T00:30:00+09:00' }],
])('reads %j as %j', (frontMatter, expected) => {
  const made = post({ title: 'T', ...frontMatter })?.post;
  expect(made).toEqual({ slug: 'a', address: '/a/', title: 'T', ...expected });
});

test.each([
  ['Last Modified', 'date must be a date such as 2024-01-02'],
  ['Created', 'found "Created"'],
  ['2021-02-29', 'found "2021-02-29"'],
  ['2024-13-01', 'found "2024-13-01"'],
  ['tomorrow', 'found "tomorrow"'],
  [20240102, 'found "20240102"'],
  [['2024-01-02'], 'found ["2024-01-02"]'],
  [{ year: 2024 }, 'found {"year":2024}'],
])('makes a post without the date %j, and warns', (date, message) => {
  const scanned = post({ title: 'T', date });
  expect(scanned?.post).toEqual({ slug: 'a', address: '/a/', title: 'T' });
  expect(scanned?.warnings).toEqual([
    { code: 'date_left_out', message: expect.stringContaining(message) as string },
  ]);
});

test('warns of a language that is none', () => {
  const scanned = post({ title: 'T', lang: 'english' });
  expect(scanned?.post.lang).toBeUndefined();
  expect(scanned?.warnings).toMatchObject([{ code: 'unknown_language' }]);
});

test.each(['\u2800', '\u3164', '\u200b\u00ad', '\u{e0041}', ' \u00a0\t'])(
  'takes %j for no title',
  (title) => {
    expect(() => post({ title })).toThrow('has no title');
  },
);

test.each([
  [{ template: 'page.html' }, { maybeTemplate: 'page.html' }],
  [{ template: 'layouts/post.njk' }, { maybeTemplate: 'layouts/post.njk' }],
  [{ template: 'page', og: { template: 'docs' } }, { post: { template: 'docs' } }],
  [{ layout: 'default.liquid' }, {}],
])(
  'takes of %j the template that is meant for cards for sure, and the other as a maybe',
  (fields, expected) => {
    const scanned = post({ title: 'T', ...fields });
    expect(scanned).toMatchObject(expected);
    expect('maybeTemplate' in (scanned ?? {})).toBe('maybeTemplate' in expected);
  },
);

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
  [{ url: 'https://blog.example/d.html' }, 'd'],
  [{ url: 'https://elsewhere.example/d.html' }, 'a'],
  [{ permalink: 'https://elsewhere.example/d.html', url: '/e/' }, 'e'],
  [{ slug: 'Two words, C++' }, 'Two-words--C--'],
  [{ slug: 'first', permalink: '/second/', url: '/third/' }, 'first'],
  [{ slug: '' }, 'a'],
])('takes the slug of %j', (frontMatter, slug) => {
  expect(post({ title: 'T', ...frontMatter }, { site: 'https://blog.example' })?.post.slug).toBe(slug);
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
  [
    { title: 'T', slug: '../x' },
    'invalid_slug',
    'slug gives the slug "../x", which cannot be used: it has the segment ".."; og.slug or map can make it x',
  ],
  [
    { title: 'T', permalink: '/:year/:title/' },
    'invalid_slug',
    'permalink has ":year", which only the site\'s generator can fill in; set og.slug, or slug in map',
  ],
  [
    { title: 'T', og: { template: 'Über' } },
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

test('makes a slug of any file name', () => {
  expect(post({ title: 'T' }, { file: "content/My 1st @post, it's C++.md" })?.post).toMatchObject({
    slug: 'My-1st--post--it-s-C--',
    address: "/My 1st @post, it's C++/",
  });
});

test('og.slug names the image and leaves the address of the page alone', () => {
  for (const field of ['slug', 'permalink', 'url'])
    expect(post({ title: 'T', [field]: 'a b?', og: { slug: '/card/1/' } })).toMatchObject({
      post: { slug: 'card/1', address: '/a b' },
    });
  expect(() => post({ title: 'T', og: { slug: '..' } })).toThrow('og.slug gives the slug ".."');
});
