import { chmod, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPictures } from './pictures.ts';
import type { PictureOptions, Pictures } from './pictures.ts';
import { addFiles, folderWith } from '../testing/files.ts';
import { drawn, looked } from '../testing/pictures.ts';

const nobody = () => {
  throw new Error('asked');
};

const box = { width: 120, height: 63 };

async function setUp(
  files: Record<string, Uint8Array>,
  options: Partial<PictureOptions> = {},
): Promise<{ root: string; cacheDir: string; fresh: () => Pictures }> {
  const root = await folderWith(files);
  const cacheDir = options.cacheDir ?? (await folderWith());
  const fresh = () => createPictures({ root, static: [root], imageHosts: [], cacheDir, ...options });
  return { root, cacheDir, fresh };
}

test('shrinks a picture once and takes it from the disk in the next run', async () => {
  const { root, cacheDir, fresh } = await setUp({ 'a.png': await drawn('png', 500, 400) });
  const first = await fresh().load({ reference: 'a.png', base: root, box });
  expect(await looked(first)).toMatchObject({ type: 'jpeg', width: 120, height: 96 });
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

test('takes a picture on the host of the site from the static folders, and asks nobody', async () => {
  const site = { url: 'https://me.example/blog/' };
  const bytes = await drawn('png', 50, 40);
  const { root, fresh } = await setUp({ 'img/my cover.png': bytes }, { site, get: nobody });
  const uri = `data:image/png;base64,${bytes.toString('base64')}`;
  for (const reference of [
    'https://me.example/blog/img/my%20cover.png?v=2',
    'http://me.example/blog/img/my%20cover.png',
    '//me.example/blog/img/my%20cover.png#x',
  ])
    expect(await fresh().load({ reference, base: root, box })).toBe(uri);
  for (const reference of [
    'https://me.example/img/my%20cover.png',
    'https://me.example/blog/img/other.png',
    'https://me.example:8443/blog/img/my%20cover.png',
    'https://other.example/blog/img/my%20cover.png',
  ])
    await expect(fresh().load({ reference, base: root, box })).rejects.toMatchObject({
      code: 'picture_unreachable',
    });
});

const outer = async () => {
  const folder = await folderWith({ 'secret.png': await drawn('png', 9, 9) });
  await addFiles(join(folder, 'blog'), { 'content/a.md': '', 'public/a.txt': '' });
  const root = join(folder, 'blog');
  const load = (reference: string, more: string[] = []) =>
    createPictures({
      root,
      static: [join(root, 'public'), ...more],
      imageHosts: [],
      cacheDir: join(folder, 'cache'),
    }).load({ reference, base: join(root, 'content'), box });
  return { folder, root, load };
};

describe('a link', () => {
  test.each([
    ['beside the post', 'content/x.png', '../../secret.png', 'x.png'],
    ['in a static folder', 'public/x.png', '../../secret.png', '/x.png'],
    ['that is a folder beside the post', 'content/up', '../..', 'up/secret.png'],
    ['that is a folder in a static folder', 'public/up', '../..', '/up/secret.png'],
    ['that leads to a link', 'content/x.png', 'y.png', 'x.png'],
  ])('%s reads nothing outside', async (_where, path, target, reference) => {
    const { root, load } = await outer();
    await symlink('../../secret.png', join(root, 'content/y.png'));
    await symlink(target, join(root, path));
    await expect(load(reference)).rejects.toMatchObject({
      code: 'missing_picture',
      message: expect.stringContaining('leads outside') as string,
    });
  });

  test('that a static folder of the root is opens nothing, one that was named outside does', async () => {
    const { folder, root, load } = await outer();
    await symlink('../..', join(root, 'public/all'));
    await expect(load('/secret.png', [join(root, 'public/all')])).rejects.toMatchObject({
      code: 'missing_picture',
    });
    await symlink(folder, `${folder}-link`);
    onTestFinished(() => rm(`${folder}-link`));
    expect(await load('/secret.png', [`${folder}-link`])).toMatch(/^data:image\/png/);
  });

  test('within the root counts as the file', async () => {
    const { root, load } = await outer();
    await addFiles(root, { 'assets/a.png': await drawn('png', 9, 9) });
    await symlink('../assets/a.png', join(root, 'content/x.png'));
    expect(await load('x.png')).toMatch(/^data:image\/png/);
  });
});

test.each(['https://other.example/a.png', 'http://img.example/a.png', 'ftp://img.example/a.png'])(
  'refuses %s and asks nobody',
  async (reference) => {
    const { root, fresh } = await setUp({}, { imageHosts: ['img.example'], get: nobody });
    await expect(fresh().load({ reference, base: root, box })).rejects.toMatchObject({
      code: 'picture_unreachable',
    });
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
  expect(await looked(first)).toMatchObject({ width: 120 });
  expect(await load()).toBe(first);
  expect(asked).toBe(1);
  server.closeAllConnections();
  server.close();
});

test('leaves a cache folder it may not write alone', async () => {
  const cacheDir = await folderWith({ 'pictures/keep': 'x' });
  await chmod(join(cacheDir, 'pictures'), 0o555);
  const { root, fresh } = await setUp({ 'a.png': await drawn('png', 500, 400) }, { cacheDir });
  expect(await fresh().load({ reference: 'a.png', base: root, box })).toMatch(/^data:image\/jpeg/);
  await chmod(join(cacheDir, 'pictures'), 0o755);
});
