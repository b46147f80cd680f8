import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FunctionError, outputSchema } from '../../function/contract.ts';
import type { FailedResult } from '../../function/contract.ts';
import type { Item } from '../plan/plan.ts';
import { itemFor } from '../testing/items.ts';
import { composeBody, envelopeBytes, pack, readBatches } from './batches.ts';
import type { BatchLimits, Parcel } from './batches.ts';

const templates = { templates: { default: { digest: 'd' } } };
const item = (slug: string, title = slug): Item => itemFor({ slug, title }, templates);
const parcel = (bytes: number, at: number): Parcel => ({
  item: item(`p${at}`),
  json: 'x'.repeat(bytes),
  bytes,
});
const SITE = { name: 'Grüße' };

async function all(items: Item[], limits: BatchLimits | (() => BatchLimits)) {
  const failed: { item: Item; result: FailedResult }[] = [];
  const batches: Parcel[][] = [];
  const asked = typeof limits === 'function' ? limits : () => limits;
  for await (const batch of readBatches(items, asked, (item, result) => failed.push({ item, result })))
    batches.push(batch);
  return { batches, failed };
}

test('packing keeps order, loses nothing, and breaks no limit that can be kept', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 400 }),
      (sizes, posts, bytes) => {
        const parcels = sizes.map(parcel);
        const batches = pack(parcels, { posts, bytes });
        expect(batches.flat()).toEqual(parcels);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(posts);
          const sum = batch.reduce((sum, { bytes }) => sum + bytes + 1, 0);
          expect(batch.length === 1 || sum <= bytes).toBe(true);
        }
      },
    ),
  );
});

test('the bytes that are counted are the bytes of the body', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 8 }),
      async (titles) => {
        const items = titles.map((title, at) => item(`p${at}`, title));
        const { batches } = await all(items, { posts: 100, bytes: 1_000_000 });
        const [batch = []] = batches;
        const counted = envelopeBytes(SITE, items) + batch.reduce((sum, { bytes }) => sum + bytes + 1, 0) - 1;
        const body = composeBody(SITE, batch);
        expect(Buffer.byteLength(body)).toBe(counted);
        expect(JSON.parse(body)).toMatchObject({ posts: titles.map((title) => ({ title })) });
      },
    ),
  );
});

test('a post that is too heavy alone fails by name, the others travel', async () => {
  const { batches, failed } = await all([item('a'), item('heavy', 'x'.repeat(900)), item('b')], {
    posts: 16,
    bytes: 600,
  });
  expect(batches.flat().map(({ item }) => item.slug)).toEqual(['a', 'b']);
  expect(failed.map(({ item, result }) => [item.slug, result.error.code])).toEqual([['heavy', 'too_large']]);
});

test('a post whose picture is gone fails by itself', async () => {
  const broken: Item = {
    ...item('gone'),
    load: async () => {
      throw new FunctionError('invalid_image', 'cover.png is not there.', '');
    },
  };
  const { batches, failed } = await all([item('a'), broken], { posts: 16, bytes: 10_000 });
  expect(batches.flat().map(({ item }) => item.slug)).toEqual(['a']);
  expect(failed[0]?.result).toMatchObject({
    slug: 'gone',
    error: { code: 'invalid_image', message: 'cover.png is not there.' },
  });
});

test('posts are read only when their batch is asked for, and the size may shrink on the way', async () => {
  let loaded = 0;
  const items = Array.from({ length: 10 }, (_, at) => {
    const one = item(`p${at}`);
    const load = async () => {
      loaded += 1;
      return one.load();
    };
    return { ...one, load };
  });
  const size = { posts: 4, bytes: 10_000 };
  const batches = readBatches(
    items,
    () => size,
    () => {},
  );
  expect((await batches.next()).value).toHaveLength(4);
  expect(loaded).toBe(4);
  size.posts = 2;
  expect((await batches.next()).value).toHaveLength(2);
  expect(loaded).toBe(6);
});

test('a batch has posts of one output: neighbours of one size go together', async () => {
  const tall = { ...outputSchema.parse({}), height: 1500 };
  const high = (slug: string): Item => ({ ...item(slug), output: { ...tall } });
  const mixed = [item('a'), item('b'), high('c'), high('d')];
  const { batches } = await all(mixed, { posts: 100, bytes: 1_000_000 });
  expect(batches.map((batch) => batch.map((one) => one.item.slug))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(JSON.parse(composeBody(SITE, batches[1] ?? []))).toMatchObject({ output: { height: 1500 } });
});
