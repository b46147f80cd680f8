/**
 * The chunks of a WebP (RFC 9649): where each lies, and how one more comes in. A chunk that a reader does not know is valid
 * only in the extended format, which begins with a chunk about the canvas.
 */

/** A chunk and where it lies, padding included; `content` is where what it holds lies. */
export interface WebpChunk {
  type: string;
  start: number;
  end: number;
  content: [number, number];
}

const HEADER = 12;
const ALPHA = 0x10;

export function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}

/** The chunks of a WebP; ends early where the bytes end. */
export function* webpChunks(bytes: Buffer): Generator<WebpChunk> {
  let at = HEADER;
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32LE(at + 4);
    const last = at + 8 + size;
    if (last > bytes.length) return;
    const end = last + (size % 2);
    yield { type: bytes.toString('latin1', at, at + 4), start: at, end, content: [at + 8, last] };
    at = end;
  }
}

/**
 * The same picture with a chunk near its beginning (metadata and unknown chunks may stand anywhere), and without some that it
 * has. Null for what is no whole WebP of one frame or more.
 */
export function withWebpChunk(
  bytes: Buffer,
  { type, content, without }: { type: string; content: Buffer; without: (chunk: WebpChunk) => boolean },
): Buffer[] | null {
  const chunks = [...webpChunks(bytes)];
  const [first] = chunks;
  const isWhole = bytes.length >= HEADER && bytes.readUInt32LE(4) + 8 <= bytes.length;
  if (first === undefined || !isWhole) return null;
  const canvas = first.type === 'VP8X' ? bytes.subarray(first.start, first.end) : canvasChunk(bytes, first);
  if (canvas === null) return null;
  const kept = chunks.filter((chunk) => chunk.type !== 'VP8X' && !without(chunk));
  const parts = [
    canvas,
    chunk(type, content),
    ...kept.map(({ type: name, content: place }) => chunk(name, bytes.subarray(...place))),
  ];
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  header.writeUInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return [header, ...parts];
}

function chunk(type: string, content: Buffer): Buffer {
  const made = Buffer.alloc(8 + content.length + (content.length % 2));
  made.write(type, 0, 'latin1');
  made.writeUInt32LE(content.length, 4);
  content.copy(made, 8);
  return made;
}

/** What the extended format asks for before the picture data of a simple one: its size, and whether it has alpha. */
function canvasChunk(bytes: Buffer, { type, content: [at, end] }: WebpChunk): Buffer | null {
  let size: { width: number; height: number; flags: number };
  if (type === 'VP8 ' && end - at >= 10)
    size = {
      width: bytes.readUInt16LE(at + 6) & 0x3fff,
      height: bytes.readUInt16LE(at + 8) & 0x3fff,
      flags: 0,
    };
  else if (type === 'VP8L' && end - at >= 5) {
    const bits = bytes.readUInt32LE(at + 1);
    size = {
      width: (bits & 0x3fff) + 1,
      height: ((bits >>> 14) & 0x3fff) + 1,
      flags: (bits >>> 28) & 1 ? ALPHA : 0,
    };
  } else return null;
  if (size.width === 0 || size.height === 0) return null;
  const canvas = Buffer.alloc(10);
  canvas.writeUInt8(size.flags, 0);
  canvas.writeUIntLE(size.width - 1, 4, 3);
  canvas.writeUIntLE(size.height - 1, 7, 3);
  return chunk('VP8X', canvas);
}
