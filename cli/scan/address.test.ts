import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathProblem } from '../../function/text/slug.ts';
import {
  addressOfField,
  addressOfFile,
  fixedPart,
  placeholderOf,
  slugOfAddress,
  suggestSlug,
} from './address.ts';

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
  ['content/posts/hello.md', 'content', '/posts/hello/', 'posts/hello'],
  ['content/posts/hello/index.mdx', 'content', '/posts/hello/', 'posts/hello'],
  ['content/index.md', 'content', '/', 'index'],
  ['index.md', '', '/', 'index'],
  ['content/v1.2.md', 'content', '/v1.2/', 'v1.2'],
  ['content/a.html.md', 'content', '/a.html/', 'a.html'],
  ['content/indexes.md', 'content', '/indexes/', 'indexes'],
  ['content/cafe\u0301.md', 'content', '/caf\u00e9/', 'caf\u00e9'],
  ['../notes/a.md', '../notes', '/a/', 'a'],
  ['content/My first post.md', 'content', '/My first post/', 'My-first-post'],
  ['content/what? #1 100%.md', 'content', '/what? #1 100%/', 'what---1-100-'],
  ['content/50%25.md', 'content', '/50%25/', '50-25'],
  ["content/it's @me, C++.md", 'content', "/it's @me, C++/", 'it-s--me--C--'],
])('gives %j below %j the address %j and the slug %j', (file, fixed, address, slug) => {
  expect(addressOfFile(file, fixed)).toBe(address);
  expect(slugOfAddress(address)).toBe(slug);
});

const SITE = 'https://www.blog.example/base/';

test.each([
  ['/posts/hello/', null, '/posts/hello/'],
  ['posts/hello.html?x=1#top', null, '/posts/hello.html'],
  ['//posts', SITE, null],
  ['hello', SITE, '/hello'],
  ['/', SITE, '/'],
  ['/caf%C3%A9/', SITE, '/café/'],
  ['/50%/', SITE, '/50%/'],
  ['https://blog.example/base/caf%C3%A9/', SITE, '/café/'],
  ['https://blog.example/base/posts/hello?x#y', SITE, '/posts/hello'],
  ['http://BLOG.example/base/a/', SITE, '/a/'],
  ['//blog.example/base/a/', SITE, '/a/'],
  ['https://blog.example/other', SITE, '/other'],
  ['https://blog.example', SITE, '/'],
  ['https://blog.example:8080/a', SITE, null],
  ['https://other.example/base/a', SITE, null],
  ['https://blog.example.evil.example/base/a', SITE, null],
  ['https://other.example/a', null, null],
  ['mailto:a@b.example', SITE, '/mailto:a@b.example'],
])('reads %j of a link on %j as the address %j', (value, site, address) => {
  expect(addressOfField(value, site, { link: true })).toBe(address);
});

test('takes a whole address without a site for the path it has, unless it may be a link', () => {
  expect(addressOfField('https://x.example/a/', null, { link: false })).toBe('/a/');
  expect(addressOfField('https://x.example/a/', SITE, { link: false })).toBeNull();
});

test.each([
  ['/posts/hello/', 'posts/hello'],
  ['hello', 'hello'],
  ['/', 'index'],
  ['/posts/index.html', 'posts'],
  ['/café/', 'café'],
  ['/50%/', '50-'],
  ['../../etc/passwd', '../../etc/passwd'],
])('makes of the address %j the slug %j', (address, slug) => {
  expect(slugOfAddress(address)).toBe(slug);
});

test.each([
  ['/:year/:title/', ':year'],
  ['/blog/{{ title | slugify }}/', '{{'],
  ['/<%= slug %>/', '<%'],
  ['/a:b/', null],
  ['/a/b/', null],
])('finds in %j the placeholder %j', (address, placeholder) => {
  expect(placeholderOf(address)).toBe(placeholder);
});

test.each([
  ['My first post', 'My-first-post'],
  ['../secret', 'secret'],
  ['a//b', 'a/b'],
  ['c++ & c#', 'c-----c-'],
  ['a\u0000b', 'a-b'],
  ['..', null],
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
  expect(addressOfFile(`content/${'/'.repeat(100_000)}x`, 'content')).toContain('//');
  expect(addressOfField(`a${'/'.repeat(100_000)}b`, SITE, { link: true })).toContain('//');
  expect(addressOfField(`//${'/'.repeat(100_000)}b`, SITE, { link: true })).toBeNull();
});
