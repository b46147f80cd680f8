/** Contact sheets: many cards in one picture that a person can look at, compared with one that was approved. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

const GOLDEN = join(import.meta.dirname, 'golden/sheets');
const SEEN = join(import.meta.dirname, '../../out/golden/sheets');
/** px */
const CELL = { width: 216, height: 113 };
const GAP = 4;
const COLUMNS = 6;
/** Of 255: a channel may be off by so much, and of a cell's channels so many per mille by more. */
const TOLERANCE = 24;
const PER_MILLE = 4;

const placeOf = (at: number) => ({
  left: (at % COLUMNS) * (CELL.width + GAP),
  top: Math.floor(at / COLUMNS) * (CELL.height + GAP),
});

/** A card as a cell. */
export async function cellOf(picture: Uint8Array): Promise<Buffer> {
  return sharp(picture)
    .resize({ ...CELL, fit: 'fill' })
    .png()
    .toBuffer();
}

async function sheetOf(cells: readonly Buffer[]): Promise<Buffer> {
  const { left, top } = placeOf(Math.ceil(cells.length / COLUMNS) * COLUMNS - 1);
  const size = { width: left + CELL.width, height: top + CELL.height };
  return sharp({ create: { ...size, channels: 3, background: '#808080' } })
    .composite(cells.map((input, at) => ({ input, ...placeOf(at) })))
    .webp({ quality: 80 })
    .toBuffer();
}

async function pixelsOf(sheet: Buffer, at: number): Promise<Buffer> {
  return sharp(sheet)
    .extract({ ...placeOf(at), ...CELL })
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** The cells that differ from the approved sheet, by number. Both were compressed alike. `OG_GOLDEN=renew` writes it anew. */
export async function sheetProblems(name: string, cells: readonly Buffer[]): Promise<number[]> {
  const seen = await sheetOf(cells);
  const renews = process.env['OG_GOLDEN'] === 'renew';
  const write = async (folder: string): Promise<void> => {
    const file = join(folder, `${name}.webp`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, seen);
  };
  if (renews) await write(GOLDEN);
  const golden = await readFile(join(GOLDEN, `${name}.webp`));
  const differing: number[] = [];
  for (const at of cells.keys()) {
    const [before, now] = [await pixelsOf(golden, at), await pixelsOf(seen, at)];
    const off = before.reduce(
      (sum, value, i) => sum + (Math.abs(value - (now[i] ?? 0)) > TOLERANCE ? 1 : 0),
      0,
    );
    if (off * 1000 > before.length * PER_MILLE) differing.push(at);
  }
  if (differing.length > 0) await write(SEEN);
  return differing;
}
