import sharp from 'sharp';
import { expect, test } from 'vitest';
import { imageFacts } from './image-facts.ts';

test('an image that ends early is none, whatever lies behind its bytes in memory', async () => {
  const canvas = sharp({ create: { width: 3, height: 2, channels: 3, background: '#246' } });
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    const memory = await canvas.clone().toFormat(format).toBuffer();
    const facts = (length: number) =>
      imageFacts({ head: memory.subarray(0, length), bytes: length, cacheControl: null }).format;
    expect(facts(memory.length)).toBe(format);
    for (let length = 0; length < 16; length += 1) expect(facts(length)).toBeNull();
  }
  // Zeros are what a TGA begins with.
  const zeros = Buffer.alloc(64).fill(1, 12).subarray(0, 0);
  expect(imageFacts({ head: zeros, bytes: 0, cacheControl: null }).format).toBeNull();
});
