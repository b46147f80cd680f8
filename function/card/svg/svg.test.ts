import { describe, expect, it } from 'vitest';
import { checkDrawing } from '../images.ts';

const NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"';
const svg = (inner: string, head = ''): string => `${head}<svg ${NS} width="30" height="20">${inner}</svg>`;
const verdict = async (text: string): Promise<string> =>
  checkDrawing(Buffer.from(text)).then(
    () => 'ok',
    (error: Error) => error.message,
  );

/** Each level refers ten times to the one below. */
function tower(
  levels: number,
  refer: (id: string) => string,
  holder = (id: string, x: string) => `<g id="${id}">${x}</g>`,
): string {
  const floors = Array.from({ length: levels }, (_, at) => holder(`a${at + 1}`, refer(`a${at}`).repeat(10)));
  return svg(
    `<defs>${holder('a0', '<rect width="9" height="9"/>')}${floors.join('')}</defs>${refer(`a${levels}`)}`,
  );
}
const pattern = (id: string, x: string) => `<pattern id="${id}" width="9" height="9">${x}</pattern>`;
const chain = (length: number) =>
  svg(Array.from({ length }, (_, at) => `<g id="b${at}"><use href="#b${at + 1}"/></g>`).join(''));
const inner = (text: string) => `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`;
const shadow = (n: number) =>
  `<filter id="f${n}"><feFlood/><feColorMatrix in="SourceAlpha"/><feOffset dy="4"/><feGaussianBlur stdDeviation="2"/><feBlend/></filter><rect filter="url(#f${n})" width="9" height="9"/>`;
const blur = '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>';

describe('an SVG that multiplies itself', () => {
  it.each([
    ['by use', tower(5, (id) => `<use href="#${id}"/>`)],
    ['by use with the old name of href', tower(5, (id) => `<use x:href="#${id}"/>`)],
    ['by patterns', tower(5, (id) => `<rect fill="url(#${id})"/>`, pattern)],
    ['by patterns in quotes', tower(5, (id) => `<rect fill="url( '#${id}' )"/>`, pattern)],
    ['by patterns in a style', tower(5, (id) => `<rect style="fill:url(#${id})"/>`, pattern)],
    [
      'by patterns spelled with escapes',
      tower(5, (id) => String.raw`<rect style="fi\6c l:u\72l(#${id})"/>`, pattern),
    ],
    [
      'by patterns of a style sheet',
      tower(5, (id) => `<style>.${id}{fill:url(#${id})}</style><rect class="${id}"/>`, pattern),
    ],
    [
      'by masks',
      tower(
        5,
        (id) => `<rect mask="url(#${id})"/>`,
        (id, x) => `<mask id="${id}">${x}</mask>`,
      ),
    ],
    [
      'by clip paths',
      tower(
        5,
        (id) => `<rect clip-path="url(#${id})"/>`,
        (id, x) => `<clipPath id="${id}">${x}</clipPath>`,
      ),
    ],
    [
      'by markers',
      svg(
        `<marker id="m">${'<rect/>'.repeat(50)}</marker><path marker-mid="url(#m)" d="M0 0${'h1v1'.repeat(5000)}"/>`,
      ),
    ],
    [
      'by what is handed down',
      svg(`<pattern id="p">${'<rect/>'.repeat(500)}</pattern><g fill="url(#p)">${'<rect/>'.repeat(500)}</g>`),
    ],
    [
      'by a sheet for all',
      svg(
        `<pattern id="p"><g>${'<path/>'.repeat(500)}</g></pattern><style>rect{fill:url(#p)}</style>${'<rect/>'.repeat(500)}`,
      ),
    ],
    [
      'by a sheet with media',
      svg(
        `<pattern id="p"><g>${'<path/>'.repeat(500)}</g></pattern><style>@media all{g > .a:hover, b.c{fill:url(#p)}}</style>${'<rect class="a"/>'.repeat(500)}`,
      ),
    ],
    [
      'by symbols',
      tower(
        5,
        (id) => `<use href="#${id}"/>`,
        (id, x) => `<symbol id="${id}">${x}</symbol>`,
      ),
    ],
    ['by filters', svg(`${blur}${'<rect filter="url(#f)"/>'.repeat(600)}`)],
    ['by filter functions', svg(`<g style="filter:${'blur(9px) '.repeat(600)}"/>`)],
    ['by filters of a sheet', svg(`<style>rect{filter:blur(9px) blur(9px)}</style>${'<rect/>'.repeat(300)}`)],
    [
      'by one filter of many steps',
      svg(
        `<filter id="f">${'<feGaussianBlur stdDeviation="9"/>'.repeat(600)}</filter><rect filter="url(#f)"/>`,
      ),
    ],
    ['by noise', svg('<filter id="f"><feTurbulence numOctaves="999999"/></filter><rect filter="url(#f)"/>')],
    [
      'by a large matrix',
      svg('<filter id="f"><feConvolveMatrix order="99"/></filter><rect filter="url(#f)"/>'),
    ],
    ['by rules', svg(`<style>${'*{fill:red}'.repeat(5000)}</style>${'<g/>'.repeat(5000)}`)],
    [
      'by long selectors',
      svg(`<style>${`${'g '.repeat(2000)}{fill:red}`.repeat(8)}</style>${'<g/>'.repeat(5000)}`),
    ],
    ['by lists of selectors', svg(`<style>${'.a,'.repeat(4000)}b{fill:red}</style>${'<g/>'.repeat(5000)}`)],
    ['by a long text', svg(`<text id="t">${'x'.repeat(100_000)}</text>${'<use href="#t"/>'.repeat(100)}`)],
  ])('%s is refused', async (_, text) => {
    expect(text.length).toBeLessThan(150_000);
    expect(await verdict(text)).toContain('too much to draw');
  });

  it.each([
    ['use', svg('<g id="a"><use href="#a"/></g>')],
    ['two', svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')],
    ['pattern', svg('<pattern id="a"><rect fill="url(#a)"/></pattern>')],
    ['filter', svg('<filter id="a"><feImage href="#b"/></filter><g id="b" filter="url(#a)"/>')],
  ])('without end is refused: %s', async (_, text) => {
    expect(await verdict(text)).toContain('refers to itself');
  });

  it.each([
    ['elements', svg('<g>'.repeat(3000) + '</g>'.repeat(3000))],
    ['references', chain(3000)],
  ])('in depth is refused: %s', async (_, text) => {
    expect(await verdict(text)).toContain('deep in each other');
  });

  it('in pictures is refused', async () => {
    const deep = [1, 2, 3].reduce((text) => svg(`<image href="${inner(text)}"/>`), svg(''));
    expect(await verdict(deep)).toContain('deep in each other');
    const many = svg(`<image href="${inner(svg(''))}"/>`.repeat(300));
    expect(await verdict(many)).toContain('more than 200 pictures');
    expect(
      await verdict(svg(`<image href="${inner(tower(5, (id) => `<use href="#${id}"/>`))}"/>`)),
    ).toContain('too much');
    expect(
      await verdict(svg(`<image href="data:image/svg+xml,${encodeURIComponent(svg('<script/>'))}"/>`)),
    ).toContain('a script');
    expect(
      await verdict(
        svg(
          `<rect style="mask-image:url(&quot;data:image/svg+xml,${encodeURIComponent(svg('<script/>'))}&quot;)"/>`,
        ),
      ),
    ).toContain('a script');
  });
});

describe('an SVG as people draw them', () => {
  it('may have a class for each of 300 colours and 5,000 shapes', async () => {
    const rules = Array.from({ length: 300 }, (_, at) => `.cls-${at}{fill:#${at}}`).join('');
    const shapes = Array.from({ length: 5000 }, (_, at) => `<path class="cls-${at % 300}" d="M0 0h1v1z"/>`);
    expect(await verdict(svg(`<style>${rules}</style>${shapes.join('')}`))).toBe('ok');
  });

  it.each([
    ['many shapes', svg('<path d="M0 0h1v1z" fill="#123"/>'.repeat(20_000))],
    [
      'gradients by class',
      svg(
        `<style>${Array.from({ length: 50 }, (_, n) => `.c${n}{fill:url(#g${n});clip-path:url(#k)}`).join('')}</style><clipPath id="k"><path d="M0 0h9"/></clipPath>${Array.from({ length: 50 }, (_, n) => `<linearGradient id="g${n}"><stop/><stop/></linearGradient>`).join('')}${Array.from({ length: 2000 }, (_, n) => `<path class="c${n % 50}" d="M0 0h9v9z"/>`).join('')}`,
      ),
    ],
    ['shadows of a design tool', svg(Array.from({ length: 40 }, (_, n) => shadow(n)).join(''))],
    [
      'icons of a sprite',
      svg(`<symbol id="s"><path d="M0 0h9"/></symbol>${'<use href="#s"/>'.repeat(1000)}`),
    ],
    [
      'arrow heads',
      svg(
        `<marker id="m"><path d="M0 0h9"/></marker>${'<path marker-end="url(#m)" d="M0 0h9v9h9v9"/>'.repeat(500)}`,
      ),
    ],
    [
      'fonts by their code points',
      svg(
        String.raw`<text style="font-family:'\5FAE\8F6F'">x</text><style>@font-face{font-family:a;src:url(data:font/woff2;base64,AAAA)}</style>`,
      ),
    ],
    [
      'a declaration and a comment',
      svg(
        '<!-- <script> --><text>a &lt;script&gt; onclick=1</text>',
        '\uFEFF<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
      ),
    ],
    [
      'a link and words of a path',
      svg('<a href="https://example.org/"><text aria-label="see (url)" data-x="C:\\a(b)">url(x)</text></a>'),
    ],
    [
      'other name spaces',
      svg(
        '<metadata xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:RDF r:about="http://example.org"/></metadata>',
      ),
    ],
    ['references to nothing', svg('<use href="#none"/><rect fill="url(#none)" filter="url()"/>')],
  ])('passes: %s', async (_, text) => {
    expect(await verdict(text)).toBe('ok');
  });
});

describe('what hides', () => {
  it.each([
    ['a script', svg('<x:script xmlns:x="http://www.w3.org/2000/svg"/>')],
    ['a script', svg('<SCRIPT/>')],
    ['a reference to another file', svg('<image href="ht&#10;tp://127.0.0.1/"/>')],
    ['a reference to another file', svg('<use href="data:image/svg+xml,x#a"/>')],
    [
      'a style that refers to another file',
      svg(String.raw`<rect style="fill:u\72 l('ht\74p://127.0.0.1/')"/>`),
    ],
    ['a style that refers to another file', svg('<rect fill="url(a.svg#b)"/>')],
    ['a style that refers to another file', svg('<style><![CDATA[a{mask:url(/b)}]]></style>')],
    ['a style that refers to another file', svg('<style>a{background:image-set("b.png" 1x)}</style>')],
    ['a style that refers to another file', svg('<style>/*</style><style>*/a{mask:url(/b)}</style>')],
    ['a style import', svg(String.raw`<style>@\69mport "a.css"</style>`)],
    ['an entity declaration', svg('', '<!DOCTYPE svg [<!ATTLIST rect filter CDATA "url(#f)">]>')],
    ['foreign content', svg('<html:img xmlns:html="http://www.w3.org/1999/xhtml" src="http://127.0.0.1/"/>')],
    ['another encoding', svg('', '<?xml version="1.0" encoding="UTF-7"?>')],
    ['a fault in its XML', svg('<rect a="1" a="2"/>')],
    ['a fault in its XML', svg('&unknown;')],
    ['a fault in its XML', svg('<rect')],
    ['no namespace', '<svg><rect/></svg>'],
    ['the element <html>', '<html xmlns="http://www.w3.org/2000/svg"/>'],
  ])('%s is found: %s', async (what, text) => {
    expect(await verdict(text)).toContain(`it is an SVG with ${what}`);
  });
});
