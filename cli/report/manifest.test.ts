import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { NamedOutput } from '../config/outputs.ts';
import { imageUrl, manifestOf, writeManifest } from './manifest.ts';
import type { ManifestImage } from './manifest.ts';
import { folderWith } from '../testing/files.ts';
import { OUTPUT } from '../testing/items.ts';
import { readManifest, stillTrue } from './older-manifest.ts';

const image = (slug: string) => ({
  slug,
  alt: `Title of ${slug}`,
  key: `${slug}.jpg`,
  fingerprint: 'f'.repeat(64),
  ...OUTPUT,
});
const options = { publicUrl: 'https://img.example/og', outputs: [OUTPUT] };

test('tells of each image by slug, sorted, whatever order they come in', () => {
  const manifest = manifestOf([image('b'), image('a/ü')], options);
  expect(Object.keys(manifest)).toEqual(['a/ü', 'b']);
  expect(manifest['a/ü']).toEqual({
    url: 'https://img.example/og/a/%C3%BC.jpg',
    key: 'a/ü.jpg',
    width: 1200,
    height: 630,
    alt: 'Title of a/ü',
    fingerprint: 'f'.repeat(64),
  });
  expect(JSON.stringify(manifestOf([image('a/ü'), image('b')], options))).toBe(JSON.stringify(manifest));
});

const WIDE: NamedOutput = { ...OUTPUT, outputName: 'wide' };
const SQUARE: NamedOutput = {
  outputName: 'square',
  output: { ...OUTPUT.output, width: 1080, height: 1080 },
  pattern: '{slug}-square.{ext}',
};
const wide = (slug: string) => ({ ...image(slug), ...WIDE });
const square = (slug: string) => ({ ...image(slug), ...SQUARE, key: `${slug}-square.jpg` });

describe('with several outputs', () => {
  const several = { publicUrl: 'https://img.example/og', outputs: [WIDE, SQUARE] };

  it('an entry says of the first what it says of a single one, and of each by its name', () => {
    const manifest = manifestOf([square('a'), wide('a'), wide('b'), square('c')], several);
    const { outputs, ...rest } = manifest['a'] ?? {};
    expect(rest).toEqual(manifestOf([image('a')], options)['a']);
    expect(outputs).toMatchObject({
      wide: { url: 'https://img.example/og/a.jpg', key: 'a.jpg', width: 1200, height: 630 },
      square: { url: 'https://img.example/og/a-square.jpg', width: 1080, height: 1080 },
    });
    expect(Object.keys(manifest['b']?.outputs ?? {})).toEqual(['wide']);
    expect(manifest).not.toHaveProperty('c');
  });

  it.each([
    ['of the same outputs', [wide('a'), square('a')], [WIDE, SQUARE], ['a.jpg', 'a-square.jpg']],
    ['in another order', [wide('a'), square('a')], [SQUARE, WIDE], ['a-square.jpg', 'a.jpg']],
    ['of fewer', [wide('a')], [WIDE, SQUARE], ['a.jpg']],
    ['of a single one', [image('a')], [WIDE, SQUARE], ['a.jpg']],
    ['of more', [wide('a'), square('a')], [OUTPUT], ['a.jpg']],
  ] as [string, ManifestImage[], NamedOutput[], string[]][])(
    'an older manifest %s still tells of images that failed',
    async (_what, before, outputs, keys) => {
      const file = join(await folderWith(), 'og.json');
      const names = [...new Map(before.map((one) => [one.outputName, one])).values()];
      await writeManifest(file, manifestOf(before, { publicUrl: null, outputs: names }));
      const old = await readManifest(file, outputs);
      const missing = outputs.map((output) => ({ ...image('a'), ...output, key: 'new.jpg' }));
      const held = new Map(
        keys.map((key) => [key, { fingerprint: 'f', etag: 'e', bytes: 1, modified: new Date(0) }]),
      );
      const kept = stillTrue(old, { held, missing, slugs: new Set(['a']), unread: false });
      expect(kept.map(({ key }) => key)).toEqual(keys);
    },
  );
});

test('gives the key where no public address is known', () => {
  expect(imageUrl('a/b.jpg', null)).toBe('a/b.jpg');
  expect(imageUrl('a/b.jpg', 'https://x.example/')).toBe('https://x.example/a/b.jpg');
});

test('writes the file whole, makes its folder, and leaves it alone when nothing changed', async () => {
  const root = await folderWith();
  const file = join(root, 'data/og.json');
  expect(await writeManifest(file, manifestOf([image('a')], options))).toBe(true);
  const { ino, mtimeMs } = await stat(file);
  expect(await writeManifest(file, manifestOf([image('a')], options))).toBe(false);
  expect(await stat(file)).toMatchObject({ ino, mtimeMs });
  expect(await writeManifest(file, manifestOf([image('a'), image('b')], options))).toBe(true);
  expect(Object.keys(JSON.parse(await readFile(file, 'utf8')) as object)).toEqual(['a', 'b']);
  expect(await readdir(join(root, 'data'))).toEqual(['og.json']);
});

test('names a file it cannot write, and leaves nothing behind', async () => {
  const root = await folderWith();
  await writeFile(join(root, 'file'), '');
  await expect(writeManifest(join(root, 'file/og.json'), {})).rejects.toMatchObject({
    code: 'unwritable',
    exitCode: 3,
    message: expect.stringContaining(join(root, 'file/og.json')) as string,
  });
  await expect(writeManifest(root, {})).rejects.toMatchObject({ code: 'unwritable' });
  expect(await readdir(root)).toEqual(['file']);
});
