import { chmod, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPictures } from './pictures.ts';
import type { PictureOptions, Pictures } from './pictures.ts';
import { addFiles, folderOf } from '../testing/files.ts';
import { drawn, looked } from '../testing/pictures.ts';

const box = { width: 120, height: 63 };

async function setUp(
  files: Record<string, Uint8Array>,
  options: Partial<PictureOptions> = {},
): Promise<{ root: string; cacheDir: string; fresh: () => Pictures }> {
  const root = await folderOf(files);
  const cacheDir = options.cacheDir ?? (await folderOf());
  const fresh = () => createPictures({ root, static: [root], imageHosts: [], cacheDir, ...options });
  return { root, cacheDir, fresh };
}

test('shrinks a picture once and takes it from the disk in the next run', async () => {
  const { root, cacheDir, fresh } = await setUp({ 'a.png': await drawn('png', 500, 400) });
  const first = await fresh().load({ reference: 'a.png', base: root, box });
  expect(await looked(first as string)).toMatchObject({ type: 'jpeg', width: 120, height: 96 });
  const [name = ''] = await readdir(join(cacheDir, 'pictures'));
  await writeFile(join(cacheDir, 'pictures', name), 'data:image/png;base64,a2VwdA==');
  expect(await fresh().load({ reference: 'a.png', base: root, box })).toBe('data:image/png;base64,a2VwdA==');
});

test('keeps one entry a content and box, and none half-written', async () => {
  const bytes = await drawn('png', 500, 400);
  const { root, cacheDir, fresh } = await setUp({ 'a.png': bytes, 'b.png': bytes });
  const pictures = fresh();
  const both = ['a.png', 'b.png', 'a.png'].map((reference) => pictures.load({ reference, base: root, box }));
  expect(new Set(await Promise.all(both)).size).toBe(1);
  await pictures.load({ reference: 'a.png', base: root, box: { width: 50, height: 50 } });
  const names = await readdir(join(cacheDir, 'pictures'));
  expect(names).toHaveLength(2);
  expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
});

test('sees that a file has changed in the next run, but not within one', async () => {
  const { root, fresh } = await setUp({ 'a.png': await drawn('png', 500, 400) });
  const pictures = fresh();
  const before = await pictures.load({ reference: 'a.png', base: root, box });
  await addFiles(root, { 'a.png': await drawn('png', 300, 400) });
  expect(await pictures.load({ reference: 'a.png', base: root, box })).toBe(before);
  expect(await fresh().load({ reference: 'a.png', base: root, box })).not.toBe(before);
});

test('makes a picture anew when the cache is broken, lost or cannot be written', async () => {
  const { root, cacheDir, fresh } = await setUp({ 'a.png': await drawn('png', 500, 400) });
  const pictures = fresh();
  const first = await pictures.load({ reference: 'a.png', base: root, box });
  const [name = ''] = await readdir(join(cacheDir, 'pictures'));
  await writeFile(join(cacheDir, 'pictures', name), 'rubbish');
  expect(await fresh().load({ reference: 'a.png', base: root, box })).toBe(first);
  await rm(cacheDir, { recursive: true });
  expect(await pictures.load({ reference: 'a.png', base: root, box })).toBe(first);
  await rm(cacheDir, { recursive: true });
  await writeFile(cacheDir, 'a file where the folder should be');
  expect(await fresh().load({ reference: 'a.png', base: root, box })).toBe(first);
});

test('tells that a picture is missing, and finds it once it is there', async () => {
  const { root, fresh } = await setUp({});
  const pictures = fresh();
  await expect(pictures.load({ reference: 'a.png', base: root, box })).rejects.toMatchObject({
    code: 'missing_picture',
  });
  await addFiles(root, { 'a.png': Buffer.from('no picture') });
  await expect(pictures.load({ reference: 'a.png', base: root, box })).rejects.toMatchObject({
    code: 'invalid_picture',
  });
  await addFiles(root, { 'a.png': await drawn('png', 50, 40) });
  expect(await pictures.load({ reference: 'a.png', base: root, box })).toMatch(/^data:image\/png/);
});

test('does not read a file that is too large to be a picture', async () => {
  const { root, fresh } = await setUp({ 'film.png': Buffer.from('x') });
  await truncate(join(root, 'film.png'), 2 ** 40);
  await expect(fresh().load({ reference: 'film.png', base: root, box })).rejects.toMatchObject({
    code: 'invalid_picture',
    message: `${join(root, 'film.png')} has more than 100 MB`,
  });
});

test('takes an inline picture', async () => {
  const { root, fresh } = await setUp({});
  const reference = `data:image/png;base64,${(await drawn('png', 50, 40)).toString('base64')}`;
  expect(await fresh().load({ reference, base: root, box })).toBe(reference);
});

const nobody = () => {
  throw new Error('asked');
};

test.each(['https://other.example/a.png', 'http://img.example/a.png', 'ftp://img.example/a.png'])(
  'refuses %s and asks nobody',
  async (reference) => {
    const { root, fresh } = await setUp({}, { imageHosts: ['img.example'], get: nobody });
    expect(await fresh().load({ reference, base: root, box })).toEqual({ refused: new URL(reference) });
  },
);

test('fetches a remote picture once a run', async () => {
  const bytes = await drawn('png', 500, 400);
  let asked = 0;
  const server = http.createServer((_request, response) => {
    asked++;
    response.end(bytes);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { root, fresh } = await setUp(
    {},
    {
      imageHosts: ['img.example'],
      get: (_url, _options, done) => http.get({ host: '127.0.0.1', port }, done),
    },
  );
  const pictures = fresh();
  const load = () => pictures.load({ reference: 'https://img.example/a.png', base: root, box });
  const first = await load();
  expect(await looked(first as string)).toMatchObject({ width: 120 });
  expect(await load()).toBe(first);
  expect(asked).toBe(1);
  server.closeAllConnections();
  server.close();
});

test('leaves a cache folder it may not write alone', async () => {
  const cacheDir = await folderOf({ 'pictures/keep': 'x' });
  await chmod(join(cacheDir, 'pictures'), 0o555);
  const { root, fresh } = await setUp({ 'a.png': await drawn('png', 500, 400) }, { cacheDir });
  expect(await fresh().load({ reference: 'a.png', base: root, box })).toMatch(/^data:image\/jpeg/);
  await chmod(join(cacheDir, 'pictures'), 0o755);
});
