import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../../testing/files.ts';
import { placeNotes, repositoryRoot } from './placed.ts';
import { note } from './testing/reviews.ts';

const POST = '---\na: 1\ntitle: A long title\n---\n';

test('a note has its path in the repository, with the blog in a subfolder', async () => {
  const root = await folderWith({ 'sites/blog/content/a.md': POST });
  const [placed] = placeNotes([note({ file: 'content/a.md' })], { from: join(root, 'sites/blog'), root });
  expect(placed).toMatchObject({ path: 'sites/blog/content/a.md', line: 3 });
});

test('a file outside of the repository has no path; one that is gone has the first line', async () => {
  const root = await folderWith({ 'blog/a.md': POST, 'b.md': POST });
  const notes = [
    note({ file: '../b.md' }),
    note({ file: 'gone.md' }),
    note({ file: '..a.md' }),
    note({ file: null }),
  ];
  const placed = placeNotes(notes, { from: join(root, 'blog'), root: join(root, 'blog') });
  expect(placed.map(({ path, line }) => [path, line])).toEqual([
    [null, null],
    ['gone.md', 1],
    ['..a.md', 1],
    [null, null],
  ]);
});

test('folders that are links count as what they lead to, and a file that is a link keeps its name', async () => {
  const root = await folderWith({ 'repo/blog/a.md': POST });
  await symlink(join(root, 'repo'), join(root, 'link'));
  await symlink(join(root, 'repo/blog/a.md'), join(root, 'repo/blog/b.md'));
  const from = join(root, 'link/blog');
  const placed = placeNotes([note({ file: 'a.md' }), note({ file: 'b.md' })], {
    from,
    root: join(root, 'repo'),
  });
  expect(placed.map(({ path, line }) => [path, line])).toEqual([
    ['blog/a.md', 3],
    ['blog/b.md', 3],
  ]);
});

test('the root is the nearest checkout inside of the folder that the CI names, else that folder', async () => {
  const root = await folderWith({ 'work/site/blog/a.md': POST });
  const blog = join(root, 'work/site/blog');
  expect(repositoryRoot(blog, join(root, 'work'))).toBe(join(root, 'work'));
  await mkdir(join(root, 'work/site/.git'));
  expect(repositoryRoot(blog, join(root, 'work'))).toBe(join(root, 'work/site'));
  expect(repositoryRoot(blog, undefined)).toBe(blog);
  // A checkout that the CI does not mean.
  await mkdir(join(root, '.git'));
  await mkdir(join(root, 'other'));
  expect(repositoryRoot(join(root, 'other'), join(root, 'work'))).toBe(join(root, 'work'));
});
