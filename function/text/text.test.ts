import { expect, test } from 'vitest';
import { isBlank } from './text.ts';

const BLANK =
  '\u2800 \u3164 \u115f \u1160 \uffa0 \u200b \u200d \u00ad \u2060 \ufeff \u180e \u061c \u034f \u3000 \u00a0 \u2028 \ufe0f \u{e0041} \u{e007f} \u{e0100} \u{1d173} \u{1d159} \u2064 \u17b4 \ufff9';

test.each(['', ' \n\t', '\u0000', ...BLANK.split(' ')])('nothing is seen of %j', (text) => {
  expect(isBlank(text)).toBe(true);
  expect(isBlank(`${text} \u2800${text}`)).toBe(true);
  expect(isBlank(`${text}a`)).toBe(false);
});

test.each(['a', '-', '.', '日', '\u0600', '☂', '🚀', '\u0301', '﷽', '\u2801'])('%j is seen', (text) => {
  expect(isBlank(text)).toBe(false);
});
