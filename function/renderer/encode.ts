/** A shown card → bytes within the budget. */
import type { Sharp } from 'sharp';
import type { Output } from '../contract.ts';
import type { Capture } from './page.ts';
import type { CardFinding } from './renderer.ts';

export interface Encoded {
  bytes: Buffer;
  /** The quality that met the budget; 100 for PNG. */
  quality: number;
  finding: CardFinding | null;
}

/** Either a JPEG or a WebP within the budget, straight from the browser, or exact pixels that still have to become bytes. */
export type Shot = { fast: Buffer; exact: null } | { fast: null; exact: Buffer };

/** Below this, text frays; then being too heavy is the smaller evil. */
const QUALITY_FLOOR = 50;
const QUALITY_STEP = 10;
/** When exact pixels are too heavy for a PNG, colours are given up: a palette of 256 and, by this quality, fewer. */
const PALETTE_QUALITIES = [100, 60, 40, 20];

/** Qualities to try, from the wanted one down to the floor. */
export function qualities(wanted: number): number[] {
  const steps = [wanted];
  for (let next = wanted - QUALITY_STEP; next > QUALITY_FLOOR; next -= QUALITY_STEP) steps.push(next);
  if (wanted > QUALITY_FLOOR) steps.push(QUALITY_FLOOR);
  return steps;
}

function overBudget(bytes: Buffer, maxBytes: number, tried: string): CardFinding | null {
  if (bytes.length <= maxBytes) return null;
  return {
    code: 'over_budget',
    message: `The image has ${bytes.length} bytes even with ${tried}; output.maxBytes allows ${maxBytes}.`,
  };
}

/** Loaded only by whom it serves: most pictures are JPEGs within the budget, and a start is dear. */
async function decode(bytes: Buffer): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  return sharp(bytes);
}

async function hasFewColours(image: Sharp): Promise<boolean> {
  const { data } = await image.clone().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const seen = new Set<number>();
  for (let at = 0; at < data.length; at += 3) {
    seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    if (seen.size > 256) return false;
  }
  return true;
}

async function png(exact: Buffer, maxBytes: number): Promise<Encoded> {
  const image = (await decode(exact)).removeAlpha();
  const inColours = async (quality: number): Promise<Buffer> =>
    image.clone().png({ palette: true, quality, effort: 7, compressionLevel: 9 }).toBuffer();
  let bytes = (await hasFewColours(image))
    ? await inColours(100)
    : await image.clone().png({ compressionLevel: 9, adaptiveFiltering: true }).toBuffer();
  for (const quality of PALETTE_QUALITIES) {
    if (bytes.length <= maxBytes) break;
    bytes = await inColours(quality);
  }
  return { bytes, quality: 100, finding: overBudget(bytes, maxBytes, 'a palette of few colours') };
}

/** From exact pixels, by an encoder that makes more of its bytes than the browser's fast one. */
async function lighter(exact: Buffer, { format, quality: wanted, maxBytes }: Output): Promise<Encoded> {
  const image = await decode(exact);
  let bytes = exact;
  let quality = wanted;
  for (quality of qualities(wanted)) {
    const next = image.clone();
    bytes = await (
      format === 'webp' ? next.webp({ quality, effort: 5 }) : next.jpeg({ quality, mozjpeg: true })
    ).toBuffer();
    if (bytes.length <= maxBytes) break;
  }
  return { bytes, quality, finding: overBudget(bytes, maxBytes, `quality ${quality}`) };
}

/** Takes what encoding needs from a page, and no more: the page is free for the next card while bytes are squeezed. */
export async function shoot(
  capture: (how: Capture) => Promise<Buffer>,
  { format, quality, maxBytes }: Output,
): Promise<Shot> {
  const fast = format === 'png' ? null : await capture({ format, quality });
  if (fast !== null && fast.length <= maxBytes) return { fast, exact: null };
  return { fast: null, exact: await capture({ format: 'png', quality: 100 }) };
}

/** Makes a shot lighter in steps down to a floor until it meets `maxBytes`; still too heavy, it has a finding. */
export async function encode(shot: Shot, output: Output): Promise<Encoded> {
  if (shot.exact === null) return { bytes: shot.fast, quality: output.quality, finding: null };
  return output.format === 'png' ? png(shot.exact, output.maxBytes) : lighter(shot.exact, output);
}
