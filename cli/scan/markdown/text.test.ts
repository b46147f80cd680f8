import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headingOf } from './heading.ts';
import { plainText } from './text.ts';

describe('the text that a reader sees', () => {
  it.each([
    ['*x* and `<div>`', 'x and <div>'],
    ['**Bold**, _soft_ &amp; ~~gone~~', 'Bold, soft & gone'],
    ['a [link](https://x.example) and ![a picture](x.png)', 'a link and'],
    ['![Only a picture](x.png)', 'Only a picture'],
    ['__DEV__, __init__ and snake_case_name', '__DEV__, __init__ and snake_case_name'],
    ['Why <ul> matters & <a> too', 'Why <ul> matters & <a> too'],
    ['Vec<T> and <Badge text="new" />', 'Vec<T> and'],
    ['2 * 3 * 4 < 5', '2 * 3 * 4 < 5'],
    ['\\*not soft\\*', '*not soft*'],
    ['**', '**'],
  ])('of the markdown %s is %s', (text, plain) => {
    expect(plainText(text, 'markdown')).toBe(plain);
  });

  it.each([
    ['Hello, <code>world</code>', 'Hello, world'],
    ['&quot;Quoted&quot; &#8217;round', '"Quoted" ’round'],
    ['one<br>two <img src="x"> three', 'one two three'],
    ['<style>x { }</style>shown', 'shown'],
    ['*stars* stay, AT&T too', '*stars* stay, AT&T too'],
    ['The <UL> element', 'The <UL> element'],
  ])('of the HTML %s is %s', (text, plain) => {
    expect(plainText(text, 'html')).toBe(plain);
  });

  it('of plain text is the text, on one line', () => {
    expect(plainText(' *a*\n`b` ', 'plain')).toBe('*a* `b`');
  });

  it('is never nothing, and markup that is gone stays gone', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('markdown', 'html'),
        (text, kind) => {
          fc.pre(text.trim() !== '');
          expect(plainText(text, kind as 'html')).not.toBe('');
        },
      ),
    );
  });

  it('takes time in proportion to the text', () => {
    for (const sign of ['<a ', '*', '_', '`', '&', '[', '![', '<a/', '__a', '\\', '<!--'])
      for (const kind of ['markdown', 'html'] as const) {
        const start = performance.now();
        plainText(sign.repeat(20_000), kind);
        expect(performance.now() - start, `${sign} as ${kind}`).toBeLessThan(2_000);
      }
  });
});

describe('the first heading', () => {
  it.each([
    ['# A', 'A'],
    ['---\ntitle: x\n---\n\n## Below\n\n# Above all', 'Above all'],
    ['## Only below', 'Only below'],
    ['Set *ext*\n===', 'Set ext'],
    ['```\n# no\n```\n\n~~~\n# no\n~~~\n    # no\n\n# yes ##', 'yes'],
    ['<!-- # no -->\n\n<div>\n# no\n</div>\n\n# yes', 'yes'],
    ['> # quoted\n\n# yes', 'yes'],
    ['# With `code` {#an-id}', 'With code'],
    ["import X from './x';\n\n# After <X /> imports", 'After imports'],
    ['#no heading', null],
    ['#\n\n# second', 'second'],
    ['+++\ntitle = "x"\n+++\n# toml', 'toml'],
    ['Only text', null],
  ])('of %j is %j', (text, heading) => {
    expect(headingOf(text)).toBe(heading);
  });

  it('is that of level 1 alone where the generator takes no other', () => {
    expect(headingOf('## A\n\ntext', 'level-1')).toBeNull();
  });
});
