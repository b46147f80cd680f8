import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Item } from '../plan/plan.ts';
import { item } from '../testing/items.ts';
import { changedLines, changedPage, replacements } from './changed.ts';
import { createColors } from './colors.ts';
import { createLinks, fileAddress } from './links.ts';
import { wrapLine } from './wrap.ts';

const HASHED = '{slug}.{hash}.{ext}';
const held = (fingerprint: string) => ({ fingerprint, etag: 'e', bytes: 1, modified: new Date(0) });
const hashed = (slug: string, digit: string): Item => ({
  ...item(`${slug}.${digit.repeat(12)}.jpg`, digit.repeat(64)),
  slug,
  address: `/${slug}/`,
  pattern: HASHED,
});

test('a picture replaces another one under its key, or under an older key of its slug', () => {
  const same = item('same.jpg', '1'.repeat(64));
  const forced = item('forced.jpg', '2'.repeat(64));
  const fresh = item('fresh.jpg', '3'.repeat(64));
  const moved = hashed('moved', 'a');
  const born = hashed('born', 'b');
  const inventory = new Map([
    ['same.jpg', held('0'.repeat(64))],
    ['forced.jpg', held('2'.repeat(64))],
    [`moved.${'c'.repeat(12)}.jpg`, held('c'.repeat(12))],
    [`born/deep.${'c'.repeat(12)}.jpg`, held('c'.repeat(12))],
  ]);
  const found = replacements({ create: [fresh, moved, born], update: [same, forced] }, inventory);
  expect([...found].map(({ slug }) => slug)).toEqual(['same', 'moved']);
});

test.each([
  ['/2024/hello/', 'https://blog.example/', 'https://blog.example/2024/hello/'],
  ['/a.html', 'https://blog.example/sub/', 'https://blog.example/sub/a.html'],
  ['/', 'https://blog.example/', 'https://blog.example/'],
  [
    '/日本 語/50%?#',
    'https://blog.example/',
    'https://blog.example/%E6%97%A5%E6%9C%AC%20%E8%AA%9E/50%25%3F%23',
  ],
])('the page %s of %s is %s, and each network is given that', (address, site, page) => {
  const changed = changedPage({ address }, site, null);
  expect(changed.page).toBe(page);
  expect(new URL(changed.refresh.facebook).searchParams.get('q')).toBe(page);
  expect(decodeURIComponent(new URL(changed.refresh.linkedin).pathname).slice(1)).toBe(
    `post-inspector/inspect/${page}`,
  );
  expect(changed.refresh.telegram).toBe('https://t.me/WebpageBot');
});

const pages = Array.from({ length: 5 }, (_, at) =>
  changedPage({ address: `/p${at}/` }, 'https://blog.example/', null),
);
const plain = { colors: createColors(false), link: createLinks(false), verbose: false };

test('the first few are named and the rest is counted; --verbose has all, with every address', () => {
  expect(changedLines([], plain)).toEqual([]);
  const lines = changedLines(pages, plain);
  expect(lines).toHaveLength(6);
  expect(lines[0]).toContain('5 pages with another picture');
  expect(lines[4]).toContain('… and 2 more');
  expect(lines.join('\n')).not.toContain('facebook');
  const all = changedLines(pages, { ...plain, verbose: true }).join('\n');
  for (const { page, refresh } of pages)
    for (const address of [page, refresh.facebook, refresh.linkedin]) expect(all).toContain(address);
  expect(all).toContain('@WebpageBot');
});

test('where a terminal takes links, the names of the networks are links, and a narrow one breaks none', () => {
  const line = changedLines(pages.slice(0, 1), { ...plain, link: createLinks(true) })[1] ?? '';
  expect(stripVTControlCharacters(line)).toBe('           https://blog.example/p0/  Facebook, LinkedIn');
  expect(line).toContain(`\u001B]8;;${pages[0]?.refresh.facebook}\u0007Facebook\u001B]8;;\u0007`);
  for (const columns of [20, 40, 60])
    for (const part of wrapLine(line, columns).split('\n')) {
      expect(stripVTControlCharacters(part).length).toBeLessThanOrEqual(columns);
      // Each part closes what it opens.
      const [, ...links] = part.split('\u001B]8;;');
      expect(links.filter((after) => after.startsWith('\u0007'))).toHaveLength(links.length / 2);
    }
});

test('an address of strangers stays inside of its link', () => {
  const link = createLinks(true)('x', 'https://a.example/\u0007\u001B]8;;https://evil.example\u0007é (1)+');
  expect(link.split('\u001B]8;;')).toHaveLength(3);
  expect(stripVTControlCharacters(link)).toBe('x');
  expect(createLinks(false)('x', 'https://a.example')).toBe('x');
  expect(fileAddress('s3://bucket/images/')).toBeNull();
  expect(fileAddress('/a b/c')).toBe('file:///a%20b/c');
});
