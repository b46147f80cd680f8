import * as fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encode, qualities, shoot } from './encode.ts';

const JPEG = { width: 64, height: 64, format: 'jpeg', quality: 90, maxBytes: 8_000_000 } as const;
const flat = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#246' } })
  .png()
  .toBuffer();

describe('qualities', () => {
  it('go down in steps from the wanted one to the floor', () => {
    expect(qualities(90)).toEqual([90, 80, 70, 60, 50]);
    expect(qualities(55)).toEqual([55, 50]);
  });

  it('never rise, and never leave a wanted quality below the floor', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (wanted) => {
        const steps = qualities(wanted);
        expect(steps[0]).toBe(wanted);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => b - a));
        expect(steps.at(-1)).toBe(Math.min(wanted, 50));
      }),
    );
  });
});

describe('a shot', () => {
  it('is one fast JPEG while the budget holds', async () => {
    const asked: string[] = [];
    const shot = await shoot(async ({ format }) => {
      asked.push(format);
      return Buffer.alloc(10);
    }, JPEG);
    expect(asked).toEqual(['jpeg']);
    expect(await encode(shot, JPEG)).toEqual({ bytes: Buffer.alloc(10), quality: 90, finding: null });
  });

  it('takes exact pixels when the fast JPEG is too heavy', async () => {
    const output = { ...JPEG, maxBytes: 5000 };
    const shot = await shoot(async ({ format }) => (format === 'png' ? flat : Buffer.alloc(5001)), output);
    const encoded = await encode(shot, output);
    expect(encoded).toMatchObject({ quality: 90, finding: null });
    expect(await sharp(encoded.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 64 });
  });

  it('that is a WebP, too: fast within the budget, else by a better encoder and at last by less quality', async () => {
    const noise = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: '#246',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .png()
      .toBuffer();
    const fast = await sharp(noise).webp({ quality: 90, effort: 0 }).toBuffer();
    const capture = async ({ format }: { format: string }) => (format === 'png' ? noise : fast);
    const sizes = await Promise.all(
      [8_000_000, 3000, 2100, 1000].map(async (maxBytes) => {
        const output = { ...JPEG, format: 'webp', maxBytes } as const;
        const { bytes, quality, finding } = await encode(await shoot(capture, output), output);
        expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 64 });
        expect(finding === null).toBe(bytes.length <= maxBytes);
        return quality;
      }),
    );
    expect(sizes[0]).toBe(90);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(sizes.at(-1)).toBe(50);
  });

  it('with few colours becomes a PNG with a palette and the same pixels', async () => {
    const output = { ...JPEG, format: 'png' } as const;
    const { bytes } = await encode(await shoot(async () => flat, output), output);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', isPalette: true });
    const [was, is] = await Promise.all(
      [flat, bytes].map(async (png) => sharp(png).removeAlpha().raw().toBuffer()),
    );
    expect(is).toEqual(was);
  });
});
