import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { drawingOrder, makePlan } from './plan.ts';
import type { Held, Inventory, Item } from './plan.ts';
import { item } from '../testing/items.ts';

const fingerprint = fc.stringMatching(/^[ab]{64}$/);
const key = fc.integer({ min: 0, max: 12 }).map((number) => `p/${number}.jpg`);
const items: fc.Arbitrary<Item[]> = fc
  .uniqueArray(fc.tuple(key, fingerprint), { selector: ([key]) => key })
  .map((pairs) => pairs.map(([key, fingerprint]) => item(key, fingerprint)));

function held(fingerprint: string | null): Held {
  return { fingerprint, etag: 'e', bytes: 1, modified: new Date(0) };
}

/** Stores that hold some of the items as they are, some older ones, some orphans and some things of others. */
const world = items.chain((items) => {
  const known = items.map(({ key, fingerprint }) => [key, fingerprint] as const);
  const pair = fc.oneof(
    fc.tuple(key, fc.oneof(fingerprint, fc.constant(null))),
    ...(known.length === 0 ? [] : [fc.constantFrom(...known)]),
  );
  return fc
    .array(pair)
    .map((pairs) => ({ items, inventory: new Map(pairs.map(([key, print]) => [key, held(print)])) }));
});

function owned(inventory: Inventory): string[] {
  return [...inventory].filter(([, { fingerprint }]) => fingerprint !== null).map(([key]) => key);
}

describe('a plan', () => {
  it('puts every post into one of create, update and keep, and every image of ours that is left into orphan', () => {
    fc.assert(
      fc.property(world, fc.boolean(), ({ items, inventory }, force) => {
        const plan = makePlan(items, inventory, { force });
        const planned = [...plan.create, ...plan.update, ...plan.keep];
        expect(planned).toHaveLength(items.length);
        expect(new Set(planned)).toEqual(new Set(items));
        const claimed = new Set(items.map(({ key }) => key));
        expect(plan.orphan).toEqual(
          owned(inventory)
            .filter((key) => !claimed.has(key))
            .sort(),
        );
      }),
    );
  });

  it('creates what is absent, updates what is different or not ours, keeps what is the same', () => {
    fc.assert(
      fc.property(world, ({ items, inventory }) => {
        const plan = makePlan(items, inventory);
        for (const { key } of plan.create) expect(inventory.has(key)).toBe(false);
        for (const { key, fingerprint } of plan.update)
          expect([undefined, fingerprint]).not.toContain(inventory.get(key)?.fingerprint);
        for (const { key, fingerprint } of plan.keep)
          expect(inventory.get(key)?.fingerprint).toBe(fingerprint);
      }),
    );
  });

  it('has nothing to do once it is carried out', () => {
    fc.assert(
      fc.property(world, ({ items, inventory }) => {
        const { create, update, orphan } = makePlan(items, inventory);
        const after = new Map<string, Held>(inventory);
        for (const { key, fingerprint } of [...create, ...update]) after.set(key, held(fingerprint));
        for (const key of orphan) after.delete(key);
        expect(makePlan(items, after)).toEqual({ create: [], update: [], keep: items, orphan: [] });
      }),
    );
  });

  it('keeps nothing when forced', () => {
    fc.assert(
      fc.property(world, ({ items, inventory }) => {
        const { create, update, keep } = makePlan(items, inventory, { force: true });
        expect(keep).toEqual([]);
        expect(create).toEqual(makePlan(items, inventory).create);
        expect(update).toHaveLength(items.length - create.length);
      }),
    );
  });

  it('keeps an image whose name carries the start of the fingerprint, and only that one', () => {
    const print = '0123456789ab'.padEnd(64, 'f');
    const one = item('a.0123456789ab.jpg', print);
    const inventory = new Map([
      ['a.0123456789ab.jpg', held('0123456789ab')],
      ['a.999999999999.jpg', held('999999999999')],
    ]);
    expect(makePlan([one], inventory)).toEqual({
      create: [],
      update: [],
      keep: [one],
      orphan: ['a.999999999999.jpg'],
    });
  });
});

test('cards are drawn output by output, the first one first, and template by template', () => {
  const items = ['a', 'b', 'c'].flatMap((slug, at) => [
    { ...item(`${slug}.jpg`, 'f'), outputName: 'wide', template: at === 1 ? 'docs' : 'cover' },
    { ...item(`${slug}-square.jpg`, 'f'), outputName: 'square', template: 'cover' },
  ]);
  expect(drawingOrder(items).map(({ key }) => key)).toEqual([
    'a.jpg',
    'c.jpg',
    'b.jpg',
    'a-square.jpg',
    'b-square.jpg',
    'c-square.jpg',
  ]);
});
