import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../function/store/open.ts';
import type { Store } from '../../function/store/store.ts';
import { temporaryFolder } from '../../function/testing/folder.ts';
import { digits, testImage } from '../../function/testing/image.ts';
import { makePlan } from './plan.ts';
import type { Held, Inventory } from './plan.ts';
import { OLDER_THAN_MS, prune, selectOrphans } from './prune.ts';
import { item } from '../testing/items.ts';

const A = digits('a');
const NOW = Date.UTC(2026, 10, 23);
const DAY = 24 * 3600 * 1000;
const RULES = {
  olderThanMs: OLDER_THAN_MS,
  now: NOW,
  problems: 0,
  posts: 1,
  missing: new Map<string, Set<string>>(),
};

const held: fc.Arbitrary<Held> = fc.record({
  fingerprint: fc.constantFrom(A, null),
  etag: fc.constant('e'),
  bytes: fc.constant(1),
  modified: fc.integer({ min: 0, max: 14 * DAY }).map((age) => new Date(NOW - age)),
});
const inventory: fc.Arbitrary<Inventory> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 15 }), held))
  .map((entries) => new Map(entries.map(([index, held]) => [`${index}.jpg`, held])));
const POSTS = [0, 1, 2, 3].map((index) => item(`${index}.jpg`, A));

describe('the choice of orphans to delete', () => {
  it('takes exactly the images of ours that no post claims and that are old enough', () => {
    fc.assert(
      fc.property(inventory, (inventory) => {
        const { old, young, refusal } = selectOrphans(makePlan(POSTS, inventory), inventory, RULES);
        expect(refusal).toBeNull();
        const claimed = new Set(POSTS.map(({ key }) => key));
        for (const [key, { fingerprint, modified }] of inventory) {
          const orphan = fingerprint !== null && !claimed.has(key);
          const isOld = NOW - modified.getTime() >= OLDER_THAN_MS;
          expect(old.some((one) => one.key === key)).toBe(orphan && isOld);
          expect(young.includes(key)).toBe(orphan && !isOld);
        }
      }),
    );
  });

  it.each([
    ['a file has a problem', { problems: 1 }, /1 file has a problem/],
    ['files have problems', { problems: 2 }, /2 files have a problem/],
    ['no post was found', { posts: 0 }, /no post was found/],
  ])('takes none when %s, and says so', (_when, change, why) => {
    fc.assert(
      fc.property(inventory, (inventory) => {
        const selection = selectOrphans(makePlan([], inventory), inventory, { ...RULES, ...change });
        expect(selection).toMatchObject({ old: [], young: [] });
        expect(selection.refusal).toMatch(why);
      }),
    );
  });
});

describe('the last picture of a post', () => {
  const old: Held = { fingerprint: A, etag: 'e', bytes: 1, modified: new Date(0) };
  it.each([
    ['a hashed key', '{slug}.{hash}.{ext}', 'a/b.aaaaaaaaaaaa.jpg', 'a/b'],
    ['another format', '{slug}.{ext}', 'a/b.png', 'a/b'],
    ['another template', '{template}/{slug}.{ext}', 'wide/a/b.jpg', 'a/b'],
    ['a hash in the folder', 'v/{hash}/{slug}.{ext}', 'v/aaaaaaaaaaaa/日本.jpg', '日本'],
  ])('stays as long as its new one is missing: %s', (_what, pattern, key, slug) => {
    const plan = { create: [], update: [], keep: [], orphan: [key, 'other.jpg'] };
    const inventory = new Map([key, 'other.jpg'].map((key) => [key, old]));
    const choose = (missing: string[]) =>
      selectOrphans(plan, inventory, { ...RULES, missing: new Map([[pattern, new Set(missing)]]) });
    expect(choose([slug])).toMatchObject({ old: [{ key: 'other.jpg' }], last: [key] });
    expect(choose([])).toMatchObject({ last: [] });
    expect(choose([]).old).toHaveLength(2);
  });

  it('and only of the output that is not made: those of others may go', () => {
    const orphan = ['a-square.bbbbbbbbbbbb.jpg', 'a.bbbbbbbbbbbb.jpg'];
    const inventory = new Map(orphan.map((key) => [key, { ...old, fingerprint: 'bbbbbbbbbbbb' }]));
    const missing = new Map([['{slug}-square.{hash}.{ext}', new Set(['a'])]]);
    const selection = selectOrphans({ create: [], update: [], keep: [], orphan }, inventory, {
      ...RULES,
      missing,
    });
    expect(selection).toMatchObject({ old: [{ key: orphan[1] }], last: [orphan[0]] });
  });
});

async function keys(store: Store): Promise<string[]> {
  const all: string[] = [];
  for await (const { key } of store.list()) all.push(key);
  return all.sort();
}

describe('prune', () => {
  it('deletes what still is as it was planned, and spares what somebody has taken up or removed since', async () => {
    const store = openStore(await temporaryFolder());
    await store.put(testImage('old.jpg', A));
    await store.put(testImage('taken.jpg', digits('b')));
    await store.put(testImage('hashed.aaaaaaaaaaaa.jpg', A));
    const reported: string[] = [];
    const pruned = await prune(
      store,
      [
        { key: 'old.jpg', fingerprint: A },
        { key: 'taken.jpg', fingerprint: A },
        { key: 'gone.jpg', fingerprint: A },
        { key: 'hashed.aaaaaaaaaaaa.jpg', fingerprint: 'aaaaaaaaaaaa' },
      ],
      { deleted: (key) => reported.push(key) },
    );
    expect(pruned).toEqual({
      deleted: ['old.jpg', 'hashed.aaaaaaaaaaaa.jpg'],
      failed: [],
    });
    expect(reported).toEqual(pruned.deleted);
    expect(await keys(store)).toEqual(['taken.jpg']);
  });

  it('deletes nothing for a signal that has already been given', async () => {
    const store = openStore(await temporaryFolder());
    await store.put(testImage('old.jpg', A));
    const pruned = await prune(store, [{ key: 'old.jpg', fingerprint: A }], { signal: AbortSignal.abort() });
    expect(pruned.deleted).toEqual([]);
    expect(await keys(store)).toEqual(['old.jpg']);
  });

  it('reports what the store would not delete', async () => {
    const folder = openStore(await temporaryFolder());
    await folder.put(testImage('a.jpg', A));
    await folder.put(testImage('b.jpg', A));
    const stubborn: Store = {
      ...folder,
      delete: async (keys) => await Promise.resolve(keys.slice(0, 1).map((key) => ({ key, reason: 'no' }))),
    };
    const orphans = ['a.jpg', 'b.jpg'].map((key) => ({ key, fingerprint: A }));
    expect(await prune(stubborn, orphans)).toEqual({
      deleted: ['b.jpg'],
      failed: [{ key: 'a.jpg', reason: 'no' }],
    });
  });
});
