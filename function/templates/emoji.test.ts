import { expect, test } from 'vitest';
import { markEmoji } from './emoji.ts';

const marked = (before: string, emoji: string, after = '') =>
  `<og-text>${before}<og-emoji>${emoji}</og-emoji>${after}</og-text>`;

test.each([
  ['<h1>⚡ Fast ✔</h1>', `<h1>${marked('', '⚡', ' Fast ✔')}</h1>`],
  ['a ☕ b', marked('a ', '☕', ' b')],
  ['<h1>plain &lt;b&gt;</h1>', '<h1>plain &lt;b&gt;</h1>'],
  ['<img alt="⚡ > ☕"><p>☕</p>', `<img alt="⚡ > ☕"><p>${marked('', '☕')}</p>`],
  ["<img alt='⚡ \" >'>☕", `<img alt='⚡ " >'>${marked('', '☕')}`],
  ['<style>p::after{content:"⚡"}</style>☕', `<style>p::after{content:"⚡"}</style>${marked('', '☕')}`],
  ['<svg><text>⚡</text></svg>☕', `<svg><text>⚡</text></svg>${marked('', '☕')}`],
  ['<!-- ⚡ > -->☕', `<!-- ⚡ > -->${marked('', '☕')}`],
  ['<b>⚡', `<b>${marked('', '⚡')}`],
  ['<b ⚡', '<b ⚡'],
  ['', ''],
])('%j becomes %j', (html, expected) => {
  expect(markEmoji(html)).toBe(expected);
});

test('is quick with any signs', () => {
  for (const sign of ['<', '<!--', '<svg', '<style>', '"', '⚡', '\u200D', '1\uFE0F'])
    expect(markEmoji(sign.repeat(100_000)).length).toBeGreaterThanOrEqual(sign.length * 100_000);
});
