import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../config/config.ts';
import { folderWith } from '../testing/files.ts';
import type { GridEntry } from './api.ts';
import { cropText } from './page/crop.ts';
import { ANY, filter } from './page/filter.ts';
import { hrefOf, routeOf } from './page/route.ts';
import { rememberingReader } from './reader.ts';
import { SAMPLES } from './samples.ts';
import { changeOf } from './watch.ts';
import { join } from 'node:path';
import { utimes, writeFile } from 'node:fs/promises';

const entry = (more: Partial<GridEntry>): GridEntry => ({
  id: 'content/a.md',
  fingerprint: null,
  shots: [],
  title: 'A',
  slug: 'a',
  address: '/a/',
  template: 'default',
  lang: 'en',
  status: 'stored',
  warnings: null,
  problem: null,
  ...more,
});

describe('what is searched', () => {
  test.each([
    ['ecole', true],
    ['ÉCOLE été', true],
    ['content/b', true],
    ['/b/ l’', true],
    ['école nothing', false],
    ['  ', true],
  ])('%j finds it: %s', (text, isFound) => {
    const entries = [entry({ id: 'content/b.md', title: 'L’École d’été', slug: 'b', address: '/b/' })];
    expect(filter(entries, { ...ANY, text })).toHaveLength(isFound ? 1 : 0);
  });

  test('filters narrow one another', () => {
    const entries = [entry({ status: 'new', lang: 'de' }), entry({ status: 'new' }), entry({ lang: 'de' })];
    expect(filter(entries, { ...ANY, show: 'new', lang: 'de' })).toHaveLength(1);
  });
});

test.each([
  [1200 / 630, 1.91, 'Whole picture'],
  [1200 / 630, null, 'Whole picture'],
  [1200 / 630, 1, 'Cuts 48 % off, left and right'],
  [1, 1.91, 'Cuts 48 % off, top and bottom'],
])('a picture of %f in a frame of %s: %s', (picture, frame, text) => {
  expect(cropText(picture, frame)).toBe(text);
});

test.each([
  { at: 'posts' },
  { at: 'bench' },
  { at: 'post', id: 'content/a b/100%#é?.md' },
  { at: 'sample', template: 'default', sample: 'no-date' },
] as const)('the address of $at leads back to it', (route) => {
  expect(routeOf(hrefOf(route))).toEqual(route);
});

test('a sample has as many characters as it says', () => {
  const numbered = SAMPLES.filter(({ id }) => /^\d+$/.test(id));
  expect(numbered.map(({ post }) => post.title.length)).toEqual(numbered.map(({ id }) => Number(id)));
  expect(numbered).toHaveLength(5);
});

test.each([
  ['/blog/content/a.md', 'posts'],
  ['/blog/_config.yml', 'posts'],
  ['/blog/public/a.png', 'pictures'],
  ['/blog/cards/default/card.css', 'templates'],
  ['/blog/cards/fonts/a.woff2', 'templates'],
  ['/blog/og.config.ts', 'config'],
  ['/blog/og.json', null],
  ['/blog/store/a.jpg', null],
  ['/blog/out/images/a.jpg', null],
])('saving %s changes %s', (path, change) => {
  const config = resolveConfig({ manifest: 'og.json', store: 'store' }, '/blog', null);
  expect(changeOf(path, { config, templates: '/blog/cards' })).toBe(change);
});

test('front matter is read again when its file has changed, and a reader changes nobody else’s copy', async () => {
  const folder = await folderWith({ 'a.md': '---\ntitle: One\ntags: [a]\n---\n' });
  const file = join(folder, 'a.md');
  const read = rememberingReader()(() => {});
  const first = read(file) as { tags: string[] };
  first.tags.push('b');
  expect(read(file)).toEqual({ title: 'One', tags: ['a'] });
  await writeFile(file, '---\ntitle: Two\ntags: [a]\n---\n');
  await utimes(file, new Date(), new Date(Date.now() + 5));
  expect(read(file)).toMatchObject({ title: 'Two' });
});

test('a field that is there twice is told at each scan, also of a file that is remembered', async () => {
  const file = join(await folderWith({ 'a.md': '---\ntitle: One\ntitle: Two\n---\n' }), 'a.md');
  const open = rememberingReader();
  for (const scan of [1, 2]) {
    const told: unknown[] = [];
    open((path, line) => told.push([scan, path, line]))(file);
    expect(told).toEqual([[scan, file, 3]]);
  }
});
