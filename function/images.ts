/** Pictures that come from outside, looked at before Chromium sees them. */
import sharp from 'sharp';
import { FunctionError, LIMITS } from './contract.ts';

const DATA_URI = /^data:image\/([a-z+]+);base64,(.*)$/s;
/** sharp's names of formats where they differ from the media type's. */
const FORMATS: Record<string, string> = { 'svg+xml': 'svg', avif: 'heif' };

function refuse(reason: string, cause?: unknown): FunctionError {
  return new FunctionError(
    'invalid_image',
    `An image cannot be used: ${reason}.`,
    'Send a smaller or another file.',
    {
      cause,
    },
  );
}

/**
 * Checks type, bytes and pixels of a base64 data URI by its header alone; no pixel is decoded.
 * @throws FunctionError `invalid_image`.
 */
export async function checkImage(dataUri: string): Promise<{ width: number; height: number }> {
  const [, type = '', base64 = ''] = DATA_URI.exec(dataUri) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.byteLength > LIMITS.imageBytes)
    throw refuse(`it has ${bytes.byteLength} bytes, ${LIMITS.imageBytes} are allowed`);
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw refuse('it does not decode', cause);
    });
  const { format, width, height } = metadata;
  if (format !== (FORMATS[type] ?? type)) throw refuse(`it says ${type} but is ${format}`);
  if (width * height > LIMITS.imagePixels)
    throw refuse(`it has ${width}×${height} px, ${LIMITS.imagePixels} pixels are allowed`);
  return { width, height };
}
