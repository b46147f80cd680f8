import { crc32, gzipSync } from 'node:zlib';
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
    message: expect.stringContaining('and not PNG, JPEG, WebP, AVIF, GIF or SVG') as string,
  });
});

test('says so when a picture is cut off', async () => {
  const whole = await noisy('png', 1400, 900);
  await expect(shrink(whole.subarray(0, whole.length / 2), BOX, 'a.png')).rejects.toMatchObject({
    code: 'invalid_picture',
  });
});

const KINDS = ['png', 'jpeg', 'webp', 'gif', 'avif'] as const;

test.each(KINDS)('says so when a small %s is cut off, wherever that is', async (format) => {
  const whole = await noisy(format, 200, 160);
  for (const part of [0.98, 0.7, 0.3])
    await expect(shrink(whole.subarray(0, Math.floor(whole.length * part)), BOX, 'a')).rejects.toMatchObject({
      code: 'invalid_picture',
      message: expect.stringContaining('a cannot be decoded') as string,
    });
});

test.each(['jpeg', 'webp', 'png', 'avif'] as const)('turns a small %s as its camera says', async (format) => {
  const photo = await sharp(await drawn('png', 20, 30))
    .withMetadata({ orientation: 6 })
    .toFormat(format)
    .toBuffer();
  const uri = await shrink(photo, BOX, 'a');
  const shown = Buffer.from(uri.split(',')[1] ?? '', 'base64');
  const { width, height, orientation } = await sharp(shown).metadata();
  expect([width, height, orientation ?? 1]).toEqual(format === 'avif' ? [width, height, 1] : [30, 20, 1]);
});

test('draws a large SVG at the size it is needed in', async () => {
  const padded = SVG.replace('4000', '9000').replace('4000', '9000');
  const uri = await shrink(Buffer.from(padded + `<!--${'x'.repeat(500_000)}-->`), BOX, 'a.svg');
  expect(await looked(uri)).toMatchObject({ type: 'webp', width: 1200, height: 1200 });
});

test('unpacks a compressed SVG', async () => {
  const small = SVG.replaceAll('4000', '400');
  expect(await shrink(gzipSync(small), BOX, 'a.svgz')).toBe(await shrink(Buffer.from(small), BOX, 'a.svg'));
});

const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]);
test.each([
  [
    'a Git LFS pointer',
    'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
    '"git lfs pull"',
  ],
  ['a HEIC picture', heic, 'save it as'],
  ['an HTML page', '<!DOCTYPE html><title>Not found</title>', 'and not PNG'],
  ['an empty file', '', 'and not PNG'],
  ['no picture', 'just text', 'and not PNG'],
  ['no picture', 'text <svg xmlns="http://www.w3.org/2000/svg"/>', 'and not PNG'],
  ['a compressed file', gzipSync('no svg'), 'and not PNG'],
  ['a compressed file that cannot be unpacked', Buffer.from([0x1f, 0x8b, 8, 0]), 'unpacked'],
  ['a compressed file that cannot be unpacked', gzipSync(Buffer.alloc(20_000_000)), 'unpacked'],
])('says that a file is %s', async (what, content, cure) => {
  const failed = shrink(Buffer.from(content), BOX, 'x.png');
  await expect(failed).rejects.toMatchObject({ code: 'invalid_picture' });
  await expect(failed).rejects.toThrow(`x.png is ${what}`);
  await expect(failed).rejects.toThrow(cure);
});

test.each([
  ['no namespace', '<svg width="9" height="9"><rect/></svg>'],
  ['a fault in its XML', '<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>'],
  ['a script', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
])('says what is wrong with an SVG: %s', async (what, svg) => {
  await expect(shrink(Buffer.from(svg), BOX, 'x.svg')).rejects.toThrow(`it is an SVG with ${what}`);
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
