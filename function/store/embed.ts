/**
 * The fingerprint inside a picture: a comment segment of a JPEG, a text chunk of a PNG, a chunk of our own in a WebP. Pure,
 * and no pixel is touched.
 * It always lies near the start, so that reading it takes the head of a file only.
 */
import { crc32 } from 'node:zlib';
import { FunctionError } from '../contract.ts';
import { isWebp, webpChunks, withWebpChunk } from './webp.ts';

/** `extract` finds what `embed` wrote within this many bytes. */
export const HEAD_BYTES = 2048;

const NAME = 'og-fingerprint';
const FINGERPRINT = /^[0-9a-f]{64}$/;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COMMENT = 0xfe;
const START_OF_SCAN = 0xda;
const WEBP_CHUNK = 'ogfp';
/** A first part that ends beyond this is not skipped: the fingerprint would leave the head. */
const LONGEST_FIRST = 512;

/** Whether a string is a fingerprint: whatever else metadata holds under our name is not ours. */
export function isFingerprint(text: string | undefined): text is string {
  return text !== undefined && FINGERPRINT.test(text);
}

/**
 * The same picture, carrying `fingerprint` and no other, as parts that follow each other: no pixel is copied.
 *
 * @throws FunctionError `internal` for bytes that are no JPEG, PNG or WebP.
 */
export function embed(picture: Uint8Array, fingerprint: string): Buffer[] {
  const bytes = view(picture);
  const parts = isPng(bytes)
    ? embedPng(bytes, fingerprint)
    : isJpeg(bytes)
      ? embedJpeg(bytes, fingerprint)
      : isWebp(bytes)
        ? embedWebp(bytes, fingerprint)
        : null;
  if (parts === null)
    throw new FunctionError(
      'internal',
      'A picture is no whole JPEG, PNG or WebP.',
      'This is a fault of og-sync; please report it.',
    );
  return parts;
}

/** The fingerprint a picture carries, given at least its first `HEAD_BYTES` bytes; null for any other bytes. */
export function extract(head: Uint8Array): string | null {
  const bytes = view(head);
  for (const text of textsOf(bytes)) {
    const found = fingerprintOf(text);
    if (found !== null) return found;
  }
  return null;
}

function textsOf(bytes: Buffer): Iterable<string> {
  if (isPng(bytes)) return texts(bytes, pngChunks(bytes), 'tEXt');
  if (isJpeg(bytes)) return texts(bytes, jpegSegments(bytes), COMMENT);
  return isWebp(bytes) ? texts(bytes, webpChunks(bytes), WEBP_CHUNK) : [];
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function fingerprintOf(text: string): string | null {
  const value = text.startsWith(`${NAME}\0`) ? text.slice(NAME.length + 1) : undefined;
  return isFingerprint(value) ? value : null;
}

function isJpeg(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes[0] === 0xff && bytes[1] === 0xd8;
}

function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).equals(PNG_SIGNATURE);
}

interface Part {
  type: number | string;
  /** Where the whole part starts and ends. */
  start: number;
  end: number;
  /** Where its content lies. */
  content: [number, number];
}

/** The segments of a JPEG up to the picture data; ends early where the bytes end or make no sense. */
function* jpegSegments(bytes: Buffer): Generator<Part> {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const start = at;
    while (bytes[at + 1] === 0xff) at += 1; // any number of fill bytes may stand before a marker
    const type = bytes[at + 1];
    if (type === undefined || type === START_OF_SCAN || at + 4 > bytes.length) return;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return;
    yield { type, start, end, content: [at + 4, end] };
    at = end;
  }
}

/** The chunks of a PNG; ends early where the bytes end. */
function* pngChunks(bytes: Buffer): Generator<Part> {
  let at = PNG_SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return;
    yield {
      type: bytes.toString('latin1', at + 4, at + 8),
      start: at,
      end,
      content: [at + 8, end - 4],
    };
    at = end;
  }
}

function* texts(bytes: Buffer, parts: Iterable<Part>, type: Part['type']): Generator<string> {
  for (const part of parts) if (part.type === type) yield bytes.toString('latin1', ...part.content);
}

function isOurs(bytes: Buffer, part: Part, type: Part['type']): boolean {
  return part.type === type && fingerprintOf(bytes.toString('latin1', ...part.content)) !== null;
}

function embedJpeg(bytes: Buffer, fingerprint: string): Buffer[] {
  const segments = [...jpegSegments(bytes)];
  const first = segments[0];
  const jfif = first?.type === 0xe0 && first.end <= LONGEST_FIRST ? first.end : 2;
  const text = Buffer.from(`${NAME}\0${fingerprint}`, 'latin1');
  const header = Buffer.from([0xff, COMMENT, 0, 0]);
  header.writeUInt16BE(text.length + 2, 2);
  const old = segments.filter((segment) => isOurs(bytes, segment, COMMENT));
  return [bytes.subarray(0, jfif), header, text, ...without(bytes, jfif, old)];
}

function embedPng(bytes: Buffer, fingerprint: string): Buffer[] | null {
  const chunks = [...pngChunks(bytes)];
  const first = chunks[0];
  if (first?.type !== 'IHDR' || first.end > LONGEST_FIRST) return null;
  const body = Buffer.from(`tEXt${NAME}\0${fingerprint}`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  const old = chunks.filter((chunk) => isOurs(bytes, chunk, 'tEXt'));
  return [bytes.subarray(0, first.end), length, body, sum, ...without(bytes, first.end, old)];
}

function embedWebp(bytes: Buffer, fingerprint: string): Buffer[] | null {
  return withWebpChunk(bytes, {
    type: WEBP_CHUNK,
    content: Buffer.from(`${NAME}\0${fingerprint}`, 'latin1'),
    without: (chunk) => isOurs(bytes, chunk, WEBP_CHUNK),
  });
}

/** What follows `from`, the given parts left out. */
function without(bytes: Buffer, from: number, parts: readonly Part[]): Buffer[] {
  const kept: Buffer[] = [];
  let at = from;
  for (const part of parts) {
    kept.push(bytes.subarray(at, part.start));
    at = part.end;
  }
  return [...kept, bytes.subarray(at)];
}
