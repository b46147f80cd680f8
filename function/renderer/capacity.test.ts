import { describe, expect, it } from 'vitest';
import { browsersFor, limitFor, pagesFor } from './capacity.ts';

const MB = 1 << 20;

describe('a machine', () => {
  it.each([
    ['one core', 1, 16_384, 1, 1],
    ['two cores', 2, 4096, 2, 2],
    ['a laptop', 8, 16_384, 8, 2],
    ['a server', 64, 262_144, 8, 2],
    ['two cores and little memory', 2, 1024, 2, 1],
    ['many cores and little memory', 8, 2048, 5, 1],
    ['next to nothing', 2, 300, 1, 1],
    ['the smallest function', 1, 512, 1, 1],
    ['a function of one core', 1, 1769, 1, 1],
    ['a function of two cores', 2, 3538, 2, 2],
    ['the largest function', 6, 10_240, 6, 2],
  ])('(%s) of %i cores and %i MB carries %i browsers with %i pages', (_, cores, memory, browsers, pages) => {
    const machine = { cores, memory: memory * MB };
    expect(browsersFor(machine)).toBe(browsers);
    expect(pagesFor(machine, browsers)).toBe(pages);
  });

  it.each([
    [4096, 2, 1024],
    [3000, 2, 900],
    [1024, 2, 400],
  ])('of %i MB allows each of %i browsers %i MB', (memory, browsers, limit) => {
    expect(limitFor({ cores: 2, memory: memory * MB }, browsers)).toBe(limit * MB);
  });
});
