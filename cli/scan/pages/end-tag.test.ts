import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { endOfEndTag } from './end-tag.ts';

test.each([
  ['</p>x', '</p>'],
  ['</p >x', '</p >'],
  ['</p a>x', '</p a>'],
  ['</p a="x>y">x', '</p a="x>y">'],
  ["</p a = 'x>y' b>x", "</p a = 'x>y' b>"],
  ['</p a=x"y>x', '</p a=x"y>'],
  ['</p "a>b">x', '</p "a>'],
  ['</p/ ="a">x', '</p/ ="a">'],
  ['</p a="x>', null],
  ['</p a', null],
])('%s', (text, tag) => {
  const end = endOfEndTag(text, 3);
  expect(end < 0 ? null : text.slice(0, end)).toBe(tag);
});

const piece = fc.constantFrom('a', '=', '"', "'", '>', '/', ' ', '\n', 'b');

test('any end tag ends where an HTML parser ends it', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = `</p ${pieces.join('')}T`;
      const before = '<p>';
      const { childNodes } = parseFragment(before + text, { sourceCodeLocationInfo: true });
      // What stands behind the tag, and there is always something, is text of its own.
      const behind = childNodes.find(({ nodeName }) => nodeName === '#text');
      const start = behind?.sourceCodeLocation?.startOffset;
      expect(endOfEndTag(text, 3)).toBe(start === undefined ? -1 : start - before.length);
    }),
    { numRuns: 2000 },
  );
});
