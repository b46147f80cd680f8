import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBlog } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import { matchFiles } from './files.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await makeBlog();
  const files = [
    'posts/a.md',
    'posts/deep/b.mdx',
    'posts/old/c.markdown',
    'posts/picture.png',
    'posts/d.txt',
  ];
  for (const file of [...files, 'odd [x] (y)/e.md', 'top.md', 'a.md/f.md', 'node_modules/g.md'])
    await blog.write(file, '');
  await mkdir(join(blog.folder, 'empty'));
});
afterAll(() => blog.close());

const found = async (...content: string[]) =>
  (await matchFiles(blog.folder, content)).map(({ file, fixed }) => `${fixed}|${file}`);

describe('a folder as content', () => {
  test.each(['posts', 'posts/', './posts', 'posts/.', 'posts/deep/..'])(
    '%s means its markdown',
    async (folder) => {
      expect(await found(folder)).toEqual([
        'posts|posts/a.md',
        'posts|posts/deep/b.mdx',
        'posts|posts/old/c.markdown',
      ]);
    },
  );

  test('may be absolute', async () => {
    expect(await found(join(blog.folder, 'posts/deep'))).toEqual(['posts/deep|posts/deep/b.mdx']);
  });

  test('may be the root itself', async () => {
    expect(await found('.')).toContain('|top.md');
    expect(await found('.')).not.toContain('|node_modules/g.md');
  });

  test('may have a name that looks like a glob, or like a file', async () => {
    expect(await found('odd [x] (y)')).toEqual(['odd [x] (y)|odd [x] (y)/e.md']);
    expect(await found('a.md')).toEqual(['a.md|a.md/f.md']);
  });

  test('is taken out with a leading "!"', async () => {
    expect(await found('posts', '!posts/old/', '!posts/deep')).toEqual(['posts|posts/a.md']);
  });

  test('without markdown has none', async () => {
    expect(await found('empty')).toEqual([]);
  });
});

test('globs and files stay what they are', async () => {
  expect(await found('posts/**/*.md')).toEqual(['posts|posts/a.md']);
  expect(await found('top.md')).toEqual(['|top.md']);
  expect(await found('nowhere')).toEqual([]);
});
