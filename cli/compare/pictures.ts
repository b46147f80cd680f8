/** Two pictures of one card → how much they differ, and what to show of each. */
import pixelmatch from 'pixelmatch';
import sharp from 'sharp';
import type { Sharp } from 'sharp';

/** Pixels of a picture as it is compared and shown: 600 × 315 of a card, half of it each way, which JPEG decodes by itself. */
const PIXELS = 189_000;
/** A stored picture may be anybody's: this many pixels are decoded at most. */
const MOST_PIXELS = 40_000_000;
const QUALITY = 74;
/** Of OKLab, 0 to 1: what JPEG makes of the same edge twice stays below. */
const THRESHOLD = 0.1;

export interface Decoded {
  /** RGBA, made smaller. */
  pixels: Uint8Array;
  width: number;
  height: number;
  /** Of the picture itself, px; its format as sharp names it. */
  original: { width: number; height: number; format: string };
}

export interface Difference {
  /** Of the pixels that differ visibly, 0 to 1. */
  share: number;
  /** RGBA, red where they differ, else transparent. */
  mask: Uint8Array;
}

/** Throws what sharp throws when the bytes are no picture. */
export async function decode(bytes: Uint8Array): Promise<Decoded> {
  const source = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
  const { width, height, format } = await source.metadata();
  const scale = Math.min(1, Math.sqrt(PIXELS / (width * height)));
  const { data, info } = await source
    .resize(Math.max(1, Math.round(width * scale)))
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height, original: { width, height, format } };
}

/** Null when the two have different sizes: then no pixel belongs to another. */
export function difference(before: Decoded, after: Decoded): Difference | null {
  const { width, height } = after;
  const sizes = [before, after].map(({ original }) => `${original.width}×${original.height}`);
  if (sizes[0] !== sizes[1]) return null;
  const mask = new Uint8Array(after.pixels.length);
  const options = { threshold: THRESHOLD, diffMask: true };
  const count = pixelmatch(before.pixels, after.pixels, mask, width, height, options);
  return { share: count / (width * height), mask };
}

/** As a small WebP. */
export async function thumbnail({ pixels, width, height }: Decoded): Promise<Buffer> {
  return raw(pixels, width, height).webp({ quality: QUALITY, effort: 2 }).toBuffer();
}

/** The same for a mask, exactly. */
export async function maskPicture(mask: Uint8Array, { width, height }: Decoded): Promise<Buffer> {
  return raw(mask, width, height).webp({ lossless: true, effort: 2 }).toBuffer();
}

function raw(pixels: Uint8Array, width: number, height: number): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 4 } });
}
