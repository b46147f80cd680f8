/** Pictures inside a request, looked at before Chromium sees them: a small file can be a bomb of many gigabytes. */
import type { Metadata } from 'sharp';
import { FunctionError, LIMITS } from '../contract.ts';
import { imageKindOf, IMAGE_KIND_NAMES } from './kind.ts';
import type { ImageKind } from './kind.ts';
import { checkSvg, SvgError } from './svg/svg.ts';

/** px; of an SVG its own size, of an animation that of one frame. */
export interface ImageInfo {
  width: number;
  height: number;
  type: string;
  bytes: number;
}

const PREFIX = /^data:image\/(png|jpeg|webp|gif|avif|svg\+xml);base64,/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const HINT = `Use a PNG, JPEG, WebP, GIF, AVIF or SVG image of at most ${LIMITS.imageBytes} bytes and ${LIMITS.imagePixels} pixels.`;

function refuse(what: string, cause?: unknown): FunctionError {
  return new FunctionError('invalid_image', `An image cannot be used: ${what}.`, HINT, { cause });
}

/** What a decoder may be asked about; `imageKindOf` decides by the bytes, so that nothing is taken for an SVG unchecked. */
const TYPES: Partial<Record<ImageKind, string>> = {
  png: 'png',
  jpeg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
  avif: 'avif',
  svg: 'svg+xml',
};

/**
 * Checks that an SVG may be drawn, with all pictures in it.
 * @throws FunctionError `invalid_image`, saying what was found.
 */
export async function checkDrawing(bytes: Uint8Array): Promise<void> {
  try {
    await checkSvg(bytes, checkEmbedded);
  } catch (cause) {
    if (cause instanceof SvgError) throw refuse(`it is an SVG with ${cause.message}`, cause);
    throw cause;
  }
}

async function checkEmbedded(bytes: Buffer, level: number): Promise<{ pixels: number; cost: number }> {
  const type = TYPES[imageKindOf(bytes)];
  if (type === undefined) throw new SvgError('a picture in it that cannot be read');
  if (type === 'svg+xml') return { pixels: 0, cost: await checkSvg(bytes, checkEmbedded, level) };
  const { width, height } = await readMetadata(bytes);
  return { pixels: width * height, cost: 0 };
}

/**
 * Checks a base64 data URI by its head alone, nothing is decoded: type as declared, size and pixels within `LIMITS`. An
 * SVG is parsed whole: it has no code, no references to elsewhere, and not too much to draw.
 * @throws FunctionError `invalid_image`, saying what was found.
 */
export async function checkImage(dataUri: string): Promise<ImageInfo> {
  const [prefix = '', declared] = PREFIX.exec(dataUri) ?? [];
  const data = dataUri.slice(prefix.length);
  if (declared === undefined || !BASE64.test(data)) throw refuse('it is no base64 data URI of an image');
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > LIMITS.imageBytes)
    throw refuse(`it has ${bytes.length} bytes; ${LIMITS.imageBytes} are allowed`);
  const kind = imageKindOf(bytes);
  const type = TYPES[kind];
  if (type === undefined) throw refuse(`it cannot be read (it is ${IMAGE_KIND_NAMES[kind] ?? kind})`);
  if (type !== declared) throw refuse(`it is declared as image/${declared}, but is image/${type}`);
  if (type === 'svg+xml') await checkDrawing(bytes);
  const { width, height } = await readMetadata(bytes);
  if (width * height > LIMITS.imagePixels)
    throw refuse(`it has ${width}×${height} pixels; ${LIMITS.imagePixels} in all are allowed`);
  return { width, height, type, bytes: bytes.length };
}

async function readMetadata(bytes: Buffer): Promise<Metadata> {
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw refuse(`it cannot be read (${what})`, cause);
  }
}
