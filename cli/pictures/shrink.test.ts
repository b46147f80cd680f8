import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { postSchema } from '../../function/contract.ts';
import { shrink } from './shrink.ts';
import { drawn, looked, noisy } from '../testing/pictures.ts';

const BOX = { width: 1200, height: 630 };
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><rect width="9" height="9"/></svg>';

test.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('passes a small %s as it is', async (format) => {
  const bytes = await drawn(format, 600, 400);
  expect(await shrink(bytes, BOX, 'a.png')).toBe(`data:image/${format};base64,${bytes.toString('base64')}`);
});

test('passes an SVG as it is, whatever size it says it has', async () => {
  expect(await shrink(Buffer.from(SVG), BOX, 'a.png')).toBe(
    `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`,
  );
});

test('draws an SVG that says it is larger than the function takes', async () => {
  const uri = await shrink(Buffer.from(SVG.replaceAll('4000', '9000')), BOX, 'a.svg');
  expect(await looked(uri)).toMatchObject({ type: 'webp', width: 1200, height: 1200 });
});

test.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
  'shrinks a large %s so that it just covers the box',
  async (format) => {
    expect(await looked(await shrink(await drawn(format, 2400, 2000), BOX, 'a.png'))).toMatchObject({
      type: format === 'gif' ? 'webp' : 'jpeg',
      width: 1200,
      height: 1000,
    });
  },
);

test('keeps what is transparent transparent', async () => {
  const uri = await shrink(await drawn('png', 2400, 2000, 0.5), BOX, 'a.png');
  expect(await looked(uri)).toMatchObject({ type: 'webp', width: 1200, height: 1000 });
});

test('holds a panorama to twice the longer side of the box', async () => {
  expect(await looked(await shrink(await drawn('png', 6000, 700), BOX, 'a.png'))).toMatchObject({
    width: 2400,
    height: 280,
  });
});

test('turns a photo as its camera says', async () => {
  const photo = await sharp(await drawn('jpeg', 2000, 3000))
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(await looked(await shrink(photo, BOX, 'a.png'))).toMatchObject({ width: 1200, height: 800 });
});

test('makes a still picture of a moving one', async () => {
  const frames = await Promise.all([drawn('png', 20, 20), noisy('png', 20, 20)]);
  const moving = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  expect((await sharp(moving).metadata()).pages).toBe(2);
  const still = Buffer.from((await shrink(moving, BOX, 'a.png')).split(',')[1] ?? '', 'base64');
  expect((await sharp(still).metadata()).pages ?? 1).toBe(1);
});

test('gives a heavy picture the weight that the contract takes', async () => {
  const heavy = await noisy('png', 1200, 1200);
  expect(heavy.byteLength).toBeGreaterThan(4_000_000);
  const image = await shrink(heavy, BOX, 'a.png');
  expect(postSchema.safeParse({ slug: 'a', title: 'A', image }).success).toBe(true);
  expect(await looked(image)).toMatchObject({ type: 'jpeg', width: 1200, height: 1200 });
});

test('gives the same bytes for the same picture', async () => {
  const bytes = await noisy('png', 1600, 900);
  expect(await shrink(bytes, BOX, 'a.png')).toBe(await shrink(bytes, BOX, 'a.png'));
});

test.each([
  ['no picture', Buffer.from('<html>')],
  ['nothing', Buffer.alloc(0)],
])('says what it can read when it is given %s', async (_what, bytes) => {
  await expect(shrink(bytes, BOX, 'a.png')).rejects.toMatchObject({
    code: 'invalid_picture',
    message: expect.stringContaining(
      'a.png cannot be decoded as PNG, JPEG, WebP, AVIF, GIF or SVG',
    ) as string,
  });
});

test('says so when a picture is cut off', async () => {
  const whole = await noisy('png', 1400, 900);
  await expect(shrink(whole.subarray(0, whole.length / 2), BOX, 'a.png')).rejects.toMatchObject({
    code: 'invalid_picture',
  });
});

test('refuses a bomb before it is decoded: a small file that says it is very large', async () => {
  const bomb = await drawn('png', 8, 8);
  bomb.writeUInt32BE(40_000, 16);
  bomb.writeUInt32BE(40_000, 20);
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  await expect(shrink(bomb, BOX, 'a.png')).rejects.toMatchObject({
    code: 'invalid_picture',
    message: expect.stringContaining('pixel limit') as string,
  });
});
