import { createHash } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../function/store/open.ts';
import type { Store } from '../../function/store/store.ts';
import { startFaultProxy } from '../../function/testing/fault-proxy.ts';
import type { Fault, Seen } from '../../function/testing/fault-proxy.ts';
import { testImage } from '../../function/testing/image.ts';
import { startMoto } from '../../function/testing/moto.ts';
import type { Moto } from '../../function/testing/moto.ts';
import { readInventory } from './inventory.ts';
import { makePlan } from '../plan/plan.ts';
import type { Item, Plan } from '../plan/plan.ts';
import { saveIndex } from './save-index.ts';
import { item } from '../testing/items.ts';

const PATTERN = '{slug}.{ext}';
const POSTS = 40;

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(async () => await moto.stop());
beforeEach(async () => {
  await moto.reset();
  await moto.createBucket('pictures');
});

function posts(count = POSTS): Item[] {
  return Array.from({ length: count }, (_, index) =>
    item(`p/${index}.jpg`, createHash('sha256').update(String(index)).digest('hex')),
  );
}

interface Run {
  plan: Plan;
  /** Requests by kind, in any order. */
  requests: Record<string, number>;
  problem: string | null;
}

function kindOf({ method, url }: Seen): string {
  if (url.includes('/.og-sync/index.json')) return `index ${method}`;
  if (url.includes('list-type=2')) return 'list';
  return method;
}

/** What a sync does to a store: inventory, plan, puts, index. */
async function sync(
  items: readonly Item[],
  fault: (kind: string) => Fault | null = () => null,
  pattern = PATTERN,
): Promise<Run> {
  const proxy = await startFaultProxy(moto.url, (seen) => fault(kindOf(seen)));
  onTestFinished(async () => await proxy.close());
  const store = openStore('s3://pictures/images', { ...moto.s3, endpoint: proxy.url, maxAttempts: 2 });
  const reading = await readInventory(store, { patterns: [pattern] });
  const plan = makePlan(items, reading.inventory);
  const stored = await put(store, [...plan.create, ...plan.update]);
  const problem = await saveIndex(store, reading, { stored, deleted: [] });
  const requests: Record<string, number> = {};
  for (const kind of proxy.seen.map(kindOf)) requests[kind] = (requests[kind] ?? 0) + 1;
  return { plan, requests, problem: problem?.message ?? null };
}

async function put(
  store: Store,
  items: readonly Item[],
): Promise<{ key: string; etag: string; fingerprint: string }[]> {
  return await pLimit(16).map(items, async ({ key, fingerprint }) => {
    // Every picture has bytes of its own, as in life: an ETag then stands for one picture.
    const bytes = Buffer.from(fingerprint);
    const { etag } = await store.put(testImage(key, fingerprint, { bytes }));
    return { key, etag, fingerprint };
  });
}

function counts({ plan }: Run): string {
  return `${plan.create.length} created, ${plan.update.length} updated, ${plan.keep.length} kept`;
}

/** What a person does to the bucket without us: null deletes. */
async function byHand(path: string, body: string | null): Promise<void> {
  const client = new S3Client({ ...moto.s3, forcePathStyle: true });
  const at = { Bucket: 'pictures', Key: `images/${path}` };
  await (body === null
    ? client.send(new DeleteObjectCommand(at))
    : client.send(new PutObjectCommand({ ...at, Body: body })));
}

function noIndexPut(kind: string): Fault | null {
  return kind === 'index PUT' ? { kind: 'answer', status: 403 } : null;
}

const CLEAN = { list: 1, 'index GET': 1 };

describe('the inventory of a bucket', () => {
  it('of 1,000 images takes two listings, one read of the index and nothing else when nothing changed', async () => {
    const items = posts(1000);
    expect(counts(await sync(items))).toBe('1000 created, 0 updated, 0 kept');
    const again = await sync(items);
    expect(counts(again)).toBe('0 created, 0 updated, 1000 kept');
    expect(again.requests).toEqual({ list: 2, 'index GET': 1 });
  });

  it('asks for each fingerprint when the index is gone, with the same result, and writes it anew', async () => {
    await sync(posts());
    await byHand('.og-sync/index.json', null);
    const blind = await sync(posts());
    expect(counts(blind)).toBe(`0 created, 0 updated, ${POSTS} kept`);
    expect(blind.requests).toEqual({ list: 1, 'index GET': 1, HEAD: POSTS, 'index PUT': 1 });
    expect((await sync(posts())).requests).toEqual(CLEAN);
  });

  it.each([
    ['cut off', '{"version":1,"entries":{"p/0.jpg":["x"'],
    ['of another version', '{"version":99,"entries":{}}'],
    ['no index at all', 'hello'],
    ['blank', ' '],
  ])('does the same when the index is %s', async (_what, text) => {
    await sync(posts());
    await byHand('.og-sync/index.json', text);
    const blind = await sync(posts());
    expect(counts(blind)).toBe(`0 created, 0 updated, ${POSTS} kept`);
    expect(blind.requests['HEAD']).toBe(POSTS);
    expect((await sync(posts())).requests).toEqual(CLEAN);
  });

  it('asks only for the ten images that the index does not know as they are', async () => {
    const items = posts();
    await sync(items);
    const store = openStore('s3://pictures/images', moto.s3);
    const changed = items
      .slice(0, 10)
      .map(({ key, fingerprint }) => item(key, fingerprint.slice(32) + fingerprint.slice(0, 32)));
    await put(store, changed);
    const run = await sync([...changed, ...items.slice(10)]);
    expect(counts(run)).toBe(`0 created, 0 updated, ${POSTS} kept`);
    expect(run.requests).toEqual({ ...CLEAN, HEAD: 10, 'index PUT': 1 });
    expect((await sync([...changed, ...items.slice(10)])).requests).toEqual(CLEAN);
  });

  it('is right, slower and says so when the index cannot be written', async () => {
    const items = posts();
    const first = await sync(items, noIndexPut);
    expect(counts(first)).toBe(`${POSTS} created, 0 updated, 0 kept`);
    expect(first.problem).toContain('s3:PutObject is missing');
    const second = await sync(items, noIndexPut);
    expect(counts(second)).toBe(`0 created, 0 updated, ${POSTS} kept`);
    expect(second.requests['HEAD']).toBe(POSTS);
  });

  it('is right and slower when the index cannot be read', async () => {
    await sync(posts());
    const run = await sync(posts(), (kind) =>
      kind === 'index GET' ? { kind: 'answer', status: 403 } : null,
    );
    expect(counts(run)).toBe(`0 created, 0 updated, ${POSTS} kept`);
    expect(run.requests['HEAD']).toBe(POSTS);
  });

  it('makes again just the image that somebody overwrote by hand', async () => {
    await sync(posts());
    await byHand('p/7.jpg', 'not ours');
    const run = await sync(posts());
    expect(run.plan.update.map(({ key }) => key)).toEqual(['p/7.jpg']);
    expect(run.requests).toMatchObject({ HEAD: 1, PUT: 1 });
    expect((await sync(posts())).requests).toEqual(CLEAN);
  });

  it('makes again just the image that somebody deleted by hand', async () => {
    await sync(posts());
    await byHand('p/7.jpg', null);
    const run = await sync(posts());
    expect(run.plan.create.map(({ key }) => key)).toEqual(['p/7.jpg']);
    expect(run.requests).toEqual({ ...CLEAN, PUT: 1, 'index PUT': 1 });
    expect((await sync(posts())).requests).toEqual(CLEAN);
  });

  it('asks for a foreign picture once, never for pages, and calls neither an orphan', async () => {
    await byHand('photo.jpg', 'not ours');
    await byHand('index.html', 'not ours');
    const run = await sync(posts());
    expect(run.requests['HEAD']).toBe(1);
    expect(run.plan.orphan).toEqual([]);
    expect((await sync(posts())).requests).toEqual(CLEAN);
  });

  it('of hashed keys is the listing alone, for new and for old images', async () => {
    const pattern = '{slug}.{hash}.{ext}';
    const hashed = posts().map(({ slug, fingerprint }) =>
      item(`${slug}.${fingerprint.slice(0, 12)}.jpg`, fingerprint),
    );
    expect((await sync(hashed, undefined, pattern)).requests).toEqual({ list: 1, PUT: POSTS });
    expect((await sync(hashed, undefined, pattern)).requests).toEqual({ list: 1 });
    const gone = await sync(hashed.slice(1), undefined, pattern);
    expect(gone.plan.orphan).toEqual([hashed[0]?.key]);
  });
});

describe('the index', () => {
  it('of two runs that overlap has what both of them stored', async () => {
    const [ours, theirs] = [posts().slice(0, 20), posts().slice(20)];
    const store = openStore('s3://pictures/images', moto.s3);
    const [a, b] = await Promise.all([
      readInventory(store, { patterns: [PATTERN] }),
      readInventory(store, { patterns: [PATTERN] }),
    ]);
    const storedByA = await put(store, ours);
    const storedByB = await put(store, theirs);
    const problems = await Promise.all([
      saveIndex(store, a, { stored: storedByA, deleted: [] }),
      saveIndex(store, b, { stored: storedByB, deleted: [] }),
    ]);
    expect(problems).toEqual([null, null]);
    expect((await sync(posts())).requests).toEqual(CLEAN);
  });

  it('survives a lost answer to its write', async () => {
    let lost = false;
    await sync(posts(), (kind) => {
      if (kind !== 'index PUT' || lost) return null;
      lost = true;
      return { kind: 'reset-after' };
    });
    expect((await sync(posts())).requests).toEqual(CLEAN);
  });

  it('gives up with a word when others are always faster', async () => {
    const run = await sync(posts(), (kind) =>
      kind === 'index PUT' ? { kind: 'answer', status: 412 } : null,
    );
    expect(run.problem).toContain('changed by others');
    expect(counts(await sync(posts()))).toBe(`0 created, 0 updated, ${POSTS} kept`);
  });
});
