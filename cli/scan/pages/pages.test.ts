import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../../testing/files.ts';
import { readBuiltSite } from './pages.ts';
import type { PageOptions } from './pages.ts';
import { postOfPage } from './post.ts';

const OPTIONS: PageOptions = {
  siteUrl: 'https://site.example/docs/',
  siteName: null,
  own: 'card',
  isOurs: (address) => address.startsWith('https://site.example/docs/og/'),
};

const page = (title: string, more = '') =>
  `<!doctype html><html><head><title>${title}</title>${more}</head><body></body></html>`;

const canonical = (href: string) => `<link rel=canonical href="${href}">`;

async function read(files: Record<string, string>, options: Partial<PageOptions> = {}) {
  const site = await readBuiltSite(await folderWith(files), { ...OPTIONS, ...options });
  const own = site.pages.filter(({ leftOut }) => leftOut === null);
  return {
    ...site,
    addresses: own.map(({ address }) => address),
    reasons: Object.fromEntries(site.pages.map(({ file, leftOut }) => [file, leftOut])),
    posts: own.map((one) => postOfPage(one, site, 'public').fields),
    titles: own.map((one) => postOfPage(one, site, 'public').fields.title),
  };
}

describe('the addresses of built pages', () => {
  it('follow the files', async () => {
    const { addresses, posts } = await read({
      'index.html': page('Home'),
      'a/index.html': page('A'),
      'b.html': page('B'),
      'c/d/index.htm': page('D'),
      'e/index.xhtml': page('E'),
      'style.css': '',
      'de/über uns/index.html': page('F'),
    });
    expect(addresses).toEqual(['/a/', '/b.html', '/c/d/', '/de/über uns/', '/e/index.xhtml', '/']);
    expect(posts.map(({ slug }) => slug)).toEqual(['a', 'b', 'c/d', 'de/über-uns', 'e/index.xhtml', 'index']);
  });

  it('are what the canonical address says, on the own host and below the own path', async () => {
    const { addresses } = await read({
      'a.html': page('A', canonical('https://site.example/docs/a')),
      'b.html': page('B', canonical('https://www.site.example/docs/bee/')),
      'c.html': page('C', canonical('https://medium.example/c')),
      'd.html': page('D', canonical('https://site.example/elsewhere/d')),
      'e.html': page('E', canonical('/docs/%C3%A9')),
      'f/index.html': page('F', canonical('http://[')),
    });
    expect(addresses).toEqual(['/a', '/bee/', '/c.html', '/d.html', '/é', '/f/']);
  });

  it('leave a copy out, and do not believe a canonical address that all pages have', async () => {
    const copies = await read({
      'blog/index.html': page('Blog', canonical('https://site.example/docs/blog/')),
      'blog/page/2/index.html': page('Blog 2', canonical('https://site.example/docs/blog/')),
      'print/x.html': page('X', canonical('https://site.example/docs/x')),
      'pdf/x.html': page('X', canonical('https://site.example/docs/x')),
    });
    expect(copies.reasons).toEqual({
      'blog/index.html': null,
      'blog/page/2/index.html': 'copy',
      'pdf/x.html': null,
      'print/x.html': 'copy',
    });
    const files = Object.fromEntries(
      ['index', 'a', 'b', 'c'].map((name) => [
        `${name}.html`,
        page(name, canonical('https://site.example/docs/')),
      ]),
    );
    expect((await read(files)).addresses).toEqual(['/a.html', '/b.html', '/c.html', '/']);
  });
});

describe('the pages that get no card', () => {
  it('are counted by reason', async () => {
    const { reasons } = await read(
      {
        'index.html': page('Home'),
        '404.html': page('Lost'),
        'de/404/index.html': page('Verloren'),
        'pt-BR/404.html': page('Perdido'),
        'posts/404/index.html': page('The 404th post'),
        'old.html': page('Old', '<meta http-equiv=refresh content="0; url=/">'),
        'tags.html': page('Tags', '<meta name=robots content=noindex>'),
        'off.html': page('Off', '<meta name=og-sync content=off>'),
        'own.html': page('Own', '<meta property=og:image content=/own.png>'),
        'googleabc.html': 'google-site-verification: abc',
      },
      { own: 'keep' },
    );
    expect(reasons).toEqual({
      'index.html': null,
      '404.html': 'not_found',
      'de/404/index.html': 'not_found',
      'pt-BR/404.html': 'not_found',
      'posts/404/index.html': null,
      'old.html': 'redirect',
      'tags.html': 'noindex',
      'off.html': 'off',
      'own.html': 'own_image',
      'googleabc.html': 'untitled',
    });
  });

  it('are not those whose picture is the one of the whole site', async () => {
    const shared = '<meta property=og:image content=/site.png>';
    const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.html`, page(name, shared)]));
    const site = await read(
      { ...files, 'own.html': page('Own', '<meta property=og:image content=/own.png>') },
      { own: 'keep' },
    );
    expect(site.reasons).toEqual({ 'a.html': null, 'b.html': null, 'c.html': null, 'own.html': 'own_image' });
    expect(site.posts.map(({ image }) => image)).toEqual([undefined, undefined, undefined]);
  });
});

describe('the title of a post', () => {
  it.each([
    ['at the end', ['A | Site', 'B | Site', 'C - D | Site', 'Site'], ['A', 'B', 'C - D', 'Site']],
    ['in front', ['Site: A', 'Site: B', 'Site: C'], ['A', 'B', 'C']],
    [
      'with a long dash',
      ['A — Site 1.0 documentation', 'B — Site 1.0 documentation', 'C — Site 1.0 documentation'],
      ['A', 'B', 'C'],
    ],
    ['that few share', ['A | X', 'B | X', 'C', 'D', 'E'], ['A | X', 'B | X', 'C', 'D', 'E']],
    ['in words', ['re-use', 'semi-final', 'co-op'], ['re-use', 'semi-final', 'co-op']],
  ])('loses what all share %s', async (_name, titles, expected) => {
    const files = Object.fromEntries(titles.map((title, index) => [`${index}.html`, page(title)]));
    expect((await read(files)).titles).toEqual(expected);
  });

  it('loses the name of the site on a single page', async () => {
    expect((await read({ 'a.html': page('A | Site') }, { siteName: 'Site' })).titles).toEqual(['A']);
    expect(
      (await read({ 'a.html': page('A | Site', '<meta property=og:site_name content=Site>') })).titles,
    ).toEqual(['A']);
  });

  it('is taken in this order: its own, og:title, the heading, the title', async () => {
    const own = '<meta name="og-sync:title" content=O>';
    const og = '<meta property="og:title" content=G>';
    const { titles } = await read({
      '1.html': `<title>T</title>${own}${og}<h1>H1</h1>`,
      '2.html': `<title>T</title>${og}<h1>H2</h1>`,
      '3.html': '<title>T</title><h1>H</h1>',
      '4.html': '<title>T</title>',
    });
    expect(titles).toEqual(['O', 'G', 'H', 'T']);
  });

  it('is not a heading that all pages share', async () => {
    const files = Object.fromEntries(
      ['A', 'B', 'C'].map((name) => [`${name}.html`, `<title>${name}</title><h1>My site</h1>`]),
    );
    expect((await read(files)).titles).toEqual(['A', 'B', 'C']);
  });
});

it('a page that cannot be read is told, a link is read, and a post carries all that its page says', async () => {
  const root = await folderWith({
    'img/a.png': '',
    'a.html':
      '<html lang=de><head><title>T</title><meta name=description content=D><meta property=article:published_time content="2024-01-02 10:00"><meta name=author content=Ada><meta property=article:tag content=x><meta property=og:image content=img/a.png><meta name=og-sync:template content=docs></head>',
  });
  await symlink(join(root, 'a.html'), join(root, 'b.html'));
  await symlink(join(root, 'gone'), join(root, 'c.html'));
  await writeFile(join(root, 'empty.html'), '');
  const site = await readBuiltSite(root, OPTIONS);
  expect(site.pages.map(({ file, leftOut }) => [file, leftOut])).toEqual([
    ['a.html', null],
    ['b.html', null],
    ['empty.html', 'untitled'],
  ]);
  const [first] = site.pages;
  expect(first && postOfPage(first, site, 'public')).toMatchObject({
    file: 'public/a.html',
    fields: {
      slug: 'a',
      title: 'T',
      description: 'D',
      date: '2024-01-02T10:00:00Z',
      author: 'Ada',
      tags: ['x'],
      image: '/img/a.png',
      template: 'docs',
      lang: 'de',
      address: '/a.html',
    },
    frontMatter: { address: '/a.html' },
  });
});
