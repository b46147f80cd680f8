import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channelLuminances, contrastIn, isWeakIn } from './contrast.ts';
import type { Colour } from './ground.ts';

const LIGHT = channelLuminances();
const LEAST = 3;

const channel = fc.nat(255);
const colour = fc.tuple(
  channel,
  channel,
  channel,
  fc.double({ min: 0, max: 1, noNaN: true }),
) as fc.Arbitrary<Colour>;
const picture = fc
  .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height })
      .map((bytes) => ({ data: new Uint8ClampedArray(bytes), width, height, scale: 1 / 4 })),
  );
const box = fc
  .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: -20, max: 120 })))
  .map(([x = 0, y = 0, width = 0, height = 0]) => ({
    left: x,
    top: y,
    right: x + Math.abs(width),
    bottom: y + Math.abs(height),
  }));

test('white on black has 21, white on white has 1', () => {
  const ground = { data: new Uint8ClampedArray([0, 0, 0, 255]), width: 1, height: 1, scale: 1 };
  const ink = { colours: [[255, 255, 255, 1] as const], isOdd: false };
  const all = { left: 0, top: 0, right: 1, bottom: 1 };
  expect(contrastIn(all, ground, ink, [], null, LIGHT)).toBeCloseTo(21);
  expect(contrastIn(all, ground, ink, [[255, 255, 255, 1]], null, LIGHT)).toBeCloseTo(1);
});

test('text is weak just where its contrast is less than the least', () => {
  fc.assert(
    fc.property(
      box,
      picture,
      fc.array(colour, { minLength: 1, maxLength: 2 }),
      fc.array(colour, { maxLength: 2 }),
      (where, ground, colours, over) => {
        const ink = { colours, isOdd: false };
        const contrast = contrastIn(where, ground, ink, over, null, LIGHT);
        expect(isWeakIn(where, ground, ink, over, LIGHT, LEAST)).toBe(contrast < LEAST);
      },
    ),
    { numRuns: 300 },
  );
});
