import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandKey } from '../../function/key.ts';
import { pathProblem, toSlug } from '../../function/text/slug.ts';
import { pathBelow, rebaseGlob, shownPath, slashed, storeAddress } from './paths.ts';

describe('on Windows', () => {
  test.each([
    [String.raw`posts\**\*.md`, 'posts/**/*.md'],
    ['posts/**/*.md', 'posts/**/*.md'],
    [String.raw`C:\blog\posts`, 'C:/blog/posts'],
    [String.raw`\\server\share\posts\*.md`, '//server/share/posts/*.md'],
  ])('the glob %s is %s', (written, glob) => {
    expect(slashed(written, win32)).toBe(glob);
  });

  test.each([
    [String.raw`posts\*.md`, String.raw`C:\blog`, String.raw`C:\blog`, 'posts/*.md'],
    [String.raw`posts\*.md`, String.raw`C:\blog\sub`, String.raw`C:\blog`, 'sub/posts/*.md'],
    [String.raw`!posts\old`, String.raw`C:\blog`, String.raw`C:\blog\sub`, '!../posts/old'],
    [String.raw`D:\posts\*.md`, String.raw`C:\blog`, String.raw`C:\blog`, 'D:/posts/*.md'],
    ['posts', String.raw`D:\elsewhere`, String.raw`C:\blog`, 'D:/elsewhere/posts'],
    ['posts', String.raw`\\server\share\blog`, String.raw`C:\blog`, '//server/share/blog/posts'],
  ])('%s of %s is, from %s, %s', (glob, from, to, rebased) => {
    expect(rebaseGlob(glob, from, to, win32)).toBe(rebased);
  });

  test.each([
    ['out/images', String.raw`C:\blog\out\images`],
    [String.raw`out\images`, String.raw`C:\blog\out\images`],
    [String.raw`D:\images`, String.raw`D:\images`],
    [String.raw`\\server\share\images`, String.raw`\\server\share\images`],
    ['s3://bucket/images', 's3://bucket/images'],
  ])('the store %s is %s', (written, address) => {
    expect(storeAddress(written, String.raw`C:\blog`, win32)).toBe(address);
  });

  test.each([
    [String.raw`C:\blog\public\og`, 'og'],
    [String.raw`c:\BLOG\public\og\deep`, 'og/deep'],
    [String.raw`C:\blog\public`, null],
    [String.raw`C:\blog\public-two`, null],
    [String.raw`C:\blog`, null],
    [String.raw`D:\blog\public\og`, null],
    [String.raw`\\server\share\og`, null],
  ])('%s lies below the pages as %s', (store, way) => {
    expect(pathBelow(String.raw`C:\blog\public`, store, win32)).toBe(way);
  });

  test.each([
    [String.raw`C:\blog\out\images`, String.raw`out\images`],
    [String.raw`D:\out`, String.raw`D:\out`],
    [String.raw`\\server\share`, String.raw`\\server\share`],
    ['s3://bucket/images/', 's3://bucket/images/'],
  ])('%s is shown as %s', (address, shown) => {
    expect(shownPath(address, String.raw`C:\blog`, win32)).toBe(shown);
  });
});

describe('elsewhere', () => {
  test('a backslash is a character, and an absolute glob stays', () => {
    expect(slashed(String.raw`a\[b\].md`, posix)).toBe(String.raw`a\[b\].md`);
    expect(rebaseGlob('/posts/*.md', '/blog/sub', '/blog', posix)).toBe('/posts/*.md');
    expect(rebaseGlob('!posts/*.md', '/blog/sub', '/blog', posix)).toBe('!sub/posts/*.md');
    expect(pathBelow('/blog/public', '/blog/public/..og', posix)).toBe('..og');
    expect(shownPath('/blog/out', '/blog', posix)).toBe('out');
    expect(shownPath('/blogs/out', '/blog', posix)).toBe('/blogs/out');
  });
});

test('no slug and no key ever holds a backslash, whatever a file is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('\\', '/', 'a', '.', ' ', 'C:') }), (name) => {
      const slug = toSlug(name);
      expect(slug).not.toContain('\\');
      if (pathProblem(slug) !== null) return;
      const key = expandKey('{slug}.{ext}', {
        slug,
        fingerprint: '0'.repeat(64),
        template: 't',
        format: 'jpeg',
      });
      expect(key).not.toContain('\\');
    }),
  );
  expect(pathProblem(String.raw`a\b`)).toMatch(/a character other than/);
});
