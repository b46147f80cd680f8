import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metasOfHead } from '../testing/metas.ts';
import { rewrite } from './rewrite.ts';
import type { WantedTags } from './rewrite.ts';
import { jsonLdOf } from './json-ld.ts';
import { imageTags, pageTags } from './tags.ts';

const URL = 'https://site.example/og/a.0123456789ab.jpg';
const SQUARE = 'https://site.example/og/a-square.0123456789ab.jpg';
const image = { url: URL, width: 1200, height: 630, type: 'image/jpeg', alt: 'Über "alles" & 日本' };
const ONE: WantedTags = {
  image: imageTags([image]),
  page: pageTags({ title: '<b>', description: 'D', url: null, type: 'website', lang: 'de' }),
  data: null,
};
const several = [image, { ...image, url: SQUARE, height: 1200 }];
const SEVERAL: WantedTags = {
  ...ONE,
  image: imageTags(several),
  data: jsonLdOf(several, { type: 'article', url: 'https://site.example/a/?b=1&c=~' }),
};
const wanted = fc.constantFrom(ONE, SEVERAL);
const NOTHING: WantedTags = { image: [], page: [], data: null };
const ours = (address: string) => address === URL || address === SQUARE;

function run(bytes: Buffer, wanted = ONE): Buffer | null {
  const result = rewrite(bytes, true, wanted, ours);
  if (result === null || result.kind === 'refused') return null;
  return result.kind === 'same' ? bytes : result.bytes;
}

/** Pieces of markup, whole and broken, in any order. None names an image: such tags would be replaced. */
const piece = fc.constantFrom(
  '<!doctype html>',
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<html lang=de>',
  '<HTML>',
  '</html>',
  '<head>',
  '<HEAD class=x>',
  '</head>',
  '</HEAD>',
  '<body>',
  '</body>',
  '<frameset>',
  '<div>',
  '</div>',
  '<meta charset=utf-8>',
  '<META CHARSET="shift_jis">',
  '<meta charset=iso-2022-jp>',
  '<meta name=a',

  '<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">',
  '<meta property="og:title" content=T>',

  '<title>',
  '</title>',
  'text',
  ' ',
  '\n',
  '\r\n  ',
  '<!--',
  '-->',
  '<!-- </head> -->',
  '<!>',
  '<![CDATA[',
  ']]>',

  '<script>',
  '</script>',
  '<script>"</head>"</script>',
  '<style>',
  '</style>',
  '<template>',
  '</template>',

  '<noscript>',
  '</noscript>',
  '<textarea>',
  '</textarea>',
  '<svg>',
  '</svg>',
  '<svg/>',
  '<title/>',
  '<plaintext>',

  '<link rel=canonical href=/a>',
  '<base href=/>',
  '<p>',
  '</p>',
  '</br>',
  '<select>',
  '<table>',
  '"',
  "'",
  '<',
  '>',
  '&',

  '<a href="x>y">',
  '\0',
  'ü',
  '日本',
  '\u001b$B',
  '\u001b(B',
  '<!--[if IE]><html class=ie><![endif]-->',
  '<xmp>',

  '</head x="',
  '<meta content="',
  '<!doctype',
  '<!-->',
  '<!--->',
  '--!>',
  'x'.repeat(900),
);
const markup = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
const encoded = fc
  .tuple(markup, fc.constantFrom('utf8', 'latin1', 'utf16le', 'utf16be', 'bom'))
  .map(([text, encoding]): Buffer => {
    if (encoding === 'bom') return Buffer.from(`\uFEFF${text}`);
    if (encoding === 'utf16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
    if (encoding === 'utf16be') return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
    return Buffer.from(text, encoding);
  });
const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const page = fc.oneof(
  { weight: 6, arbitrary: encoded },
  { weight: 3, arbitrary: fc.tuple(encoded, noise, encoded).map((parts) => Buffer.concat(parts)) },
  { weight: 1, arbitrary: noise },
);

describe('writing tags into any page', () => {
  it('leaves the page that was, once the tags are taken out', () => {
    fc.assert(
      fc.property(page, wanted, (bytes, wanted) => {
        const written = run(bytes, wanted);
        if (written === null) return;
        expect(run(written, NOTHING)?.equals(bytes)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('does the same twice as once', () => {
    fc.assert(
      fc.property(page, wanted, (bytes, wanted) => {
        const written = run(bytes, wanted);
        if (written !== null) expect(rewrite(written, true, wanted, ours)).toEqual({ kind: 'same' });
      }),
      { numRuns: 2000 },
    );
  });

  it('puts them where an HTML parser has its head', () => {
    fc.assert(
      fc.property(markup, wanted, (text, wanted) => {
        const written = run(Buffer.from(text), wanted);
        if (written === null) return;
        expect(metasOfHead(written.toString())).toMatchObject({
          'og:image': wanted === ONE ? [URL] : [URL, SQUARE],
          'twitter:image': [URL],
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('does the same twice as once where the page names other images, and keeps one of them in mind', () => {
    const foreign = fc.constantFrom(
      '<meta property="og:image" content="/a.png">',
      '<meta name="twitter:image" content="https://x.example/b.png">',
      '<meta property="og:image:width" content="1">',
      '<meta name="twitter:card" content="summary">',
      '<meta property="og:locale" content="de">',
      '<meta property="og:title" content="Theirs">',
      `<meta property="og:image" content="${URL}">`,
      '<meta name="og-sync:image" content="/mine.png">',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, foreign), { maxLength: 16 }), wanted, (pieces, wanted) => {
        const written = run(Buffer.from(pieces.join('')), wanted);
        if (written === null) return;
        expect(rewrite(written, true, wanted, ours)).toEqual({ kind: 'same' });
        expect(
          metasOfHead(written.toString())['og:image']?.filter((address) => address === URL),
        ).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });

  it('can be done to every page of sound encoding', () => {
    fc.assert(
      fc.property(markup, (text) => {
        expect(run(Buffer.from(`<!doctype html><meta charset=utf-8>${text}`))).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});
