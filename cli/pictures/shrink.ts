/** The bytes of a picture → a data URI no larger than a card needs. The same bytes give the same text. */
import { LIMITS } from '../../function/contract.ts';
import { PostError } from '../errors.ts';

/** What the picture must cover, in px. */
export interface Box {
  width: number;
  height: number;
}

/** Raised when the same picture would be shrunk differently: results kept from earlier are then made anew. */
export const SHRINK_VERSION = 1;

/** Above this many bytes a small picture is encoded anew: requests stay light. */
const AS_IS_BYTES = 400_000;
/** About 300 MB while it is decoded. */
const SOURCE_PIXELS = 100_000_000;
const QUALITIES = [82, 70, 55, 40];
const TYPES: Readonly<Record<string, string>> = {
  svg: 'svg+xml',
  png: 'png',
  jpeg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  heif: 'avif',
};

/**
 * A still picture that covers the box, encoded anew only where it is larger, heavy, animated or of another kind. `name` is for
 * messages.
 * @throws PostError `invalid_picture` when it cannot be decoded.
 */
export async function shrink(bytes: Buffer, box: Box, name: string): Promise<string> {
  const { default: sharp } = await import('sharp');
  try {
    const picture = sharp(bytes, { limitInputPixels: SOURCE_PIXELS, failOn: 'error' });
    const about = await picture.metadata();
    const type = TYPES[about.format];
    const { width, height } = about.autoOrient;
    // An SVG has no pixels of its own, but the function counts those it says it has.
    const fits =
      about.format === 'svg'
        ? width * height <= LIMITS.imagePixels
        : width <= box.width && height <= box.height;
    const plain = (about.pages ?? 1) === 1 && about.space !== 'cmyk' && bytes[0] !== 0x1f;
    if (type !== undefined && fits && plain && bytes.byteLength <= AS_IS_BYTES) return dataUri(type, bytes);
    const scale = Math.min(scaleFor({ width, height }, box), 1);
    const small = picture
      .autoOrient()
      .resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), {
        fit: 'fill',
      });
    for (const quality of QUALITIES) {
      const encoded = await (about.hasAlpha ? small.webp({ quality }) : small.jpeg({ quality })).toBuffer();
      if (encoded.byteLength <= LIMITS.imageBytes) return dataUri(about.hasAlpha ? 'webp' : 'jpeg', encoded);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostError(
      'invalid_picture',
      `${name} cannot be decoded as PNG, JPEG, WebP, AVIF, GIF or SVG: ${reason}`,
      { cause },
    );
  }
  throw new PostError('invalid_picture', `${name} stays above ${LIMITS.imageBytes} bytes when shrunk`);
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
