import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { imageSize } from 'image-size';
import { describe, expect, it, test } from 'vitest';
import { outputSchema, postSchema, requestPostSchema, siteSchema } from '../../function/contract.ts';
import { fingerprint } from '../../function/fingerprint.ts';
import { addressOfSlug } from '../../function/text/slug.ts';
import { isBlank } from '../../function/text/text.ts';
import { resolveConfig } from '../config/config.ts';
import type { UserConfig } from '../config/config.ts';
import { toItems } from './items.ts';
import type { Items } from './items.ts';
import { createPictures } from '../pictures/pictures.ts';
import type { ScannedPost } from '../scan/post.ts';
import { addFiles, folderWith } from '../testing/files.ts';
import { drawn } from '../testing/pictures.ts';

const templates = { default: { digest: 'd1' }, docs: { digest: 'd2' }, constructor: { digest: 'd3' } };
const SITE = { name: 'N', logo: 'data:image/png;base64,aGk=' };

function scanned(
  slug: string,
  more: Partial<ScannedPost['post']> = {},
  pictures: ScannedPost['pictures'] = {},
): ScannedPost {
  const post = { slug, title: `Title of ${slug}`, ...more };
  return { file: `content/${slug}.md`, address: addressOfSlug(slug), post, pictures, warnings: [] };
}

async function itemsOf(posts: ScannedPost[], user: UserConfig = {}, root = '/blog'): Promise<Items> {
  const config = resolveConfig(user, root, null);
  const pictures = createPictures({ ...config, cacheDir: join(root, 'cache') });
  return toItems(posts, { config, site: SITE, description: { templates }, pictures });
}

test('names template, key and the identity that the function computes from what it is sent', async () => {
  const root = await folderWith({
    'content/a.png': await drawn('png', 40, 40),
    'content/me.png': await drawn('png', 9, 9),
  });
  const post = scanned('a', { author: 'Ines', tags: ['x'] }, { image: 'a.png', avatar: 'me.png' });
  const { items, problems } = await itemsOf([post], {}, root);
  expect(problems).toEqual([]);
  const [item] = items;
  expect(item).toMatchObject({ file: 'content/a.md', slug: 'a', template: 'default', key: 'a.jpg' });
  const sent = requestPostSchema.parse(JSON.parse(JSON.stringify(await item?.load())));
  expect(sent).toMatchObject({ template: 'default', key: 'a.jpg', fingerprint: item?.fingerprint });
  expect(sent.image).toMatch(/^data:image\/png/);
  expect(sent.author).toEqual({ name: 'Ines', avatar: expect.stringMatching(/^data:image\/png/) as string });
  const site = siteSchema.parse(JSON.parse(JSON.stringify(SITE)));
  const template = { name: 'default', digest: 'd1' };
  expect(fingerprint({ post: sent, site, template, output: outputSchema.parse({}) })).toBe(item?.fingerprint);
});

test('has a font for a script in the identity of the images with that script alone', async () => {
  const posts = [
    scanned('a', { title: 'বাংলা' }),
    scanned('b', { lang: 'bn' }),
    scanned('c', { tags: ['தமிழ்'] }),
    scanned('d'),
  ];
  const config = resolveConfig({}, '/blog', null);
  const pictures = createPictures({ ...config, cacheDir: '/blog/cache' });
  const identities = async (fonts?: Record<string, string>) => {
    const { items } = await toItems(posts, {
      config,
      site: SITE,
      description: { templates, fonts },
      pictures,
    });
    return items.map(({ fingerprint }) => fingerprint);
  };
  const none = await identities();
  expect(await identities({})).toEqual(none);
  const [one, two] = [await identities({ Beng: 'bengali@1' }), await identities({ Beng: 'bengali@2' })];
  expect(one.map((identity, at) => identity !== none[at])).toEqual([true, true, false, false]);
  expect(two.map((identity, at) => identity !== one[at])).toEqual([true, true, false, false]);
});

test('lets the config choose by the picture that a post has', async () => {
  const root = await folderWith({ 'content/a.png': await drawn('png', 40, 40) });
  const posts = [scanned('a', {}, { image: 'a.png' }), scanned('b')];
  const { items } = await itemsOf(posts, { template: (post) => (post.image ? 'docs' : 'default') }, root);
  expect(items.map(({ template }) => template)).toEqual(['docs', 'default']);
});

test('gives any post the identity that the function computes again', async () => {
  const text = fc.string({ minLength: 1, maxLength: 50, unit: 'grapheme' });
  const posts = fc.record({
    title: text.filter((title) => !isBlank(title)),
    description: text,
    tags: fc.array(text, { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(posts, fc.dictionary(text, fc.jsonValue({ maxDepth: 3 })), async (fields, data) => {
      const post = postSchema.parse({ slug: 'a', ...fields, data });
      const [item] = (await itemsOf([{ file: 'a.md', address: '/a/', post, pictures: {}, warnings: [] }]))
        .items;
      const sent = requestPostSchema.parse(JSON.parse(JSON.stringify(await item?.load())));
      const template = { name: 'default', digest: 'd1' };
      const again = fingerprint({ post: sent, site: SITE, template, output: outputSchema.parse({}) });
      expect(again).toBe(item?.fingerprint);
    }),
  );
});

test('changes the fingerprint when the picture changes, and not when it moves', async () => {
  const root = await folderWith({
    'content/a.png': await drawn('png', 40, 40),
    'content/b.png': await drawn('png', 40, 40),
  });
  const of = async (image: string) =>
    (await itemsOf([scanned('a', {}, { image })], {}, root)).items[0]?.fingerprint;
  const before = await of('a.png');
  expect(await of('b.png')).toBe(before);
  await addFiles(root, { 'content/a.png': await drawn('png', 41, 40) });
  expect(await of('a.png')).not.toBe(before);
});

const byTag: UserConfig['template'] = ({ tags }) => (tags?.includes('code') === true ? 'docs' : 'default');

test('takes the template of the post before that of the config, which may choose by post', async () => {
  const posts = [scanned('a', { template: 'docs' }), scanned('b', { tags: ['code'] }), scanned('c')];
  expect((await itemsOf(posts, { template: byTag })).items.map((item) => item.template)).toEqual([
    'docs',
    'docs',
    'default',
  ]);
});

test('expands the key pattern, the fingerprint in it', async () => {
  const { items } = await itemsOf([scanned('a/b')], {
    key: '{template}/{slug}.{hash}.{ext}',
    output: { format: 'png' },
  });
  expect(items[0]?.key).toBe(`default/a/b.${items[0]?.fingerprint.slice(0, 12)}.png`);
});

test.each([
  [
    scanned('a', { template: 'dosc' }),
    {},
    'content/a.md: the template "dosc" does not exist. Did you mean docs? There are: constructor, default, docs.',
  ],
  [scanned('a', { template: 'tostring' }), {}, 'the template "tostring" does not exist'],
  [scanned('a'), { template: () => 'nope' }, 'the template "nope" does not exist'],
  [scanned('a'), { template: () => undefined as unknown as string }, 'the template nothing does not exist'],
  [
    scanned('a'),
    { template: () => JSON.parse('{') as string },
    'template of the configuration threw: Expected property name',
  ],
])('names a post that cannot be made, and goes on: %o', async (post, user, message) => {
  const { items, problems } = await itemsOf([post, scanned('good', { template: 'docs' })], user);
  expect(items.map(({ slug }) => slug)).toEqual(['good']);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toContain(message);
});

test.each(['nope', 'toString'])(
  'refuses the template %s of the config before anything is read',
  async (template) => {
    await expect(itemsOf([scanned('a')], { template })).rejects.toMatchObject({
      code: 'unknown_template',
      exitCode: 2,
    });
  },
);

const maybe = (slug: string, maybeTemplate: string) => ({ ...scanned(slug), maybeTemplate });

test("leaves a template that is a generator's own to the configuration, and says so once", async () => {
  const posts = [
    maybe('a', 'docs'),
    maybe('b', 'page.html'),
    maybe('c', 'page.html'),
    maybe('d', 'tostring'),
  ];
  const { items, problems, notices } = await itemsOf(posts);
  expect(problems).toEqual([]);
  expect(items.map(({ template }) => template)).toEqual(['docs', 'default', 'default', 'default']);
  expect(notices).toEqual([
    '3 posts have a template that is not one of og-sync\'s ("page.html", "tostring") and get the one of the configuration. og.template names a card\'s own.',
  ]);
});

test('hands on where a post lives, what its image says and what was warned of', async () => {
  const warnings = [{ code: 'date_left_out' as const, message: 'm' }];
  const posts = [{ ...scanned('a'), address: '/x/', alt: 'A', warnings }, scanned('index')];
  const { items } = await itemsOf(posts);
  expect(items).toMatchObject([
    { address: '/x/', alt: 'A', warnings },
    { address: '/', alt: 'Title of index', warnings: [] },
  ]);
});

test.each([
  [{ image: 'x.png' }, 'image: "x.png" is not there; looked for '],
  [{ avatar: 'x.png' }, 'author.avatar: "x.png" is not there'],
  [{ image: 'https://cdn.example/a.png' }, 'its host is not in imageHosts of the configuration.'],
  [{ image: 'http://x.example/' }, 'only https is fetched'],
  [{ image: 'lfs.png' }, 'lfs.png is a Git LFS pointer'],
  [{ image: 'data:image/png;base64,AAAA' }, 'the inline picture is no picture'],
])('makes a post without a picture that cannot be used, with a warning: %o', async (pictures, message) => {
  const root = await folderWith({
    'content/lfs.png': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
  });
  const { items, problems } = await itemsOf([scanned('a', { author: 'A' }, pictures)], {}, root);
  expect(problems).toEqual([]);
  const [item] = items;
  expect(item?.warnings).toEqual([
    { code: 'picture_left_out', message: expect.stringContaining(message) as string },
  ]);
  const sent = await item?.load();
  expect([sent?.image, sent?.author]).toEqual([undefined, 'A']);
});

test('sends the pictures of the fingerprint, though one that was missing is there meanwhile', async () => {
  const root = await folderWith();
  const [item] = (await itemsOf([scanned('a', {}, { image: 'a.png' })], {}, root)).items;
  await addFiles(root, { 'content/a.png': await drawn('png', 40, 40) });
  expect((await item?.load())?.image).toBeUndefined();
});

test('says so when a picture of the fingerprint is gone before it is sent', async () => {
  const root = await folderWith({ 'content/a.png': await drawn('png', 40, 40) });
  const [item] = (await itemsOf([scanned('a', {}, { image: 'a.png' })], {}, root)).items;
  await rm(join(root, 'content/a.png'));
  await rm(join(root, 'cache'), { recursive: true });
  await expect(item?.load()).rejects.toMatchObject({ code: 'missing_picture' });
});

test('stops when it is aborted', async () => {
  const config = resolveConfig({}, '/blog', null);
  const pictures = createPictures({ ...config, cacheDir: '/nowhere' });
  const signal = AbortSignal.abort(new Error('enough'));
  const context = { config, site: SITE, description: { templates }, pictures, signal };
  await expect(toItems([scanned('a')], context)).rejects.toThrow('enough');
});

describe('several outputs', () => {
  const outputs = [
    { name: 'wide' },
    { name: 'square', width: 1080, height: 1080 },
    { name: 'tall', width: 1000, height: 1500, format: 'png' as const },
  ];

  it('an item for each, the first as if it were alone', async () => {
    const [one] = (await itemsOf([scanned('a')])).items;
    const { items } = await itemsOf([scanned('a'), scanned('b')], { outputs });
    expect(items.map(({ key }) => key)).toEqual([
      'a.jpg',
      'a-square.jpg',
      'a-tall.png',
      'b.jpg',
      'b-square.jpg',
      'b-tall.png',
    ]);
    expect(items[0]?.fingerprint).toBe(one?.fingerprint);
    // The identity that the last release gave this post: to change it is to make every image again.
    expect(one?.fingerprint).toBe('e53df97f30ac96187ac3193ab7851b1ad4b40a260a37b017d4beed519a4e02fa');
    expect(new Set(items.map(({ fingerprint }) => fingerprint)).size).toBe(6);
    for (const item of items) {
      const sent = requestPostSchema.parse(JSON.parse(JSON.stringify(await item.load())));
      const input = { post: sent, site: SITE, template: { name: 'default', digest: 'd1' } };
      expect(fingerprint({ ...input, output: item.output })).toBe(item.fingerprint);
    }
  });

  it('each with its cover as large as it needs, and what is wrong with it told once', async () => {
    const root = await folderWith({ 'content/a.png': await drawn('png', 1600, 1600) });
    const post = scanned('a', {}, { image: 'a.png', avatar: 'gone.png' });
    const { items, problems } = await itemsOf([post], { outputs }, root);
    expect(problems).toEqual([]);
    const widths = await Promise.all(
      items.map(async (item) => {
        const { image = '' } = await item.load();
        return imageSize(Buffer.from(image.slice(image.indexOf(',') + 1), 'base64')).width;
      }),
    );
    expect(widths).toEqual([1200, 1080, 1500]);
    expect(items.map(({ warnings }) => warnings.length)).toEqual([1, 0, 0]);
  });

  it('a name that is too long for one leaves the others, and a template that is not there is told once', async () => {
    const slug = 'a'.repeat(1018);
    const made = await itemsOf([scanned(slug)], { outputs });
    expect(made.items.map(({ outputName }) => outputName)).toEqual(['wide']);
    expect(made.problems.map(({ code }) => code)).toEqual(['invalid_key', 'invalid_key']);
    const lost = await itemsOf([scanned('a', { template: 'gone' })], { outputs });
    expect(lost.problems).toHaveLength(1);
  });
});
