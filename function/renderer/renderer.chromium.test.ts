import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer } from './index.ts';
import type { Renderer } from './renderer.ts';
import { cardOf, JPEG, OPTIONS } from './testing/fixture.ts';

const renderer = createRenderer({ ...OPTIONS, browsers: 2, pagesPerBrowser: 2 });
afterAll(async () => renderer.close());

const HEAD = `<style>body{font:40px 'Open Sans';background:#fff}div{position:absolute;left:50px;top:50px}</style>`;

/** Pixels that no encoder can make small, the same in every run. */
function noise(width: number, height: number): Buffer {
  let seed = 1;
  const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16;
  return Buffer.from(Array.from({ length: width * height * 3 }, next));
}

async function noiseUri(width: number, height: number): Promise<string> {
  const png = await sharp(noise(width, height), { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

const SMALL = { ...JPEG, width: 400, height: 300 };
const NOISY = {
  head: '<style></style>',
  body: `<img alt="" style="display:block;width:400px" src="${await noiseUri(200, 150)}">`,
};
async function hash(by: Renderer, title: string): Promise<string> {
  const { bytes } = await by.render(cardOf(title), JPEG);
  return `${title} ${createHash('sha256').update(bytes).digest('hex')}`;
}

const pixels = async (bytes: Uint8Array) => sharp(bytes).removeAlpha().raw().toBuffer();

describe('a picture', () => {
  it('decodes at the size that was asked for, card after card', async () => {
    const sizes = [
      [1200, 630],
      [600, 600],
      [2400, 100],
      [1200, 630],
    ] as const;
    for (const [width, height] of sizes) {
      const picture = await renderer.render(cardOf('Sized'), { ...JPEG, width, height });
      expect(picture).toMatchObject({ width, height, quality: 90 });
      const { info } = await sharp(picture.bytes).raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width, height, channels: 3 });
    }
  });

  it('has the same bytes on every page, in every run and after a recycle', async () => {
    const other = createRenderer({ ...OPTIONS, browsers: 1, recycleAfter: 2 });
    try {
      const titles = Array.from({ length: 12 }, (_, index) => `Same ${index % 3}`);
      const inPool = await Promise.all(titles.map(async (title) => hash(renderer, title)));
      const elsewhere = await Promise.all(titles.slice(0, 5).map(async (title) => hash(other, title)));
      expect(new Set([...inPool, ...elsewhere]).size).toBe(3);
    } finally {
      await other.close();
    }
  });

  it('is drawn although it was asked for while the browser was warming up', async () => {
    const warming = createRenderer({ ...OPTIONS, browsers: 1 });
    try {
      const warm = warming.warm();
      expect((await warming.render(cardOf('Early'), JPEG)).bytes.length).toBeGreaterThan(1000);
      await warm;
    } finally {
      await warming.close();
    }
  });

  it('shows nothing of the card before it', async () => {
    const long = cardOf('A long title that leaves a lot behind', 'and <b>markup</b> as well');
    const fresh = await renderer.render({ head: HEAD, body: '<div>One</div>' }, JPEG);
    await renderer.render(long, JPEG);
    await renderer.render({ head: HEAD, body: '<div style="color:red">Two</div> <i>three</i>' }, JPEG);
    const again = await renderer.render({ head: HEAD, body: '<div>One</div>' }, JPEG);
    expect(Buffer.compare(again.bytes, fresh.bytes)).toBe(0);
  });

  it.each([
    ['a blend', 'background:#fff;mix-blend-mode:difference', [0, 255, 255]],
    ['a filter of what lies behind', 'backdrop-filter:invert(1)', [0, 255, 255]],
    ['a filter', 'background:#0f0;filter:invert(1)', [255, 0, 255]],
    ['a layer seen through', 'background:#00f;opacity:.6', [102, 0, 153]],
    ['a layer of its own', 'background:#0f0;transform:rotateX(180deg)', [0, 255, 0]],
  ])('has %s up to its last pixel', async (_, style, colour) => {
    const body = `<div style="position:absolute;inset:0;background:#f00"></div><div style="position:absolute;inset:9px 0 0 9px;will-change:transform;${style}"></div>`;
    const output = { ...JPEG, width: 1500, height: 900, format: 'png', maxBytes: 8_000_000 } as const;
    const { bytes } = await renderer.render({ head: '<style></style>', body }, output);
    const all = await pixels(bytes);
    expect([...all.subarray(0, 3)]).toEqual([255, 0, 0]);
    expect([...all.subarray(-3)]).toEqual(colour);
  });

  it('tells all its text, with what CSS adds and as CSS writes it', async () => {
    const head = `<style>p{text-transform:uppercase}p::after{content:"→"}s{display:none}</style>`;
    const { text } = await renderer.render({ head, body: '<p>Straße</p><s>hidden</s>' }, JPEG);
    expect(text).toContain('STRASSE');
    expect(text).toContain('→');
    expect(text).not.toContain('hidden');
  });

  it('waits for pictures and backgrounds that come as data', async () => {
    const uri = await noiseUri(300, 200);
    const output = { ...JPEG, width: 300, height: 200, format: 'png', maxBytes: 8_000_000 } as const;
    for (const body of [
      `<img src="${uri}" style="display:block">`,
      `<section style="height:200px;background:url(${uri})"></section>`,
    ]) {
      const { bytes } = await renderer.render({ head: '<style></style>', body }, output);
      expect(Buffer.compare(await pixels(bytes), noise(300, 200))).toBe(0);
    }
  });

  it('never moves: an animation is drawn as it is without one', async () => {
    const head = `<style>@keyframes k{from{left:0}to{left:900px}}div{position:absolute;width:99px;height:99px;background:red}</style>`;
    const moving = await renderer.render({ head, body: '<div style="animation:k 1s infinite"></div>' }, JPEG);
    const still = await renderer.render({ head, body: '<div></div>' }, JPEG);
    expect(Buffer.compare(moving.bytes, still.bytes)).toBe(0);
  });
});

describe('a picture with a byte budget', () => {
  it('loses quality in steps until it fits', async () => {
    const card = cardOf('Heavy');
    const full = await renderer.render(card, JPEG);
    const maxBytes = Math.round(full.bytes.length * 0.6);
    const light = await renderer.render(card, { ...JPEG, maxBytes });
    expect(light.bytes.length).toBeLessThanOrEqual(maxBytes);
    expect(light.quality).toBeLessThan(90);
    expect(light.findings).toEqual([]);
  });

  it('stops at a floor and says that it is too heavy still', async () => {
    const picture = await renderer.render(NOISY, { ...SMALL, maxBytes: 5000 });
    expect(picture.quality).toBe(50);
    expect(picture.findings).toEqual([
      {
        code: 'over_budget',
        message: `The image has ${picture.bytes.length} bytes even with quality 50; output.maxBytes allows 5000.`,
      },
    ]);
  });

  it('is a PNG of exact pixels while that fits, of fewer colours when it does not', async () => {
    const png = { ...SMALL, format: 'png', maxBytes: 8_000_000 } as const;
    const exact = await renderer.render(cardOf('Exact'), png);
    const light = await renderer.render(cardOf('Exact'), { ...png, maxBytes: exact.bytes.length - 1 });
    expect(light.bytes.length).toBeLessThan(exact.bytes.length);
    expect(await sharp(light.bytes).metadata()).toMatchObject({
      format: 'png',
      isPalette: true,
      width: 400,
    });
    expect(light.findings.map(({ code }) => code)).not.toContain('over_budget');
    const heavy = await renderer.render(NOISY, { ...png, maxBytes: 5000 });
    expect(heavy.findings.map(({ code }) => code)).toEqual(['over_budget']);
  });

  it('is a WebP of the browser while that fits, of less quality when it does not', async () => {
    const webp = { ...SMALL, format: 'webp', maxBytes: 8_000_000 } as const;
    const fast = await renderer.render(NOISY, webp);
    expect(fast).toMatchObject({ quality: webp.quality, findings: [] });
    const light = await renderer.render(NOISY, { ...webp, maxBytes: Math.round(fast.bytes.length * 0.6) });
    expect(light.quality).toBeLessThan(webp.quality);
    for (const { bytes } of [fast, light]) {
      const { format, width, height } = await sharp(bytes).metadata();
      expect({ format, width, height }).toEqual({ format: 'webp', width: 400, height: webp.height });
    }
  });
});
