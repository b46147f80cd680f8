/**
 * Pictures compared with pictures that a person has looked at. `OG_GOLDEN=renew` writes them anew; look at what changed
 * before it is committed.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

const GOLDEN = join(import.meta.dirname, 'golden');
/** Where a picture that differs is put, so that it can be looked at. */
const SEEN = join(import.meta.dirname, '../../out/golden');
/** A fifth of 1200×630: a letter that moves by a pixel still shows. px */
const SIZE = { width: 240, height: 126 };
/** Processors round differently here and there: a channel may be off by so much, of 255. */
const TOLERANCE = 16;
/** How many of a thousand channels may be off by more. */
const PER_MILLE = 1;

async function pixelsOf(picture: Uint8Array): Promise<Buffer> {
  return sharp(picture)
    .resize({ ...SIZE, fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** Null when the picture is as it was, else a sentence that says how much differs and where to look. */
export async function goldenProblem(name: string, picture: Uint8Array): Promise<string | null> {
  const file = join(GOLDEN, `${name}.png`);
  const seen = await pixelsOf(picture);
  if (process.env['OG_GOLDEN'] === 'renew') return write(file, seen);
  const golden = await pixelsOf(await readFile(file));
  const off = golden.reduce(
    (sum, value, i) => sum + (Math.abs(value - (seen[i] ?? 0)) > TOLERANCE ? 1 : 0),
    0,
  );
  if (off * 1000 <= golden.length * PER_MILLE) return null;
  const copy = join(SEEN, `${name}.png`);
  await write(copy, seen);
  return `${name} differs from its golden picture in ${((off / golden.length) * 100).toFixed(2)} % of its channels; look at ${copy}`;
}

async function write(file: string, pixels: Buffer): Promise<null> {
  await mkdir(dirname(file), { recursive: true });
  await sharp(pixels, { raw: { ...SIZE, channels: 3 } })
    .png({ compressionLevel: 9, adaptiveFiltering: true })
    .toFile(file);
  return null;
}
