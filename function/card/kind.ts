/** What a file is by its first bytes, whatever its name says. Pure. */

export type ImageKind =
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'avif'
  | 'tiff'
  | 'svg'
  | 'svgz'
  | 'heic'
  | 'lfs'
  | 'html'
  | 'nothing'
  | 'unknown';

/** How messages call what is no picture that a card can show. */
export const IMAGE_KIND_NAMES: Partial<Record<ImageKind, string>> = {
  tiff: 'a TIFF',
  heic: 'a HEIC picture',
  svgz: 'a compressed file',
  lfs: 'a Git LFS pointer, not the picture itself',
  html: 'an HTML page',
  nothing: 'an empty file',
  unknown: 'no picture',
};

/** Enough to find the first word of a text and the brands of an AVIF. */
const HEAD = 1024;
const MAGIC: readonly (readonly [ImageKind, string])[] = [
  ['png', '\x89PNG\r\n\x1a\n'],
  ['jpeg', '\xff\xd8\xff'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['svgz', '\x1f\x8b'],
  ['lfs', 'version https://git-lfs.github.com/spec/'],
];
const HTML = /^<(?:!doctype\s+html|html|head|body|title|script|meta)\b/i;

/** The kind of a file. A text that begins with "<" and is no HTML page counts as an SVG, to be parsed as one. */
export function imageKindOf(bytes: Uint8Array): ImageKind {
  if (bytes.byteLength === 0) return 'nothing';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD));
  const text = head.toString('latin1');
  const magic = MAGIC.find(([, start]) => text.startsWith(start));
  if (magic !== undefined) return magic[0];
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  if (text.startsWith('ftyp', 4)) return brandOf(head);
  const words = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (!words.startsWith('<')) return 'unknown';
  return HTML.test(words) ? 'html' : 'svg';
}

/** ISO 14496-12, 4.3: the file type box names a major brand and, after a version, those it is compatible with. */
function brandOf(head: Buffer): ImageKind {
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands = [head.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4));
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  return brands.some((brand) => /^(?:he[ivc]|mif1|msf1)/.test(brand)) ? 'heic' : 'unknown';
}
