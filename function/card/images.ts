/** Pictures inside a request, looked at before Chromium sees them: a small file can be a bomb of many gigabytes. */
import type { Metadata } from 'sharp';
import { FunctionError, LIMITS } from '../contract.ts';

/** px; of an SVG its own size, of an animation that of one frame. */
export interface ImageInfo {
  width: number;
  height: number;
  type: string;
  bytes: number;
}

const DATA_URI = /^data:image\/(png|jpeg|webp|gif|avif|svg\+xml);base64,([A-Za-z0-9+/]+={0,2})$/;
const HINT = `Use a PNG, JPEG, WebP, GIF, AVIF or SVG image of at most ${LIMITS.imageBytes} bytes and ${LIMITS.imagePixels} pixels.`;

/** What may not be in an SVG: code, entities (which may multiply), and anything that lies elsewhere. */
const SVG_FORBIDDEN: [RegExp, string][] = [
  [/<!ENTITY/i, 'an entity declaration'],
  [/<\s*(?:[\w-]+:)?script\b/i, 'a script'],
  [/\son[a-z]+\s*=/i, 'an event handler'],
  [/<\s*(?:[\w-]+:)?(?:foreignObject|iframe|object|embed)\b/i, 'foreign content'],
  [/@import/i, 'a style import'],
  [/\burl\(\s*["']?\s*(?!["'\s#]|data:)/i, 'a style that refers to another file'],
  [
    /<\s*(?:[\w-]+:)?(?:use|image|feImage|script|link)\b[^>]*\shref\s*=\s*["']\s*(?!["'\s#]|data:image\/)/i,
    'a reference to another file',
  ],
  [
    /<\s*(?:[\w-]+:)?(?:use|image|feImage)\b[^>]*\s[\w-]+:href\s*=\s*["']\s*(?!["'\s#]|data:image\/)/i,
    'a reference to another file',
  ],
  [/<\?xml-stylesheet/i, 'a style sheet that lies elsewhere'],
];

function refuse(what: string, cause?: unknown): FunctionError {
  return new FunctionError('invalid_image', `An image cannot be used: ${what}.`, HINT, { cause });
}

function typeOf({ format, compression }: Metadata): string {
  if (format === 'svg') return 'svg+xml';
  return format === 'heif' && compression === 'av1' ? 'avif' : format;
}

function checkSvg(bytes: Buffer): void {
  // UTF-16 would hide every word from the patterns below.
  if (bytes.includes(0)) throw refuse('it is an SVG in another encoding than UTF-8');
  const text = bytes.toString('utf8');
  for (const [pattern, what] of SVG_FORBIDDEN)
    if (pattern.test(text)) throw refuse(`it is an SVG with ${what}`);
}

/**
 * Checks a base64 data URI by its head alone, nothing is decoded: type as declared, size and pixels within `LIMITS`, an
 * SVG without code or references.
 * @throws FunctionError `invalid_image`, saying what was found.
 */
export async function checkImage(dataUri: string): Promise<ImageInfo> {
  const [, declared, data] = DATA_URI.exec(dataUri) ?? [];
  if (declared === undefined || data === undefined) throw refuse('it is no base64 data URI of an image');
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > LIMITS.imageBytes)
    throw refuse(`it has ${bytes.length} bytes; ${LIMITS.imageBytes} are allowed`);
  if (declared === 'svg+xml') checkSvg(bytes);
  const metadata = await readMetadata(bytes);
  const type = typeOf(metadata);
  if (type !== declared) throw refuse(`it is declared as image/${declared}, but is image/${type}`);
  const { width, height } = metadata;
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
