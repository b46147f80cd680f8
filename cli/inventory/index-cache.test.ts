import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIndex, mergeIndex, parseIndex } from './index-cache.ts';
import type { IndexEntry, Index, Knowledge } from './index-cache.ts';

const name = fc.oneof(
  fc.constantFrom('a.jpg', 'b.jpg', 'c.jpg', '__proto__', 'constructor', 'toString'),
  fc.string({ unit: 'grapheme' }),
);
const entry: fc.Arbitrary<IndexEntry> = fc.tuple(
  fc.string({ minLength: 1 }),
  fc.option(fc.stringMatching(/^[0-9a-f]{64}$/), { nil: null }),
);
const index: fc.Arbitrary<Index> = fc.array(fc.tuple(name, entry)).map((entries) => new Map(entries));

describe('the text of an index', () => {
  it('gives every entry back, whatever its key is called', () => {
    fc.assert(
      fc.property(index, (index) => {
        expect(parseIndex(formatIndex(index))).toEqual(index);
      }),
    );
  });

  it('does not depend on the order of the entries', () => {
    fc.assert(
      fc.property(index, (index) => {
        expect(formatIndex(new Map([...index].reverse()))).toBe(formatIndex(index));
      }),
    );
  });

  it('is an empty index when it is anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseIndex(text)).toEqual(new Map());
      }),
    );
    for (const text of ['{"version":2,"entries":{"a":["e",null]}}', '{"version":1,"entries":[["a"]]}'])
      expect(parseIndex(text)).toEqual(new Map());
  });

  it('is read up to any cut without an error', () => {
    fc.assert(
      fc.property(index, fc.double({ min: 0, max: 1, noNaN: true }), (index, part) => {
        const text = formatIndex(index);
        expect([0, index.size]).toContain(parseIndex(text.slice(0, part * text.length)).size);
      }),
    );
  });

  it('loses only the entries that make no sense', () => {
    const text =
      '{"version":1,"entries":{"a":["e",null],"b":["",null],"c":[1,null],"d":["e",1],"f":"e","g":["e"]}}';
    expect(parseIndex(text)).toEqual(new Map([['a', ['e', null]]]));
  });
});

function run(stored: Index): Knowledge {
  return { seen: new Map(), stored, deleted: new Set() };
}

describe('the merge of two runs', () => {
  const knowledge = fc.record({
    seen: index,
    stored: index,
    deleted: fc.array(name).map((names) => new Set(names)),
  });

  it('has what this run stored, else nothing it deleted, else what the other run wrote, else what was seen', () => {
    fc.assert(
      fc.property(index, knowledge, (theirs, { seen, stored, deleted }) => {
        const merged = mergeIndex(theirs, { seen, stored, deleted });
        for (const key of new Set([...theirs.keys(), ...seen.keys(), ...stored.keys()])) {
          const older = deleted.has(key) ? undefined : (theirs.get(key) ?? seen.get(key));
          expect(merged.get(key)).toEqual(stored.get(key) ?? older);
        }
      }),
    );
  });

  it('adds nothing that nobody knew, and changes nothing that it was given', () => {
    fc.assert(
      fc.property(index, knowledge, (theirs, known) => {
        const before = formatIndex(theirs) + formatIndex(known.seen) + formatIndex(known.stored);
        const merged = mergeIndex(theirs, known);
        for (const key of merged.keys())
          expect(theirs.has(key) || known.seen.has(key) || known.stored.has(key)).toBe(true);
        expect(formatIndex(theirs) + formatIndex(known.seen) + formatIndex(known.stored)).toBe(before);
      }),
    );
  });

  it('of two runs that stored different images has both, whoever wrote first', () => {
    const a: Index = new Map([['a.jpg', ['1', 'x']]]);
    const b: Index = new Map([['b.jpg', ['2', 'y']]]);
    expect(mergeIndex(mergeIndex(new Map(), run(a)), run(b))).toEqual(new Map([...a, ...b]));
    expect(mergeIndex(mergeIndex(new Map(), run(b)), run(a))).toEqual(new Map([...a, ...b]));
  });
});
