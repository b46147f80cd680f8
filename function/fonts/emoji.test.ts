import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emojiRuns } from './emoji.ts';

const emojiOf = (text: string) =>
  emojiRuns(text)
    .filter(({ emoji }) => emoji)
    .map((run) => run.text);

test.each([
  ['⚡ Fast ☕ ✔', ['⚡', '☕']],
  ['✔\uFE0F done', ['✔\uFE0F']],
  ['⚡\uFE0E ☕\uFE0E', []],
  ['❤ ❤\uFE0F', ['❤\uFE0F']],
  ['❤\uFE0F\u200D🔥', ['❤\uFE0F\u200D🔥']],
  ['❤\u200D🔥', ['❤\u200D🔥']],
  ['👁\u200D🗨', ['👁\u200D🗨']],
  ['1\uFE0F\u20E3 of 3', ['1\uFE0F\u20E3']],
  ['🇩🇪🇫🇷 x', ['🇩🇪🇫🇷']],
  ['👩🏽\u200D💻!', ['👩🏽\u200D💻']],
  ['☝🏽', ['☝🏽']],
  [
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    ['🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
  ],
  ['© ™ ℹ ↔ ☺ ▶ 1 # *', []],
  ['©\uFE0F ™\uFE0F', ['©\uFE0F', '™\uFE0F']],
  ['plain', []],
  ['', []],
])('the emoji of %j are %j', (text, emoji) => {
  expect(emojiOf(text)).toEqual(emoji);
});

test('any text is the sum of its parts, which take turns', () => {
  const sign = fc.constantFrom(
    ...'⚡ ✔ ❤ 1 # \uFE0F \uFE0E \u200D \u20E3 🏽 👩 💻 🇩 🇪 \u{E0067} \u{E007F} a é'.split(' '),
    ' ',
  );
  const texts = fc.oneof(
    fc.array(sign).map((signs) => signs.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const runs = emojiRuns(text);
      expect(runs.map((run) => run.text).join('')).toBe(text);
      for (const [index, { emoji }] of runs.entries()) expect(emoji).not.toBe(runs[index - 1]?.emoji);
    }),
    { numRuns: 1000 },
  );
});
