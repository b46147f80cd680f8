import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDrawing } from '../images.ts';

const NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"';
const svg = (inner: string, head = ''): string => `${head}<svg ${NS} width="30" height="20">${inner}</svg>`;
const verdict = async (text: string): Promise<string> =>
  checkDrawing(Buffer.from(text)).then(
    () => 'ok',
    (error: Error) => error.message,
  );

const SIZE = 200_000;
const fill = (part: string) => part.repeat(Math.ceil(SIZE / part.length));

describe('the time it takes', () => {
  /** What backtracking expressions, recursion and nested searches stumble over. */
  const HOSTILE: [string, string][] = [
    ['spaces after url(', svg(`<rect fill="url(${fill(' ')}"/>`)],
    ['spaces before a style', svg(`<rect style="${fill(' ')}"/>`)],
    ['half open tags', svg(fill('<use '))],
    ['open tags', svg(fill('<g>'))],
    ['attributes', svg(`<g ${Array.from({ length: 30_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`)],
    ['classes', svg(`<g class="${fill('a ')}"/>`)],
    ['comments of a sheet', svg(`<style>${fill('/*')}</style>`)],
    ['open blocks', svg(`<style>${fill('a{')}</style>`)],
    ['selectors', svg(`<style>${fill('a,')}b{fill:url(#a)}</style>`)],
    ['rules for all', svg(`<style>${fill('*{fill:url(#a)}')}</style>${'<g/>'.repeat(10_000)}`)],
    ['brackets', svg(`<style>${fill('(')}</style>`)],
    ['backslashes', svg(`<style>${fill('\\')}</style>`)],
    ['white space at the head', fill(' ') + svg('')],
    ['addresses', svg(fill('<a id="a"/><use href="#a"/>'))],
    ['percent signs', svg(`<image href="data:image/svg+xml,${fill('%')}"/>`)],
    ['a doctype', `<!DOCTYPE svg ${fill('"" ')}>${svg('')}`],
    ['encodings', `<?xml version="1.0" ${fill('encoding ')}?>${svg('')}`],
  ];
  it.each(HOSTILE)('is short and leaves others their turn: %s', async (_, text) => {
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const startedAt = performance.now();
    await verdict(text);
    clearInterval(timer);
    longest = Math.max(longest, performance.now() - last);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(longest).toBeLessThan(800);
  });

  it('ends with a verdict for whatever is thrown at it', async () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      "'",
      '=',
      '<g ',
      '<use href="#',
      '<style>',
      '</style>',
      'url(',
      ')',
      '{',
      '}',
      'a',
      ' ',
      '&',
      ';',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '\\',
      '\uD800',
      '🚀',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (parts) => {
        expect(await verdict(svg(parts.join('')))).toMatch(
          /^(?:ok|An image cannot be used: it is an SVG with )/,
        );
      }),
    );
  });
});
