import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathProblem } from '../../function/contract.ts';
import { fixedPart, slugOfAddress, slugOfFile, suggestSlug } from './address.ts';

test.each([
  ['content/posts/**/*.md', 'content/posts'],
  ['./content/*.md', 'content'],
  ['content/{blog,docs}/*.md', 'content'],
  ['**/*.md', ''],
  ['content/a.md', 'content'],
  ['a.md', ''],
  ['src/(pages)/*.md', 'src'],
  ['../notes/*.md', '../notes'],
])('takes the fixed part of %j for %j', (glob, fixed) => {
  expect(fixedPart(glob)).toBe(fixed);
});

test.each([
  ['content/posts/hello.md', 'content', 'posts/hello'],
  ['content/posts/hello/index.mdx', 'content', 'posts/hello'],
  ['content/index.md', 'content', 'index'],
  ['index.md', '', 'index'],
  ['content/v1.2.md', 'content', 'v1.2'],
  ['content/indexes.md', 'content', 'indexes'],
  ['content/cafe\u0301.md', 'content', 'caf\u00e9'],
  ['../notes/a.md', '../notes', 'a'],
])('gives %j below %j the slug %j', (file, fixed, slug) => {
  expect(slugOfFile(file, fixed)).toBe(slug);
});

test.each([
  ['/posts/hello/', 'posts/hello'],
  ['https://blog.example/posts/hello.html?x=1#top', 'posts/hello'],
  ['https://blog.example', 'index'],
  ['https://blog.example/', 'index'],
  ['hello', 'hello'],
  ['/', 'index'],
  ['/posts/index.html', 'posts'],
  ['/caf%C3%A9/', 'café'],
  ['/50%/', '50%'],
  ['../../etc/passwd', '../../etc/passwd'],
])('reads the address %j as the slug %j', (address, slug) => {
  expect(slugOfAddress(address)).toBe(slug);
});

test.each([
  ['My first post', 'My-first-post'],
  ['../secret', 'secret'],
  ['a//b', 'a/b'],
  ['c++ & c#', 'c-c'],
  ['???', null],
])('suggests for %j the slug %j', (slug, suggestion) => {
  expect(suggestSlug(slug)).toBe(suggestion);
});

test('suggests only what can be a slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const suggestion = suggestSlug(text);
      expect(suggestion === null || pathProblem(suggestion) === null).toBe(true);
    }),
  );
});

test('takes any address apart without outer slashes, and the same way twice', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.stringMatching(/^[/a.%]*$/)), (address) => {
      const slug = slugOfAddress(address);
      expect(slug).not.toBe('');
      expect(slug === '/' || !/^\/|\/$/.test(slug)).toBe(true);
    }),
  );
});

test('is quick with a hundred thousand slashes', () => {
  expect(slugOfAddress(`a${'/'.repeat(100_000)}b`)).toContain('//');
  expect(slugOfFile(`content/${'/'.repeat(100_000)}x`, 'content')).toContain('//');
});
