/** The bytes of a picture → a data URI no larger than a card needs. The same bytes give the same text. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Metadata, Sharp } from 'sharp';
import { imageKindOf, IMAGE_KIND_NAMES } from '../../function/card/kind.ts';
import type { ImageKind } from '../../function/card/kind.ts';
import { FunctionError, LIMITS } from '../../function/contract.ts';
import { PostError } from '../errors.ts';

/** What the picture must cover, in px. */
export interface Box {
  width: number;
  height: number;
}

/** Raised when the same picture would be shrunk differently: results kept from earlier are then made anew. */
export const SHRINK_VERSION = 2;

/** Above this many bytes a small picture is encoded anew: requests stay light. */
const AS_IS_BYTES = 400_000;
/** About 300 MB while it is decoded. */
const SOURCE_PIXELS = 100_000_000;
/** An SVG of more text than this costs more to draw than the function takes. */
const SVG_BYTES = 10_000_000;
/** Of an SVG in px per inch: what librsvg takes for 1:1. */
const DENSITY = 72;
const QUALITIES = [82, 70, 55, 40];
const KINDS = 'PNG, JPEG, WebP, AVIF, GIF or SVG';
/** What a browser shows as it is. */
const TYPES: Partial<Record<ImageKind, string>> = {
  svg: 'svg+xml',
  png: 'png',
  jpeg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  avif: 'avif',
};
const CURES: Partial<Record<ImageKind, string>> = {
  heic: `; save it as ${KINDS}`,
  lfs: '; fetch it with "git lfs pull", and in a pipeline with a checkout that fetches LFS files',
};

/**
 * A still picture that covers the box, upright, encoded anew only where it is larger, heavy, turned, animated or of another
 * kind. `name` is for messages.
 * @throws PostError `invalid_picture` when it cannot be decoded to its end, or is an SVG that may not be drawn.
 */
export async function shrink(bytes: Buffer, box: Box, name: string): Promise<string> {
  const { default: sharp } = await import('sharp');
  try {
    const { kind, source } = await opened(bytes, name);
    const read = (density?: number): Sharp =>
      sharp(source, {
        limitInputPixels: SOURCE_PIXELS,
        failOn: 'error',
        ...(density !== undefined && { density }),
      });
    const picture = read();
    const about = await picture.metadata();
    const type = TYPES[kind];
    if (type !== undefined && isFit(kind, about, box) && source.byteLength <= AS_IS_BYTES) {
      // A head alone does not show that the rest is missing.
      if (kind !== 'svg') await picture.clone().raw().toBuffer();
      return dataUri(type, source);
    }
    const { width, height } = about.autoOrient;
    const scale = Math.min(scaleFor({ width, height }, box), 1);
    // A drawing is drawn at the size it is needed in, whatever size it says it has.
    const small = (kind === 'svg' ? read(Math.max(1, DENSITY * scale)) : picture)
      .autoOrient()
      .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), {
        fit: 'fill',
      });
    for (const quality of QUALITIES) {
      const encoded = await (about.hasAlpha ? small.webp({ quality }) : small.jpeg({ quality })).toBuffer();
      if (encoded.byteLength <= LIMITS.imageBytes) return dataUri(about.hasAlpha ? 'webp' : 'jpeg', encoded);
    }
  } catch (cause) {
    if (cause instanceof PostError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw unusable(`${name} cannot be decoded: ${reason.split('\n', 1)[0]}`, cause);
  }
  throw unusable(`${name} stays above ${LIMITS.imageBytes} bytes when shrunk`);
}

/** What the bytes are, an SVG unpacked and checked. Nothing else reaches a decoder that would take it for an SVG. */
async function opened(bytes: Buffer, name: string): Promise<{ kind: ImageKind; source: Buffer }> {
  const kind = imageKindOf(bytes);
  const source = kind === 'svgz' ? await unpacked(bytes, name) : bytes;
  const inner = kind === 'svgz' ? imageKindOf(source) : kind;
  const isReadable = kind === 'svgz' ? inner === 'svg' : TYPES[kind] !== undefined || kind === 'tiff';
  if (!isReadable)
    throw unusable(
      `${name} is ${IMAGE_KIND_NAMES[kind] ?? 'no picture'}, and not ${KINDS}${CURES[kind] ?? ''}`,
    );
  if (inner === 'svg') await checkSvg(source, name);
  return { kind: inner, source };
}

async function unpacked(bytes: Buffer, name: string): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: SVG_BYTES });
  } catch (cause) {
    throw unusable(`${name} is a compressed file that cannot be unpacked`, cause);
  }
}

async function checkSvg(source: Buffer, name: string): Promise<void> {
  if (source.byteLength > SVG_BYTES) throw unusable(`${name} is an SVG of more than ${SVG_BYTES / 1e6} MB`);
  const { checkDrawing } = await import('../../function/card/images.ts');
  try {
    await checkDrawing(source);
  } catch (cause) {
    if (!(cause instanceof FunctionError)) throw cause;
    throw unusable(`${name}: ${cause.message.replace(/\.$/, '')}`, cause);
  }
}

/** Whether it may travel as it is. An SVG has no pixels of its own, but the function counts those it says it has. */
function isFit(kind: ImageKind, about: Metadata, box: Box): boolean {
  const { width, height } = about.autoOrient;
  if (kind === 'svg') return width * height <= LIMITS.imagePixels;
  const plain = (about.pages ?? 1) === 1 && about.space !== 'cmyk' && (about.orientation ?? 1) === 1;
  return plain && width <= box.width && height <= box.height;
}

/** Covers the box, so that a template may crop as it likes; a panorama is held to twice the longer side of the box. */
function scaleFor({ width, height }: Box, box: Box): number {
  const cover = Math.max(box.width / width, box.height / height);
  const longest = (2 * Math.max(box.width, box.height)) / Math.max(width, height);
  return Math.min(cover, longest);
}

function dataUri(type: string, bytes: Buffer): string {
  return `data:image/${type};base64,${bytes.toString('base64')}`;
}

function unusable(message: string, cause?: unknown): PostError {
  return new PostError('invalid_picture', message, { cause });
}
