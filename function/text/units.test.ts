/** `[…]` stays on one line, and a line may end at `|`. Each row holds a rule of docs/typography.md to where it ends, too. */
import { expect, test } from 'vitest';
import type { Mark } from './marks.ts';
import { unitsOf } from './units.ts';

function shown(text: string, language: string, marks: readonly Mark[] = []): string {
  const { whole, breaks } = unitsOf(text, marks, language);
  const signs = [
    ...whole.flatMap(({ from, to }) => [
      { at: from, sign: '[', order: 2 },
      { at: to, sign: ']', order: 0 },
    ]),
    ...breaks.map((at) => ({ at, sign: '|', order: 1 })),
  ].sort((a, b) => b.at - a.at || b.order - a.order);
  return signs.reduce(
    (shownSoFar, { at, sign }) => shownSoFar.slice(0, at) + sign + shownSoFar.slice(at),
    text,
  );
}

test.each([
  ['en', 'Words, plain words. Nothing else!'],
  ['en', 'f [->] g and [--flag] in [C++] on [TCP/IP]'],
  ['en', 'A [pre-release] [1.64.0-rc.2] of [2024-01-02]'],
  ['en', 'Either way — or not—both'],
  ['en', '[all-of-this-is-28-characters]'],
  ['en', 'all-|of-|this-|is-|made-|of-|letters'],
  ['en', 'x [https://a.example/b?c=d]'],
  ['en', '[https://]|a.|example/|some/|long?|[query=one&]|[other=two]'],
  ['en', 'module_|with_|several_|parts.|and_|more'],
  ['ja', '漢字とかなは、そのまま'],
  ['th', 'ภาษาไทย-ไม่มี'],
  ['zh', '[为什么][我们][把构建][时间][缩短了]'],
  ['zh', '[写得好。][读得慢]'],
  ['zh', '[你好。][走吧]'],
  ['zh', '[出租车的][价格]'],
])('%s: %s', (language, expected) => {
  expect(shown(expected.replaceAll(/[[\]|]/g, ''), language)).toBe(expected);
});

const code = (length: number): Mark[] => [{ kind: 'code', from: 4, to: 4 + length }];

test('code of 28 characters stays whole with its spaces; longer code does not', () => {
  const text = 'Use cargo build --release --all now and then';
  expect(shown(text, 'en', code(28))).toContain('[cargo build [--release] [--all] ]now');
  expect(shown(text, 'en', code(29))).not.toContain('[cargo');
  expect(shown(text, 'en', [{ kind: 'strong', from: 4, to: 15 }])).not.toContain('[cargo');
});
