import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { postSchema } from '../../function/contract.ts';
import { PostError } from '../errors.ts';
import { caught } from '../testing/attempt.ts';
import { postFrom as post } from '../testing/post.ts';

test('keeps the alternative text beside the post: it changes no picture', () => {
  expect(post({ title: 'T', og: { alt: 'A river' } })).toMatchObject({ alt: 'A river' });
  expect(post({ title: 'T' }, { map: () => ({ alt: 'Mapped' }) })).toMatchObject({ alt: 'Mapped' });
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

test('lets og.slug or map give what only the generator could', () => {
  const permalink = '/:year/:title/';
  expect(post({ title: 'T', permalink, og: { slug: 'x' } })).toMatchObject({
    address: '/x/',
    post: { slug: 'x' },
  });
  expect(post({ title: 'T', permalink }, { map: () => ({ slug: 'y' }) })?.post.slug).toBe('y');
});

test('title and description are plain, with marks beside them; what map writes is read like front matter', () => {
  const source = { title: 'Use `now`', description: 'A *new* way' };
  const code = { kind: 'code', from: 4, to: 7 };
  expect(post(source)?.post).toMatchObject({
    title: 'Use now',
    description: 'A new way',
    marks: { title: [code], description: [{ kind: 'emphasis', from: 2, to: 5 }] },
  });
  const mapped = post(source, { map: ({ title }) => ({ title: `**${title}** again` }) })?.post;
  expect(mapped).toMatchObject({
    title: 'Use now again',
    marks: { title: [{ kind: 'strong', from: 0, to: 7 }] },
  });
  expect(mapped?.marks?.description).toHaveLength(1);
  expect(post(source, { map: () => ({ tags: ['x'] }) })?.post.marks?.title).toEqual([code]);
  expect(post(source, { text: 'plain' })?.post).not.toHaveProperty('marks');
});

test('a title with more marks than the contract takes keeps the first', () => {
  const title = '`a` '.repeat(240);
  expect(post({ title })?.post.marks?.title).toHaveLength(200);
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
    post: {
      slug: 'content/a.md/x',
      address: '/content/a.md/x/',
      title: 'T in blue',
      author: 'N',
      date: '2024-01-02',
    },
    pictures: { image: 'img/a.png', avatar: 'n.png' },
    warnings: [],
  });
  expect(post({ title: 'T' }, { map: () => null })).toBeNull();
  expect(post({}, { map: () => ({ title: 'from map' }) })?.post.title).toBe('from map');
});

test('lets map make a date of what is none', () => {
  const mapped = post({ title: 'T', date: '2. Januar 2024' }, { map: () => ({ date: '2024-01-02' }) });
  expect(mapped?.post.date).toBe('2024-01-02');
  const day = new Date('2024-01-02T10:00:00Z') as unknown as string;
  expect(post({ title: 'T' }, { map: () => ({ date: day }) })?.post.date).toBe('2024-01-02T10:00:00Z');
  const soon = post({ title: 'T' }, { map: () => ({ date: 'soon' }) });
  expect(soon?.post.date).toBeUndefined();
  expect(soon?.warnings[0]?.message).toContain('date (from map) must be a date');
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
      const { value: scanned, error } = caught(() => post({ title: 'T' }, { map: () => changes as null }));
      expect(error ?? new PostError('invalid_post', '')).toBeInstanceOf(PostError);
      expect(scanned?.pictures.image ?? '').toBeTypeOf('string');
    }),
    { numRuns: 1000 },
  );
});

test('makes of any fields a post of the contract, a skip, or a named error', () => {
  const names =
    'title description date author authors tags image images slug permalink url draft published template';
  const name = fc.constantFrom(...`${names} data og lang __proto__ constructor`.split(' '));
  fc.assert(
    fc.property(fc.dictionary(name, fc.jsonValue()), (frontMatter) => {
      const { value: scanned, error } = caught(() => post(frontMatter));
      expect(error ?? new PostError('invalid_post', '')).toBeInstanceOf(PostError);
      const made = scanned?.post ?? { slug: 'skipped', title: 'T' };
      expect(postSchema.parse(made)).toEqual(made);
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
  [() => ({ slug: 'a/../b' }), 'map gives the slug "a/../b"'],
  [() => ({ titel: 'x' }) as unknown as null, 'the post: Unrecognized key: "titel"'],
  [() => ({ author: null }) as unknown as null, 'author: '],
  [() => ({ image: 3 }) as unknown as null, 'image must be a file or an address; found 3'],
])('names map when it fails: %o', (map, message) => {
  expect(() => post({ title: 'T' }, { map })).toThrow(message);
});
