import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headingOf } from './heading.ts';
import { spannedHtml, spansOf } from '../../../function/text/marks.ts';
import { plainText, readInline } from './text.ts';
import { meant, soup, faultOfMeant, faultOfSoup } from './testing/inline-model.ts';

function html(source: string, kind: 'markdown' | 'html'): string {
  const { text, marks } = readInline(source, kind);
  return spannedHtml(text, spansOf(marks));
}

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

describe('the marks of a text', () => {
  it.each([
    [
      'Use `a  <b>` **now *or* never** and ~~later~~',
      'Use <code>a &lt;b&gt;</code> <strong>now <em>or</em> never</strong> and <s>later</s>',
    ],
    ['A [link to `code`](https://x.example) ![p](p.png)', 'A link to <code>code</code>'],
    ['E = mc<sup>2</sup> &copy; AT&amp;T', 'E = mc<sup>2</sup> © AT&amp;T'],
    [
      'Why <b> and <b>bold</b> differ, </ul> too',
      'Why &lt;b&gt; and <strong>bold</strong> differ, &lt;/ul&gt; too',
    ],
    ['The <em> element, *really*', 'The &lt;em&gt; element, <em>really</em>'],
    ['<img src=x onerror=alert(1)>`<script>`', '<code>&lt;script&gt;</code>'],
    ['2 * 3 * 4, snake_case, __DEV__, a ` alone', '2 * 3 * 4, snake_case, __DEV__, a ` alone'],
    ['x <!-- never closed', 'x &lt;!-- never closed'],
  ])('of the markdown %s', (source, shown) => {
    expect(html(source, 'markdown')).toBe(shown);
  });

  it.each([
    ['<kbd>Ctrl</kbd> and <i class="x">this</i>', '<code>Ctrl</code> and <em>this</em>'],
    ['<b><i>both</b> ways', '<strong>&lt;i&gt;both</strong> ways'],
    ['Why <script> tags block', 'Why &lt;script&gt; tags block'],
    ['<svg/>a <svg><b>x</b></svg>b <a href="', 'a b &lt;a href=&quot;'],
  ])('of the HTML %s', (source, shown) => {
    expect(html(source, 'html')).toBe(shown);
  });

  it('are those that the source meant, and its plain text is the source without them', () => {
    fc.assert(
      fc.property(meant, (one) => {
        expect(faultOfMeant(one)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('come out of any text without a tag of its own', () => {
    fc.assert(
      fc.property(soup, (source) => {
        expect(faultOfSoup(source)).toBeNull();
      }),
      { numRuns: 2000 },
    );
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
    expect(headingOf(text)?.text ?? null).toBe(heading);
  });

  it('is that of level 1 alone where the generator takes no other', () => {
    expect(headingOf('## A\n\ntext', 'level-1')).toBeNull();
  });
});
