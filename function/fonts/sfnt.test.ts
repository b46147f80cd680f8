import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutTable } from './sfnt.ts';

/** A font file of tables that hold nothing but bytes. */
function sfnt(tables: [tag: string, data: Uint8Array][]): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32BE(0x0001_0000, 0);
  header.writeUInt16BE(tables.length, 4);
  let offset = 12 + 16 * tables.length;
  const records = tables.map(([tag, data]) => {
    const record = Buffer.alloc(16);
    record.write(tag, 'latin1');
    record.writeUInt32BE(offset, 8);
    record.writeUInt32BE(data.length, 12);
    offset += Math.ceil(data.length / 4) * 4;
    return record;
  });
  const padded = tables.map(([, data]) => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]));
  return Buffer.concat([header, ...records, ...padded]);
}

function read(font: Uint8Array): [string, number[]][] {
  const bytes = Buffer.from(font);
  return Array.from({ length: bytes.readUInt16BE(4) }, (_, i) => {
    const record = bytes.subarray(12 + 16 * i, 28 + 16 * i);
    const start = record.readUInt32BE(8);
    return [record.toString('latin1', 0, 4), [...bytes.subarray(start, start + record.readUInt32BE(12))]];
  });
}

test('one table goes, and every other keeps its bytes', () => {
  const tag = fc.constantFrom('cmap', 'glyf', 'head', 'loca', 'name', 'post');
  const table = fc.tuple(tag, fc.uint8Array({ maxLength: 40 }));
  fc.assert(
    fc.property(fc.uniqueArray(table, { selector: ([name]) => name, minLength: 1 }), (tables) => {
      const kept = tables.map(([name, data]): [string, number[]] => [name, [...data]]);
      const [first, ...rest] = tables;
      const font = sfnt([
        ...(first === undefined ? [] : [first]),
        ['SVG ', Buffer.from('pictures')],
        ...rest,
      ]);
      expect(read(withoutTable(font, 'SVG '))).toEqual(kept);
    }),
  );
});

test('bytes that are no font are refused', () => {
  expect(() => withoutTable(Buffer.from('no'), 'SVG ')).toThrow(RangeError);
});
