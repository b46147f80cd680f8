import { describe, expect, it } from 'vitest';
import { headOf } from './head.ts';
import type { PageHead } from './head.ts';
import { outlineOf } from './outline.ts';
import { openView } from './view.ts';

const OURS = 'https://site.example/og/';

function read(html: string | Buffer): PageHead {
  const outline = outlineOf(openView(Buffer.from(html), true), { body: true });
  if (outline === null) throw new Error('The whole page is there.');
  return headOf(outline, (address) => address.startsWith(OURS));
}

describe('the titles of a page', () => {
  it.each([
    ['entities', '<title>A &amp; B &#8217;s &hellip;</title>', { title: 'A & B ’s …' }],
    ['white space', '<title>\n  A\n\tB  </title>', { title: 'A B' }],
    ['tags in a title', '<title>a <b> c</title>', { title: 'a <b> c' }],
    ['the first of two', '<title>A</title><title>B</title>', { title: 'A' }],
    ['the title of an svg', '<body><svg><title>S</title></svg>', { title: null }],
    ['og:title', '<meta property="og:title" content="A &quot;B&quot;">', { og: 'A "B"' }],
    ['og:title as a name', '<meta name="og:title" content=A>', { og: 'A' }],
    ['a title of its own', '<meta name="og-sync:title" content="Own">', { own: 'Own' }],
    ['one that og-sync wrote', '<meta property="og:title" content="A" data-og-sync="">', { og: null }],
    ['a heading', '<body><h1>A</h1>', { heading: 'A' }],
    ['code in a heading', '<h1>The <code>map()</code> function</h1>', { heading: 'The map() function' }],
    ['a link to itself', '<h1>A <a class="headerlink" href="#a">¶</a></h1>', { heading: 'A' }],
    [
      'a link with no text to see',
      '<h1>A <a href="#a" aria-label="Link to A">\u200B</a></h1>',
      { heading: 'A' },
    ],
    ['a link around it', '<h1><a href="/a">A</a></h1>', { heading: 'A' }],
    [
      'hidden words',
      '<h1><span aria-hidden="true">#</span><span hidden>x</span>A<svg><text>t</text></svg></h1>',
      { heading: 'A' },
    ],
    ['a line break', '<h1>A<br>B</h1>', { heading: 'A B' }],
    ['an empty heading first', '<h1><img src=logo></h1><h1>A</h1>', { heading: 'A' }],
    ['a heading in a template', '<template><h1>T</h1></template><h1>A</h1>', { heading: 'A' }],
    ['a heading in noscript', '<body><noscript><h1>N</h1></noscript><h1>A</h1>', { heading: 'A' }],
    ['a heading in a comment', '<!-- <h1>C</h1> --><h1>A</h1>', { heading: 'A' }],
    ['a heading in a script', '<script>"<h1>S</h1>"</script><h1>A</h1>', { heading: 'A' }],
  ])('%s', (_name, html, expected) => {
    expect(read(html).titles).toMatchObject(expected);
  });
});

describe('the encoding of a page', () => {
  it.each([
    ['UTF-8', Buffer.from('<title>Über 日本</title>'), 'Über 日本'],
    ['a mark', Buffer.from('\uFEFF<meta charset=latin1><title>Über</title>'), 'Über'],
    ['no declaration and no UTF-8', Buffer.from('<title>\xdcber \x93x\x94</title>', 'latin1'), 'Über “x”'],
    ['a meta charset', Buffer.from('<meta charset="iso-8859-2"><title>\xb1</title>', 'latin1'), 'ą'],
    [
      'http-equiv',
      Buffer.from(
        '<meta http-equiv=content-type content="text/html;charset=koi8-r"><title>\xf0</title>',
        'latin1',
      ),
      'П',
    ],
    [
      'an XML declaration',
      Buffer.from('<?xml version="1.0" encoding="windows-1251"?><title>\xcf</title>', 'latin1'),
      'П',
    ],
    [
      'Shift_JIS, a character of which ends like a backslash',
      Buffer.concat([
        Buffer.from('<meta charset=shift_jis><title>'),
        Buffer.from([0x83, 0x5c, 0x95, 0x5c]),
        Buffer.from('</title>'),
      ]),
      'ソ表',
    ],
    [
      'ISO-2022-JP, characters of which look like tags',
      Buffer.from('<meta charset=iso-2022-jp><title>\x1b$B<+\x1b(B</title>', 'latin1'),
      '自',
    ],
    ['UTF-16', Buffer.from('\uFEFF<title>Über</title>', 'utf16le'), 'Über'],
    ['an encoding that browsers refuse', Buffer.from('<meta charset=hz-gb-2312><title>A</title>'), 'A'],
  ])('%s', (_name, bytes, title) => {
    expect(read(bytes).titles.title).toBe(title);
  });
});

describe('what else a page says', () => {
  it.each<[string, string, Partial<PageHead>]>([
    ['a description', '<meta name=description content="D">', { description: 'D' }],
    [
      'the one for networks first',
      '<meta name=description content=D><meta property=og:description content=O>',
      { description: 'O' },
    ],
    ['a language', '<html lang="de-AT">', { lang: 'de-AT' }],
    [
      'a date',
      '<meta property="article:published_time" content="2024-01-02T10:00:00Z">',
      { date: '2024-01-02T10:00:00Z' },
    ],
    [
      'a date in JSON-LD',
      '<script type="application/ld+json">{"@type":"BlogPosting","datePublished":"2024-01-02"}</script>',
      { date: '2024-01-02' },
    ],
    [
      'a date beside the heading',
      '<body><h1>A</h1><time datetime="2024-01-02">x</time>',
      { date: '2024-01-02' },
    ],
    [
      'a date before the heading',
      '<body><main><time datetime="2024-01-02">x</time><h1>A</h1>',
      { date: '2024-01-02' },
    ],
    [
      'no date of a list',
      `<body><h1>A</h1>${'<a>x</a><time datetime="2024-01-02">x</time>'.repeat(3)}`,
      { date: null },
    ],
    [
      'no date of another page',
      '<body><h1>A</h1><p>x<h2>More</h2><time datetime="2024-01-02">x</time>',
      { date: null },
    ],
    [
      'no date in the menu',
      '<body><nav><time datetime="2024-01-02">x</time></nav><h1>A</h1>',
      { date: null },
    ],
    ['an author', '<meta name=author content="Ada">', { author: 'Ada' }],
    [
      'no profile for an author',
      '<meta property="article:author" content="https://facebook.com/ada">',
      { author: null },
    ],
    [
      'an author in JSON-LD',
      '<script type=application/ld+json>{"@graph":[{"@type":"Article","author":{"@id":"#a"}},{"@id":"#a","name":"Ada"}]}</script>',
      { author: 'Ada' },
    ],
    [
      'tags',
      '<meta property="article:tag" content="a"><meta property="article:tag" content="b">',
      { tags: ['a', 'b'] },
    ],
    ['a canonical address', '<link rel="Canonical nofollow" href=" /a/ ">', { canonical: '/a/' }],
    [
      'a picture',
      '<meta property="og:image" content="/a.png">',
      { pictures: ['/a.png'], ownImage: '/a.png' },
    ],
    [
      'a picture of ours',
      `<meta property="og:image" content="${OURS}a.jpg">`,
      { pictures: [], ownImage: null },
    ],
    [
      'a picture in JSON-LD',
      '<script type="application/ld+json">{"@type":"Article","image":["/a.png"]}</script>',
      { pictures: ['/a.png'], ownImage: null },
    ],
    [
      'the picture that stood there before ours',
      '<meta property="og:image" content="/x.jpg" data-og-sync=""><meta name="og-sync:image" content="/a.png" data-og-sync="">',
      { pictures: ['/a.png'] },
    ],
    [
      'broken JSON-LD',
      '<script type="application/ld+json">{"@type":</script><meta name=author content=Ada>',
      { author: 'Ada' },
    ],
    [
      'JSON-LD of the site',
      '<script type="application/ld+json">{"@type":"WebSite","image":"/a.png"}</script>',
      { pictures: [] },
    ],
    ['a template', '<meta name="og-sync:template" content="docs">', { template: 'docs' }],
    ['an alternative text', '<meta name="og-sync:alt" content="A card">', { alt: 'A card' }],
  ])('%s', (_name, html, expected) => {
    expect(read(html)).toMatchObject(expected);
  });

  it.each([
    ['a page', '<title>T</title>', null],
    ['og-sync: off', '<meta name="og-sync" content="off">', 'off'],
    ['noindex', '<meta name="robots" content="NoIndex, follow">', 'noindex'],
    ['none', '<meta name="robots" content="none">', 'noindex'],
    ['index', '<meta name="robots" content="index, follow, max-image-preview:large">', null],
    ['a redirect', '<meta http-equiv="Refresh" content="0; url=/b/">', 'redirect'],
    ['a redirect, loosely', '<meta http-equiv=refresh content="0 url=/b/">', 'redirect'],
    ['a page that loads itself again', '<meta http-equiv="refresh" content="30">', null],
    [
      'a redirect without scripts',
      '<noscript><meta http-equiv="refresh" content="0; url=/b/"></noscript>',
      null,
    ],
  ])('%s', (_name, html, leftOut) => {
    expect(read(html).leftOut).toBe(leftOut);
  });

  it('ends where the head ends, unless a heading is to be found', () => {
    const view = openView(
      Buffer.from(`<head><title>T</title></head><body><h1>A</h1><h2>B</h2>${'x'.repeat(50)}`),
      false,
    );
    expect(outlineOf(view, { body: false })).toMatchObject({ title: 'T', heading: null });
    expect(outlineOf(view, { body: true })).toMatchObject({ title: 'T', heading: 'A' });
    expect(
      outlineOf(openView(Buffer.from('<head><title>T</title></head><body><p>'), false), { body: true }),
    ).toBeNull();
  });
});
