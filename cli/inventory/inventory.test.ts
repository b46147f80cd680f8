import { describe, expect, it } from 'vitest';
import { FunctionError } from '../../function/contract.ts';
import { openStore } from '../../function/store/open.ts';
import type { Store } from '../../function/store/store.ts';
import { temporaryFolder } from '../../function/testing/folder.ts';
import { digits, testImage } from '../../function/testing/image.ts';
import { refusal } from '../../function/testing/refusal.ts';
import { MAX_ENTRIES } from './index-cache.ts';
import { readInventory } from './inventory.ts';
import { saveIndex } from './save-index.ts';

const PATTERN = '{slug}.{ext}';
const A = digits('a');

/** A store with some images of which it knows nothing but what is asked. */
function bucketOf(count: number, fingerprint: (key: string) => Promise<string | null>): Store {
  return {
    address: 's3://pictures/',
    remote: true,
    put: async () => await Promise.resolve({ etag: 'e' }),
    async *list() {
      for (let index = 0; index < count; index += 1)
        yield await Promise.resolve({ key: `${index}.jpg`, etag: 'e', bytes: 1, modified: new Date(0) });
    },
    fingerprint,
    peek: async () => await Promise.resolve(null),
    delete: async () => await Promise.resolve([]),
    read: async () => await Promise.resolve(null),
    write: async () => await Promise.resolve(true),
  };
}

describe('the inventory of a folder', () => {
  it('reads every image itself and leaves no index', async () => {
    const store = openStore(await temporaryFolder());
    await store.put(testImage('a.jpg', A));
    await store.put(testImage('b/c.jpg', digits('b')));
    const reading = await readInventory(store, { patterns: [PATTERN] });
    const found = Object.fromEntries(reading.inventory);
    expect(found).toMatchObject({ 'a.jpg': { fingerprint: A }, 'b/c.jpg': { fingerprint: digits('b') } });
    expect(reading.inventory.size).toBe(2);
    expect(await saveIndex(store, reading, { stored: [], deleted: ['a.jpg'] })).toBeNull();
    expect(await store.read('index.json')).toBeNull();
  });
});

describe('the inventory of a bucket without an index', () => {
  it('asks for at most 32 fingerprints at once', async () => {
    let now = 0;
    let most = 0;
    let asked = 0;
    const store = bucketOf(200, async () => {
      asked += 1;
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return A;
    });
    await readInventory(store, { patterns: [PATTERN] });
    expect(asked).toBe(200);
    expect(most).toBe(32);
  });

  it('fails as a whole when one fingerprint cannot be had, and asks for no more', async () => {
    let asked = 0;
    const store = bucketOf(2000, async (key) => {
      asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (key === '40.jpg') throw new FunctionError('store_refused', 'no', 'no');
      return A;
    });
    expect((await refusal(readInventory(store, { patterns: [PATTERN] }))).code).toBe('store_refused');
    expect(asked).toBeLessThan(200);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    let asked = 0;
    const store = bucketOf(2000, async () => {
      asked += 1;
      if (asked === 50) controller.abort(new Error('stopped'));
      return await Promise.resolve(A);
    });
    const options = { patterns: [PATTERN], signal: controller.signal };
    await expect(readInventory(store, options)).rejects.toThrow('stopped');
    expect(asked).toBeLessThan(200);
  });
});

describe('the index of a huge bucket', () => {
  it('is not written beyond a million entries, with a word on what to do', async () => {
    const store = bucketOf(0, async () => await Promise.resolve(null));
    const written: string[] = [];
    const watched: Store = {
      ...store,
      write: async (name) => {
        written.push(name);
        return await Promise.resolve(true);
      },
    };
    const stored = Array.from({ length: MAX_ENTRIES + 1 }, (_, index) => ({
      key: `${index}.jpg`,
      etag: 'e',
      fingerprint: A,
    }));
    const reading = await readInventory(watched, { patterns: [PATTERN] });
    const problem = await saveIndex(watched, reading, { stored, deleted: [] });
    expect(problem?.hint).toContain('{hash}');
    expect(written).toEqual([]);
  });
});
