import { describe, expect, test } from 'vitest';
import { card, failure, folderOf } from '../testing/own-templates.ts';

describe('a style sheet of _shared', () => {
  test.each([
    [`@import '_shared/a.css';`, 'i{x:url("data:image/svg+xml;base64,PHN2Zy8+")}'],
    [`@import url(_shared/a.css);`, 'i{x:url("data:'],
    [`@IMPORT url( "_shared/a.css" ) ;`, 'i{x:url("data:'],
    [`/* @import 'no.css'; */ b{content:"@import 'no.css';"}@import "_shared/a.css"`, 'i{x:url("data:'],
    [`@import '_shared/a.css' screen and (min-width: 1px);`, '@media screen and (min-width: 1px){i{x:'],
    [
      `@import '_shared/a.css' layer(base) supports(display: grid) screen;`,
      '@media screen{@supports (display: grid){@layer base{i{x:',
    ],
    [`@import '_shared/a.css' layer;`, '@layer{i{x:'],
    [`@import '_shared/sub/b.css';`, 'i{x:url("data:'],
    [`@import 'parts/own.css';`, 'i{x:url("data:'],
    [`@import url(https://example.org/x.css);`, '@import url(https://example.org/x.css);'],
  ])('is put where it is imported, with its pictures: %s', async (css, expected) => {
    const folder = await folderOf({
      't/card.html': 'x',
      't/card.css': `${css}\nu{y:1}`.replace(/"_shared\/a\.css"\nu/, '"_shared/a.css";\nu'),
      't/parts/own.css': "@import '../_shared/a.css';",
      '_shared/a.css': 'i{x:url(img/m.svg)}',
      '_shared/sub/b.css': "@import '../a.css';",
      '_shared/img/m.svg': '<svg/>',
    });
    const { head } = await card(folder);
    expect(head).toContain(expected);
    expect(head).toContain('u{y:1}');
  });

  test('brings the fonts that it names', async () => {
    const folder = await folderOf({
      't/card.html': 'x',
      't/card.css': "@import '_shared/a.css';",
      '_shared/a.css': "p{font-family:'JetBrains Mono'}",
    });
    expect((await card(folder)).head).toContain('@font-face{font-family:"JetBrains Mono"');
  });
});
describe('a mistake is named with its own file and line', () => {
  test.each([
    [
      { '_shared/a.css': "\n@import 'b.css';", '_shared/b.css': "@import 'a.css';" },
      'imports "a.css" in _shared/b.css, line 1, and that goes in a circle: card.css → _shared/a.css → _shared/b.css → _shared/a.css',
    ],
    [
      { '_shared/a.css': "p{}\n@import 'no.css';" },
      'imports "no.css" in _shared/a.css, line 2, and there is no such file',
    ],
    [
      { '_shared/a.css': "@import 'b.css';\n\np{x:url(no.svg)}", '_shared/b.css': '' },
      '"no.svg" in _shared/a.css, line 3',
    ],
    [
      { '_shared/a.css': '', '_shared/x.liquid': '\n{{ 1 | nosuch }}' },
      'failed in _shared/x.liquid, line 2: undefined filter: nosuch',
    ],
    [
      { '_shared/a.css': '', '_shared/x.liquid': '\n\n<img src="no.png">' },
      '"no.png" in _shared/x.liquid, line 3',
    ],
    [
      { '_shared/a.css': '', '_shared/x.liquid': "{% render '_shared/x.liquid' %}" },
      'The template "t" failed in',
    ],
  ])('%j', async (files: Record<string, string>, message) => {
    const folder = await folderOf({
      't/card.html': "{% render '_shared/x.liquid' %}",
      't/card.css': "@import '_shared/a.css';",
      '_shared/x.liquid': '',
      ...files,
    });
    expect(await failure(folder)).toContain(message);
  });

  test('style sheets that double at each step end early', async () => {
    const steps = Array.from({ length: 40 }, (_, at): [string, string] => [
      `_shared/${at}.css`,
      `p{color:red}@import '${at + 1}.css';@import '${at + 1}.css';`,
    ]);
    const folder = await folderOf({
      't/card.html': 'x',
      't/card.css': "@import '_shared/0.css';",
      ...Object.fromEntries(steps),
      '_shared/40.css': 'p{}',
    });
    expect(await failure(folder)).toContain('a style sheet may have 2000000 characters');
  });
});
