import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decode, difference, maskPicture, thumbnail } from './pictures.ts';

const SIZE = { width: 1200, height: 630 };

/** A ground with a box of another colour on it. */
function card(box: { width: number; height: number } | null, size = SIZE): Promise<Buffer> {
  const ground = sharp({ create: { ...size, channels: 3, background: '#123a5a' } });
  const layers =
    box === null
      ? []
      : [{ input: { create: { ...box, channels: 3 as const, background: '#f4d35e' } }, left: 0, top: 0 }];
  return ground.composite(layers).png().toBuffer();
}

async function differ(before: Buffer, after: Buffer) {
  return difference(await decode(before), await decode(after));
}

describe('the share of pixels that differ', () => {
  test.each([
    [{ width: 600, height: 630 }, 0.5],
    [{ width: 300, height: 315 }, 0.125],
    [{ width: 120, height: 63 }, 0.01],
    [{ width: 1200, height: 630 }, 1],
  ])('of a box of %o is %d', async (box, share) => {
    expect((await differ(await card(null), await card(box)))?.share).toBeCloseTo(share, 2);
  });

  test('is 0 for the same picture, and for the same card encoded anew', async () => {
    const png = await card({ width: 400, height: 200 });
    expect(await differ(png, png)).toMatchObject({ share: 0 });
    const jpeg = await sharp(png).jpeg({ quality: 86 }).toBuffer();
    expect((await differ(png, jpeg))?.share).toBeLessThan(0.001);
  });

  test('is not known when the sizes differ, however little', async () => {
    const other = await card(null, { width: 1200, height: 631 });
    expect(await differ(await card(null), other)).toBeNull();
  });
});

test('the mask is red where they differ and transparent elsewhere', async () => {
  const after = await decode(await card({ width: 600, height: 630 }));
  const found = difference(await decode(await card(null)), after);
  if (found === null) throw new Error('Both have one size.');
  const { data, info } = await sharp(await maskPicture(found.mask, after))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4),
  ];
  expect(at(40, 100)).toEqual([255, 0, 0, 255]);
  expect(at(info.width - 40, 100)[3]).toBe(0);
});

test.each([
  ['a card', SIZE],
  ['a square', { width: 1080, height: 1080 }],
  ['a tall one', { width: 1000, height: 2000 }],
  ['a small one', { width: 200, height: 105 }],
  ['a line', { width: 2000, height: 1 }],
])('%s is shown with its own shape, and never larger than it is', async (_name, size) => {
  const decoded = await decode(await card(null, size));
  expect(decoded.original).toEqual({ ...size, format: 'png' });
  expect(decoded.width).toBeLessThanOrEqual(size.width);
  expect(decoded.width * decoded.height).toBeLessThan(200_000);
  const shown = await sharp(await thumbnail(decoded)).metadata();
  expect(shown).toMatchObject({ format: 'webp', width: decoded.width, height: decoded.height });
});

test('what is no picture is refused', async () => {
  await expect(decode(Buffer.from('not a picture'))).rejects.toThrow(/unsupported image format/);
  await expect(decode((await card(null)).subarray(0, 200))).rejects.toThrow(/./);
});
