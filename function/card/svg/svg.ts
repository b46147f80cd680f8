/** Whether an SVG may be drawn: no code, nothing from elsewhere, and no more to draw than a browser takes lightly. */
import { setImmediate } from 'node:timers/promises';
import { checkCost } from './cost.ts';
import { SvgError } from './error.ts';
import { parseSvg } from './parse.ts';
import type { Svg } from './parse.ts';
import { MAX_COST } from './weight.ts';

export { SvgError } from './error.ts';

/** Looks at one picture inside an SVG; `level` says how deep it lies. Resolves to its pixels, and the cost of an SVG. */
export type CheckEmbedded = (bytes: Buffer, level: number) => Promise<{ pixels: number; cost: number }>;

/** Pictures in one SVG: each is read by a decoder, which takes a millisecond. */
const MAX_EMBEDDED = 200;
/** SVGs in each other. */
const MAX_LEVEL = 2;
/** Pixels that cost as much as everything else together may. */
const MAX_PIXELS = 25_000_000;
/** Time without a turn for others (timers, signals), in ms. */
const TURN_MS = 15;

/**
 * Checks an SVG in linear time and in slices, so that timers and signals have their turn.
 * @returns what drawing it costs, in units of one plain element.
 * @throws SvgError that says what is wrong with it.
 */
export async function checkSvg(bytes: Uint8Array, checkEmbedded: CheckEmbedded, level = 0): Promise<number> {
  if (level > MAX_LEVEL) throw new SvgError(`SVGs more than ${MAX_LEVEL} deep in each other`);
  const svg = await parseSvg(bytes, turns());
  await weighEmbedded(svg, checkEmbedded, level);
  return checkCost(svg);
}

function turns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await setImmediate();
    since = performance.now();
  };
}

async function weighEmbedded({ embedded }: Svg, check: CheckEmbedded, level: number): Promise<void> {
  if (embedded.length > MAX_EMBEDDED) throw new SvgError(`more than ${MAX_EMBEDDED} pictures in it`);
  for (const { uri, element } of embedded) {
    const bytes = bytesOf(uri);
    if (bytes === null) continue;
    const { pixels, cost } = await check(bytes, level + 1);
    element.weight += (pixels * MAX_COST) / MAX_PIXELS + cost;
  }
}

const FONT = /^data:(?:font\/|application\/(?:x-)?font|application\/octet-stream)/i;

/** The content of a data URI; null for a font, which is heavy by its bytes alone. */
function bytesOf(uri: string): Buffer | null {
  if (FONT.test(uri.slice(0, 64))) return null;
  const comma = uri.indexOf(',');
  if (comma < 0) throw new SvgError('a picture in it that cannot be read');
  const content = uri.slice(comma + 1);
  if (/;\s*base64\s*$/i.test(uri.slice(Math.max(0, comma - 32), comma)))
    return Buffer.from(content, 'base64');
  return percentDecoded(content);
}

function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const decoded: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const hex = byte === 0x25 ? Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16) : Number.NaN;
    if (Number.isNaN(hex)) decoded.push(byte);
    else {
      decoded.push(hex);
      at += 2;
    }
  }
  return Buffer.from(decoded);
}
