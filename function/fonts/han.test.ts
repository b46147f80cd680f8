import { expect, test } from 'vitest';
import { hanOrder } from './han.ts';

test.each([
  ['ja', '骨', 'JP'],
  ['zh', '骨', 'SC'],
  ['zh-Hant', '骨', 'TC'],
  ['zh-TW', '骨', 'TC'],
  ['zh_HK', '骨', 'TC'],
  ['zh-Hans', '骨', 'SC'],
  ['ko', '骨', 'KR'],
  ['en', '骨の', 'JP'],
  ['en', '骨 한', 'KR'],
  ['', '骨', 'SC'],
])('language %j with %j is drawn the way of %s first', (language, text, first) => {
  const order = hanOrder(language, text);
  expect(order[0]).toBe(first);
  expect(order.toSorted()).toEqual(['JP', 'KR', 'SC', 'TC']);
});
