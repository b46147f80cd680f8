/** The pictures of the docs: cards as the product draws them, laid out on one ground, compared with what is committed. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { OverlayOptions } from 'sharp';
import { PACKAGE_ROOT } from '../../function/package.ts';

const FOLDER = join(PACKAGE_ROOT, 'docs/images');
const SEEN = join(PACKAGE_ROOT, 'out/docs');
const GROUND = '#e6e8ec';
/** Of 255: a channel may be off by so much, and so many per mille of all by more. */
const TOLERANCE = 24;
const PER_MILLE = 4;

interface Layout {
  /** px of the whole picture */
  width: number;
  /** px between cards and around them */
  gap: number;
  /** Of JPEG. */
  quality?: number;
}

/** Rows of cards, each as wide as the picture; the cards of a row are of one height, with round corners. */
export async function laidOut(
  rows: readonly (readonly Uint8Array[])[],
  { width, gap, quality = 82 }: Layout,
): Promise<Buffer> {
  let top = gap;
  const cells: OverlayOptions[] = [];
  for (const row of rows) {
    const sizes = await Promise.all(row.map((card) => sharp(card).metadata()));
    const ratios = sizes.map((size) => size.width / size.height);
    const height = Math.round((width - gap * (row.length + 1)) / ratios.reduce((sum, ratio) => sum + ratio));
    let left = gap;
    for (const [at, card] of row.entries()) {
      const size = { width: Math.round(height * (ratios[at] ?? 1)), height };
      cells.push({ input: await rounded(card, size), left, top });
      left += size.width + gap;
    }
    top += height + gap;
  }
  return sharp({ create: { width, height: top, channels: 3, background: GROUND } })
    .composite(cells)
    .jpeg({ quality, mozjpeg: true })
    .toBuffer();
}

async function rounded(card: Uint8Array, size: { width: number; height: number }): Promise<Buffer> {
  const { width, height } = size;
  const mask = `<svg width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="${Math.min(width, height) / 30}"/></svg>`;
  return sharp(card)
    .resize({ ...size, fit: 'fill' })
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png()
    .toBuffer();
}

/**
 * What is wrong with a picture of docs/images/: it is no longer what the product draws, or too heavy. Null: nothing.
 * `OG_GOLDEN=renew` writes it anew; look at it before it is committed.
 * @param most kB
 */
export async function pictureProblem(name: string, made: Buffer, most: number): Promise<string | null> {
  if (process.env['OG_GOLDEN'] === 'renew') await write(FOLDER, name, made);
  const approved = await readFile(join(FOLDER, name));
  if (approved.length > most * 1000) return `has ${Math.round(approved.length / 1000)} kB`;
  if (await areAlike(approved, made)) return null;
  await write(SEEN, name, made);
  return `differs: see out/docs/${name}`;
}

async function areAlike(approved: Buffer, made: Buffer): Promise<boolean> {
  const [before, now] = await Promise.all(
    [approved, made].map((picture) => sharp(picture).removeAlpha().raw().toBuffer()),
  );
  if (before === undefined || before.length !== now?.length) return false;
  const off = before.reduce(
    (sum, value, at) => sum + (Math.abs(value - (now[at] ?? 0)) > TOLERANCE ? 1 : 0),
    0,
  );
  return off * 1000 <= before.length * PER_MILLE;
}

async function write(folder: string, name: string, picture: Buffer): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), picture);
}
