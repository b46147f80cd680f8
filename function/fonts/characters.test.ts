import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clustersOf, isBasic } from './characters.ts';

function texts(text: string): string[] {
  return clustersOf(text).map(({ text }) => text);
}

test('basic Latin needs no look at any font', () => {
  expect(isBasic('“Déjà vu” – naïve façade’s €5…')).toBe(true);
  expect(clustersOf('The quick brown fox\n£10')).toEqual([]);
});

test('each character beyond it is listed once, in order', () => {
  expect(texts('日本の日 → α')).toEqual(['日', '本', 'の', '→', 'α']);
});

test('what is not drawn is not listed: joiners, directions, selectors, exotic spaces', () => {
  expect(texts('a\u200d\u200e\u2066\ufe0f\u00ad\u3000\u2028b')).toEqual([]);
});

test('a letter and its accent count as the one character they compose to', () => {
  expect(texts('z\u030c')).toEqual(['ž']);
});

test('a letter and a mark that do not compose are one: they must be in one font', () => {
  expect(clustersOf('q\u0303 কি')).toEqual([
    { text: 'q\u0303', codePoints: [0x71, 0x303], emoji: false },
    { text: 'কি', codePoints: [0x995, 0x9bf], emoji: false },
  ]);
});

test('an emoji selector makes an emoji even of a digit', () => {
  const [digit] = clustersOf('1\ufe0f\u20e3');
  expect(digit).toEqual({ text: '1', codePoints: [0x31], emoji: true });
  expect(clustersOf('☂')[0]?.emoji).toBe(false);
  expect(clustersOf('☂\ufe0f')[0]?.emoji).toBe(true);
  expect(clustersOf('🚀')[0]?.emoji).toBe(true);
});

test('any text is read without a fault, and its characters are among its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const character of texts(text)) expect(text.normalize('NFC')).toContain(character);
    }),
  );
});
