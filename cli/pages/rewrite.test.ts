import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { headOf } from '../scan/pages/head.ts';
import { outlineOf } from '../scan/pages/outline.ts';
import { openView } from '../scan/pages/view.ts';
import { ODD_HEADS } from '../testing/heads.ts';
import { metasOfHead } from '../testing/metas.ts';
import { jsonLdOf } from './json-ld.ts';
import { rewrite } from './rewrite.ts';
import type { WantedTags } from './rewrite.ts';
import { imageTags, pageTags, tagText } from './tags.ts';

const ADDRESS = 'https://site.example/og/a.0123456789ab.jpg';
const image = { url: ADDRESS, width: 1200, height: 630, type: 'image/jpeg', alt: 'Alt' };
const WANTED: WantedTags = {
  data: null,
  image: imageTags([image]),
  page: pageTags({ title: 'Über', description: 'D', url: null, type: 'article', lang: 'de' }),
};
const NOTHING: WantedTags = { image: [], page: [], data: null };
const ours = (address: string) => address === ADDRESS;

function write(html: string | Buffer, wanted = WANTED): Buffer {
  const bytes = Buffer.from(html);
  const result = rewrite(bytes, true, wanted, ours);
  if (result?.kind === 'changed') return result.bytes;
  expect(result).toEqual({ kind: 'same' });
  return bytes;
}

const locale = (said: string) =>
  metasOfHead(write(`<head><meta property="og:locale" content="${said}"></head>`).toString())['og:locale'];

/** How a file may hold a page. */
const FORMS: Readonly<Record<string, (html: string) => Buffer>> = {
  'UTF-8': (html) => Buffer.from(html),
  'UTF-8 with a mark, CRLF': (html) => Buffer.from(`\uFEFF${html.replaceAll('\n', '\r\n')}`),
  'UTF-16': (html) => Buffer.from(`\uFEFF${html}`, 'utf16le'),
  'UTF-16, the other way round': (html) => Buffer.from(`\uFEFF${html}`, 'utf16le').swap16(),
};

describe.each(Object.entries(FORMS))('odd heads in %s', (form, encode) => {
  it.each(ODD_HEADS)('%s', (_name, marked) => {
    const html = marked.replace('¦', '');
    const page = encode(html);
    const written = write(page);
    const again = rewrite(written, true, WANTED, ours);
    expect(again).toEqual({ kind: 'same' });
    expect(write(written, NOTHING).equals(page)).toBe(true);
    const found = metasOfHead(
      new TextDecoder(
        form.startsWith('UTF-16,') ? 'utf-16be' : form.startsWith('UTF-16') ? 'utf-16le' : 'utf-8',
      ).decode(written),
    );
    expect(found['og:image']).toEqual([ADDRESS]);
    expect(found['og:image:width']).toEqual(['1200']);
    expect(found['twitter:card']).toEqual(['summary_large_image']);
    expect(found['og:title']).toHaveLength(1);
    if (form !== 'UTF-8' || !marked.includes('¦')) return;
    expect(written.toString().split('<meta property="og:image"')[0]?.trimEnd()).toBe(marked.split('¦')[0]);
  });
});

describe('what is written', () => {
  it('follows the indentation of the head', () => {
    const html = '<html>\r\n  <head>\r\n    <title>T</title>\r\n  </head>\r\n</html>\r\n';
    const lines = write(html).toString().split('\r\n');
    expect(lines.slice(1, 4)).toEqual([
      '  <head>',
      `    <meta property="og:image" content="${ADDRESS}" data-og-sync="" />`,
      `    <meta property="og:image:secure_url" content="${ADDRESS}" data-og-sync="" />`,
    ]);
  });

  it('says about the page only what the page does not say itself', () => {
    const html =
      '<head><meta property="og:title" content="Own"><meta name="og:description" content="Own D"></head>';
    const found = metasOfHead(write(html).toString());
    expect(found).toMatchObject({
      'og:title': ['Own'],
      'og:description': ['Own D'],
      'og:type': ['article'],
      'og:locale': ['de_DE'],
    });
  });

  it('replaces images of others, and keeps the address of the first for the next run', () => {
    const html =
      '<head><meta property="og:image" content="/own.png"><meta property="og:image:width" content="1"><meta name="twitter:card" content="summary"><meta name="twitter:image" content="/own.png"><meta property="og:image" content="/second.png"></head>';
    const once = write(html);
    const found = metasOfHead(once.toString());
    expect(found['og:image']).toEqual([ADDRESS]);
    expect(found['og:image:width']).toEqual(['1200']);
    expect(found['twitter:card']).toEqual(['summary_large_image']);
    expect(found['og-sync:image']).toEqual(['/own.png']);
    expect(write(once).equals(once)).toBe(true);
  });

  it('replaces a tag that names an image of ours, whoever wrote it', () => {
    const html = `<head><meta property="og:image" content="${ADDRESS}"></head>`;
    const found = metasOfHead(write(html).toString());
    expect(found['og:image']).toEqual([ADDRESS]);
    expect(found['og-sync:image']).toBeUndefined();
  });

  it('takes the place of what an earlier run has written', () => {
    const html = '<html><head>\n<title>T</title></head>';
    const before = write(html);
    const next = {
      ...WANTED,
      image: imageTags([{ ...image, url: 'https://site.example/og/a.ba9876543210.jpg' }]),
    };
    const after = write(before, next);
    expect(metasOfHead(after.toString())['og:image']).toEqual(['https://site.example/og/a.ba9876543210.jpg']);
    expect(write(after, NOTHING).toString()).toBe(html);
  });

  it('corrects a locale that is a language alone, and leaves a sound one', () => {
    expect(locale('de')).toEqual(['de_DE']);
    expect(locale('zh-CN')).toEqual(['de_DE']);
    expect(locale('fr_CA')).toEqual(['fr_CA']);
  });

  it('leaves cards that play something', () => {
    const html = '<head><meta name="twitter:card" content="player"></head>';
    expect(metasOfHead(write(html).toString())['twitter:card']).toEqual(['player']);
  });

  it.each([
    ['iso-8859-1', Buffer.from('<head><meta charset="iso-8859-1"><title>\xdcber \xff\xfe</title>', 'latin1')],
    [
      'shift_jis',
      Buffer.concat([
        Buffer.from('<head><meta charset="shift_jis"><title>'),
        Buffer.from([0x83, 0x5c, 0x95, 0x5c, 0x81]),
        Buffer.from('</title>'),
      ]),
    ],
    [
      'iso-2022-jp',
      Buffer.from(
        '<head><title>\x1b$B<head></head>%"\x1b(B</title><meta charset="iso-2022-jp"></head>',
        'latin1',
      ),
    ],
    [
      'invalid UTF-8',
      Buffer.concat([
        Buffer.from('<head><meta charset=utf-8>'),
        Buffer.from([0xc3, 0x28, 0xff, 0xed, 0xa0, 0x80]),
      ]),
    ],
    [
      'half a UTF-16 unit',
      Buffer.concat([Buffer.from('\uFEFF<head></head>', 'utf16le'), Buffer.from([0x3c])]),
    ],
  ])('keeps every byte of a page in %s', (_name, page) => {
    const written = write(page);
    expect(written.length).toBeGreaterThan(page.length + 500);
    expect(write(written, NOTHING).equals(page)).toBe(true);
  });

  it('repeats a declaration of the encoding that it would push out of the first kilobyte', () => {
    const html = `<!doctype html><div>${'x'.repeat(900)}</div><meta charset="koi8-r"><p>x`;
    const written = write(html);
    expect(written.toString()).toMatch(/^<!doctype html><meta charset="KOI8-R" data-og-sync="" \/>/);
    expect(write(written, NOTHING).toString()).toBe(html);
  });

  it('refuses a page that would be read differently with them', () => {
    const page = Buffer.from('<?x never ends', 'utf16le');
    expect(rewrite(page, true, WANTED, ours)).toMatchObject({ kind: 'refused' });
  });

  it('names all images in JSON-LD that another run knows for its own, whatever the page says in its', () => {
    const theirs = '<script type="application/ld+json">{"@type":"Article","image":"/own.png"}</script>';
    const html = `<!doctype html>\n<html>\n<head>\n  <title>T</title>\n  ${theirs}\n</head>\n<body></body></html>`;
    const url = 'https://site.example/?a=1&b=</script>~é';
    const images = [image, { ...image, url: ADDRESS.replace('a.', 'a-square.'), height: 1200 }];
    const wanted = { ...WANTED, image: imageTags(images), data: jsonLdOf(images, { type: 'article', url }) };
    const written = write(html, wanted).toString();
    const [, text = ''] = /<script [^>]*data-og-sync=""[^>]*>(.*?)<\/script>/.exec(written) ?? [];
    expect(text).toMatch(/^[ -%'-;=?-}]+$/);
    expect(JSON.parse(text)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Article',
      url,
      image: [
        { '@type': 'ImageObject', url: ADDRESS, width: 1200, height: 630 },
        { '@type': 'ImageObject', url: images[1]?.url, width: 1200, height: 1200 },
      ],
    });
    expect(written).toContain(theirs);
    expect(rewrite(Buffer.from(written), true, wanted, ours)).toEqual({ kind: 'same' });
    expect(write(written, WANTED).toString()).toBe(write(html).toString());
    expect(write(written, NOTHING).toString()).toBe(html);
    const head = headOf(outlineOf(openView(Buffer.from(written), true), { body: true })!, () => false);
    expect(head.pictures).toEqual(['/own.png']);
  });

  it('asks for more of a page whose head goes on', () => {
    expect(rewrite(Buffer.from('<head><title>T</title>'), false, WANTED, ours)).toBeNull();
    expect(rewrite(Buffer.from('<head><title>T</title></head><body>'), false, WANTED, ours)).toMatchObject({
      kind: 'changed',
    });
  });

  it('is ASCII, and reads as what was meant', () => {
    const alt = 'Ü "q" <b> & ~\\ 日本 👍 \uD800 \n x';
    const text = tagText({ name: 'og:image:alt', content: alt }, 'data-og-sync');
    expect(text).toMatch(/^[ -}]+$/);
    const found = metasOfHead(`<head>${text}`);
    expect(found['og:image:alt']).toEqual(['Ü "q" <b> & ~\\ 日本 👍 \uFFFD   x']);
    expect(parse(text).childNodes).toHaveLength(1);
  });
});
