/** Pictures for tests, drawn here. */
import sharp from 'sharp';

type Format = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

/** A picture of one colour; `alpha` from 0 to 1. */
export function drawn(format: Format, width: number, height: number, alpha = 1): Promise<Buffer> {
  const channels = alpha < 1 ? 4 : 3;
  const background = { r: 200, g: 90, b: 40, alpha };
  return sharp({ create: { width, height, channels, background } }).toFormat(format).toBuffer();
}

/** A picture of noise, that no encoder makes small; the same one every time. */
export function noisy(format: Format, width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let at = 0; at < pixels.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** What a data URI holds, as sharp sees it. */
export async function looked(
  uri: string,
): Promise<{ type: string; width: number; height: number; bytes: number }> {
  const [, type = '', base64 = ''] = /^data:image\/([a-z+]+);base64,(.*)$/.exec(uri) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const { width, height } = await sharp(bytes).metadata();
  return { type, width, height, bytes: bytes.byteLength };
}
