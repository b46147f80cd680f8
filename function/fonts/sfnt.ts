/** The container format of TTF and OTF files. */

const HEADER = 12;
const RECORD = 16;

interface Table {
  record: Buffer;
  data: Buffer;
}

/**
 * A copy of a font without one table. The emoji font carries every picture twice, the second time as 20 MB of SVG that
 * Chromium never reads.
 * @throws RangeError when the bytes are not a font.
 */
export function withoutTable(font: Uint8Array, tag: string): Uint8Array {
  const source = Buffer.from(font.buffer, font.byteOffset, font.byteLength);
  const tables = readTables(source).filter(({ record }) => record.toString('latin1', 0, 4) !== tag);
  const header = Buffer.from(source.subarray(0, HEADER));
  const power = Math.floor(Math.log2(tables.length));
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(RECORD * 2 ** power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(RECORD * (tables.length - 2 ** power), 10);
  let offset = HEADER + RECORD * tables.length;
  for (const { record, data } of tables) {
    record.writeUInt32BE(offset, 8);
    offset += data.length;
  }
  return Buffer.concat([header, ...tables.map(({ record }) => record), ...tables.map(({ data }) => data)]);
}

function readTables(font: Buffer): Table[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const start = HEADER + RECORD * index;
    const record = Buffer.from(font.subarray(start, start + RECORD));
    const offset = record.readUInt32BE(8);
    const length = record.readUInt32BE(12);
    const data = Buffer.alloc(Math.ceil(length / 4) * 4);
    font.copy(data, 0, offset, offset + length);
    return { record, data };
  });
}
