import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locate } from './locate.ts';
import { addFiles, folderWith } from '../testing/files.ts';

async function blog(): Promise<{ root: string; base: string; folders: { root: string; static: string[] } }> {
  const outer = await folderWith({
    'secret.png': '',
    'assets/shared.png': '',
    'blog/content/posts/beside.png': '',
    'blog/content/up.png': '',
    'blog/content/posts/my cover.png': '',
    'blog/public/img/a.png': '',
    'blog/static/img/a.png': '',
    'blog/static/b.png': '',
  });
  const root = join(outer, 'blog');
  const folders = { root, static: [join(root, 'public'), join(root, 'static'), join(outer, 'assets')] };
  return { root, base: join(root, 'content/posts'), folders };
}

test.each([
  ['beside.png', 'content/posts/beside.png'],
  ['./beside.png', 'content/posts/beside.png'],
  ['../up.png', 'content/up.png'],
  ['/img/a.png', 'public/img/a.png'],
  ['img/a.png', 'public/img/a.png'],
  ['/b.png', 'static/b.png'],
  ['beside.png?v=2#x', 'content/posts/beside.png'],
  ['my%20cover.png', 'content/posts/my cover.png'],
  ['my cover.png', 'content/posts/my cover.png'],
  ['shared.png', '../assets/shared.png'],
])('finds %j at %j', async (reference, path) => {
  const { root, base, folders } = await blog();
  expect(await locate(reference, base, folders)).toEqual({ kind: 'file', path: join(root, path) });
});

test('prefers the file whose name has the characters that an address would give a meaning', async () => {
  const { root, base, folders } = await blog();
  await addFiles(root, { 'content/posts/a#1.png': '', 'content/posts/a': '' });
  expect(await locate('a#1.png', base, folders)).toEqual({ kind: 'file', path: join(base, 'a#1.png') });
});

test.each(['nope.png', '/nope.png', 'content', '', 'nul\0.png', '%E0%A4%A'])(
  'says where %j was looked for',
  async (reference) => {
    const { base, folders } = await blog();
    await expect(locate(reference, base, folders)).rejects.toThrow(/is not there; looked for|lies outside/);
  },
);

test.each(['../../../secret.png', '/../../secret.png', '../../../../../../../../etc/passwd'])(
  'does not look outside the blog for %j',
  async (reference) => {
    const { base, folders } = await blog();
    await expect(locate(reference, base, folders)).rejects.toThrow(/lies outside|is not there/);
  },
);

const remote = (href: string) => ({ kind: 'remote', url: new URL(href) });

test('tells an address and an inline picture from a file', async () => {
  const { base, folders } = await blog();
  expect(await locate('https://x.example/a.png', base, folders)).toEqual(remote('https://x.example/a.png'));
  expect(await locate('//x.example/a.png', base, folders)).toEqual(remote('https://x.example/a.png'));
  expect(await locate('http://x.example/a.png', base, folders)).toEqual(remote('http://x.example/a.png'));
  expect(await locate('file:///etc/passwd', base, folders)).toEqual(remote('file:///etc/passwd'));
  expect(await locate('data:image/png;base64,aGk=', base, folders)).toEqual({
    kind: 'inline',
    bytes: Buffer.from('hi'),
  });
});
