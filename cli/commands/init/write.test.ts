import { chmod, lstat, readFile, readdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../../testing/files.ts';
import { writeAll } from './write.ts';

const FILES = { 'a.json': 'old a', 'deep/b.yml': 'old b' };
const change = [
  { file: 'a.json', text: 'new a', before: 'old a' },
  { file: 'og.config.ts', text: 'new', before: null },
  { file: 'deep/b.yml', text: 'new b', before: 'old b' },
];
const read = (folder: string, file: string) => readFile(join(folder, file), 'utf8');

test('writes all, with the modes the files had, through links', async () => {
  const folder = await folderWith({ 'deep/b.yml': 'old b', 'real/a.json': 'old a' });
  await chmod(join(folder, 'real/a.json'), 0o640);
  await symlink('real/a.json', join(folder, 'a.json'));
  await writeAll(folder, change);
  expect(await read(folder, 'real/a.json')).toBe('new a');
  expect((await lstat(join(folder, 'a.json'))).isSymbolicLink()).toBe(true);
  expect((await stat(join(folder, 'a.json'))).mode & 0o777).toBe(0o640);
  expect(await read(folder, 'og.config.ts')).toBe('new');
  expect(await readdir(join(folder, 'deep'))).toEqual(['b.yml']);
});

test.each([
  [
    'a file that changed since it was shown',
    { ...change[2], before: 'what was shown' },
    'it changed meanwhile',
  ],
  ['a folder that is gone', { file: 'gone/c.yml', text: 'new', before: null }, 'ENOENT'],
  [
    'a file that came up meanwhile',
    { file: 'deep/b.yml', text: 'new', before: null },
    'it changed meanwhile',
  ],
])('%s: nothing is written at all', async (_, last, said) => {
  const folder = await folderWith(FILES);
  const texts = [...change.slice(0, 2), last as (typeof change)[number]];
  await expect(writeAll(folder, texts)).rejects.toThrow(said);
  expect(await read(folder, 'a.json')).toBe('old a');
  expect(await read(folder, 'deep/b.yml')).toBe('old b');
  expect((await readdir(folder)).toSorted()).toEqual(['a.json', 'deep']);
});
