import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { imageUrl, manifestOf, writeManifest } from './manifest.ts';
import { folderWith } from '../testing/files.ts';

const image = (slug: string) => ({
  slug,
  alt: `Title of ${slug}`,
  key: `${slug}.jpg`,
  fingerprint: 'f'.repeat(64),
});
const options = { publicUrl: 'https://img.example/og', width: 1200, height: 630 };

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
