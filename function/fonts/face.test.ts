import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complement, formatRanges, isDeclaredFor, parseRanges } from './face.ts';
import type { Face } from './face.ts';

const range = fc
  .tuple(fc.nat(0x10_ffff), fc.nat(0x10_ffff))
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);

test('ranges survive being written and read', () => {
  fc.assert(
    fc.property(fc.array(range, { minLength: 1 }), (ranges) => {
      expect(parseRanges(formatRanges(ranges))).toEqual(ranges);
    }),
  );
});

test('a range and its complement share no code point and leave none out', () => {
  expect(complement(parseRanges('U+0-7E,U+A0-AC,U+10FFFF'))).toEqual(parseRanges('U+7F-9F,U+AD-10FFFE'));
  expect(complement(parseRanges('U+41'))).toEqual(parseRanges('U+0-40,U+42-10FFFF'));
});

test.each(['', 'U+', 'U+00??', 'U+110000000', '0041', 'U+41-'])('%j is refused as a range', (text) => {
  expect(() => parseRanges(text)).toThrow(SyntaxError);
});

test('a face without ranges is declared for everything, another for what is inside them, ends included', () => {
  const face: Face = {
    family: 'F',
    style: 'normal',
    weight: '400',
    ranges: parseRanges('U+41-5A, U+3042'),
    file: '',
    base: true,
  };
  const inside = [0x40, 0x41, 0x5a, 0x5b, 0x3042].map((codePoint) => isDeclaredFor(face, codePoint));
  expect(inside).toEqual([false, true, true, false, true]);
  expect(isDeclaredFor({ ...face, ranges: null }, 0x5b)).toBe(true);
});
