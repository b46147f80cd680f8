/** A font that draws a box for every character: what no other font has is seen, and not silently left out. */

const UNITS = 1000;
const ASCENT = 800;
const DESCENT = 200;
const ADVANCE = 640;
const GLYPHS = 2;

/** Everything but blanks and what is never drawn. Ascending. */
const DRAWN: readonly (readonly [first: number, last: number])[] = [
  [0x21, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x34e],
  [0x350, 0x115e],
  [0x1161, 0x167f],
  [0x1681, 0x180a],
  [0x1810, 0x1fff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2070, 0x2fff],
  [0x3001, 0x3163],
  [0x3165, 0xd7ff],
  [0xe000, 0xfdff],
  [0xfe10, 0xfefe],
  [0xff00, 0xff9f],
  [0xffa1, 0xffef],
  [0xfffc, 0xdffff],
  [0xe1000, 0x10ffff],
];

/** Numbers of two bytes, signed or not, one after the other. */
function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, index * 2);
  return bytes;
}

function longs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
}

/** An upright rectangle inside another one that runs the other way round: a frame. */
function frame(): Buffer {
  const [left, bottom, right, top, line] = [60, 0, ADVANCE - 60, 720, 56];
  const [l, b, r, t] = [left + line, bottom + line, right - line, top - line];
  const corners = [
    [left, bottom],
    [left, top],
    [right, top],
    [right, bottom],
    [l, b],
    [r, b],
    [r, t],
    [l, t],
  ] as const;
  const steps = (axis: 0 | 1): number[] =>
    corners.map((corner, index) => corner[axis] - (corners[index - 1]?.[axis] ?? 0));
  const head = words(2, left, bottom, right, top, 3, 7, 0);
  return Buffer.concat([head, Buffer.alloc(corners.length, 1), words(...steps(0), ...steps(1))]);
}

/** Format 13: each range of characters has one glyph. */
function characterMap(): Buffer {
  const groups = DRAWN.flatMap(([first, last]) => [first, last, 1]);
  const length = 16 + groups.length * 4;
  return Buffer.concat([
    words(0, 1, 3, 10),
    longs(12),
    words(13, 0),
    longs(length, 0, DRAWN.length, ...groups),
  ]);
}

function names(): Buffer {
  const entries = [
    [1, 'og-sync box'],
    [2, 'Regular'],
    [4, 'og-sync box'],
    [6, 'og-sync-box'],
  ] as const;
  const texts = entries.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  let at = 0;
  const records = entries.flatMap(([id], index) => {
    const length = texts[index]?.length ?? 0;
    at += length;
    return [3, 1, 0x409, id, length, at - length];
  });
  return Buffer.concat([words(0, entries.length, 6 + records.length * 2, ...records), ...texts]);
}

function sumOf(bytes: Buffer): number {
  const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

/** A TrueType font (OpenType 1.9), a kilobyte. */
export function boxFont(): Buffer {
  const glyph = frame();
  const box = [60, 0, ADVANCE - 60, 720] as const;
  const tables: Record<string, Buffer> = {
    'OS/2': Buffer.concat([
      words(4, ADVANCE, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0),
      Buffer.alloc(10),
      longs(0, 0, 0, 0),
      Buffer.from('NONE'),
      words(0x40, 0x21, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT),
      longs(1, 0),
      words(500, 720, 0, 0x20, 1),
    ]),
    cmap: characterMap(),
    glyf: glyph,
    head: Buffer.concat([
      words(1, 0, 1, 0),
      longs(0, 0x5f0f3cf5),
      words(3, UNITS),
      longs(0, 0, 0, 0),
      words(...box, 0, 8, 2, 0, 0),
    ]),
    hhea: words(1, 0, ASCENT, -DESCENT, 0, ADVANCE, 60, 60, ADVANCE - 60, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS),
    hmtx: words(ADVANCE, 60, ADVANCE, 60),
    loca: words(0, 0, glyph.length / 2),
    maxp: words(1, 0, GLYPHS, 8, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    name: names(),
    post: longs(0x0003_0000, 0, 0, 0, 0, 0, 0, 0),
  };
  return assemble(Object.entries(tables));
}

function assemble(tables: readonly (readonly [tag: string, data: Buffer])[]): Buffer {
  const power = Math.floor(Math.log2(tables.length));
  const header = Buffer.concat([
    longs(0x0001_0000),
    words(tables.length, 16 * 2 ** power, power, 16 * (tables.length - 2 ** power)),
  ]);
  let offset = header.length + 16 * tables.length;
  const records: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [tag, data] of tables) {
    const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
    records.push(Buffer.concat([Buffer.from(tag), longs(sumOf(data), offset, data.length)]));
    bodies.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([header, ...records, ...bodies]);
}
