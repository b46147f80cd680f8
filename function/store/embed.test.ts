import * as fc from 'fast-check';
import { imageSize } from 'image-size';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, embed as partsOf, extract } from './embed.ts';

const fingerprint = fc.stringMatching(/^[0-9a-f]{64}$/);
const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

function embed(bytes: Uint8Array, mark: string): Buffer {
  return Buffer.concat(partsOf(bytes, mark));
}

/** Real pictures as encoders write them. */
const pictures = await Promise.all(
  [1, 40, 300].flatMap((width) => {
    const canvas = () =>
      sharp({ create: { width, height: 21, channels: 3, background: { r: width % 256, g: 80, b: 9 } } });
    return [
      canvas().jpeg().toBuffer(),
      canvas().jpeg({ progressive: true, mozjpeg: true }).toBuffer(),
      canvas().withMetadata({ icc: 'p3' }).jpeg().toBuffer(),
      canvas()
        .keepExif()
        .withExif({ IFD0: { Copyright: 'somebody' } })
        .jpeg()
        .toBuffer(),
      canvas().png().toBuffer(),
      canvas().png({ palette: true, progressive: true }).toBuffer(),
      canvas().withMetadata({ icc: 'p3' }).png().toBuffer(),
      canvas().webp().toBuffer(),
      canvas().webp({ lossless: true }).toBuffer(),
      canvas().ensureAlpha(0.5).webp({ lossless: true }).toBuffer(),
      canvas().ensureAlpha(0.5).webp().toBuffer(),
      canvas().withMetadata({ icc: 'p3' }).webp().toBuffer(),
      canvas()
        .withExif({ IFD0: { Copyright: 'somebody' } })
        .webp()
        .toBuffer(),
    ];
  }),
);
const picture = fc.constantFrom(...pictures);
const webp = await sharp(pictures[0]).webp().toBuffer();

async function pixels(bytes: Uint8Array): Promise<Buffer> {
  return await sharp(bytes, { failOn: 'warning' }).raw().toBuffer();
}

describe('embed', () => {
  it('puts in what extract finds in the head alone, into any picture', () => {
    fc.assert(
      fc.property(picture, fingerprint, (picture, fingerprint) => {
        expect(extract(embed(picture, fingerprint).subarray(0, HEAD_BYTES))).toBe(fingerprint);
      }),
    );
  });

  it('leaves every pixel as it was, for a decoder that stops at the slightest fault', async () => {
    for (const picture of pictures)
      expect((await pixels(embed(picture, A))).equals(await pixels(picture))).toBe(true);
  });

  it('replaces a fingerprint and never doubles it', () => {
    fc.assert(
      fc.property(picture, fingerprint, fingerprint, (picture, first, second) => {
        const twice = embed(embed(picture, first), second);
        expect(Buffer.from(twice).equals(Buffer.from(embed(picture, second)))).toBe(true);
      }),
    );
  });

  it('keeps what else a WebP says of itself, its alpha and its size included', async () => {
    for (const picture of pictures) {
      const { format, width, height, hasAlpha, icc, exif } = await sharp(picture).metadata();
      const after = await sharp(embed(picture, A)).metadata();
      expect(after).toMatchObject({ format, width, height, hasAlpha });
      expect([after.icc, after.exif]).toEqual([icc, exif]);
      expect(imageSize(embed(picture, A).subarray(0, HEAD_BYTES))).toMatchObject({ width, height });
    }
  });

  it('keeps the comments and texts of others', async () => {
    const comment = Buffer.from('\u00ff\u00fe\u0000\u0007hello', 'latin1');
    const [jpeg] = pictures;
    const bytes = Buffer.concat([jpeg!.subarray(0, 2), comment, jpeg!.subarray(2)]);
    expect(Buffer.from(embed(bytes, A)).includes('hello')).toBe(true);
    const described = await sharp(pictures[6])
      .withExif({ IFD0: { Artist: 'Ada' } })
      .png()
      .toBuffer();
    expect((await sharp(embed(described, A)).metadata()).exif?.includes('Ada')).toBe(true);
  });

  it('finds its place behind a first segment of any length', () => {
    const segment = fc.tuple(fc.integer({ min: 0xe0, max: 0xef }), fc.uint8Array({ maxLength: 3000 }));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), fingerprint, (segments, fingerprint) => {
        const [picture] = pictures;
        const extra = segments.map(([type, content]) =>
          Buffer.concat([
            Buffer.from([0xff, type, (content.length + 2) >> 8, (content.length + 2) & 255]),
            content,
          ]),
        );
        const bytes = Buffer.concat([picture!.subarray(0, 2), ...extra, picture!.subarray(2)]);
        const once = embed(bytes, fingerprint);
        expect(extract(once.subarray(0, HEAD_BYTES))).toBe(fingerprint);
        expect(Buffer.from(embed(once, fingerprint)).equals(Buffer.from(once))).toBe(true);
      }),
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a page', Buffer.from('<!doctype html>')],
    ['the start of a PNG', Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1')],
    ['the start of a WebP', Buffer.from('RIFF\u0020\0\0\0WEBPVP8 ', 'latin1')],
    ['a part of a WebP', webp.subarray(0, -2)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => embed(bytes, A)).toThrow(/no whole JPEG, PNG or WebP/);
  });
});

describe('extract', () => {
  it('finds nothing in a picture that carries none', () => {
    for (const picture of pictures) expect(extract(picture)).toBeNull();
  });

  it('answers for any bytes whatever, and for any piece of a picture of ours', () => {
    const start = fc.constantFrom(
      Buffer.alloc(0),
      Buffer.from([0xff, 0xd8, 0xff, 0xfe]),
      Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
      Buffer.from('RIFF\u0020\0\0\0WEBP', 'latin1'),
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        expect(extract(Buffer.concat([start, rest]))).toBeNull();
      }),
    );
    fc.assert(
      fc.property(picture, fc.nat(400), (picture, length) => {
        expect([null, A]).toContain(extract(embed(picture, A).subarray(0, length)));
      }),
    );
  });

  it('takes no other text for a fingerprint', () => {
    const [jpeg] = pictures;
    const forged = Buffer.from(embed(jpeg!, B));
    forged.write('B', forged.indexOf(B));
    expect(extract(forged)).toBeNull();
  });
});
