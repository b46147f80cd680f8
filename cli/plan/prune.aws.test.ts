import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../function/store/open.ts';
import { startFaultProxy } from '../../function/testing/fault-proxy.ts';
import { digits, testImage } from '../../function/testing/image.ts';
import { startMoto } from '../../function/testing/moto.ts';
import { readInventory } from '../inventory/inventory.ts';
import { makePlan } from './plan.ts';
import { prune, selectOrphans } from './prune.ts';
import { saveIndex } from '../inventory/save-index.ts';
import { item } from '../testing/items.ts';

const A = digits('a');

it('removes orphans from a bucket in one request and leaves posts, foreign objects and other prefixes alone', async () => {
  const moto = await startMoto();
  onTestFinished(async () => await moto.stop());
  await moto.createBucket('pictures');
  const proxy = await startFaultProxy(moto.url, () => null);
  onTestFinished(async () => await proxy.close());
  const store = openStore('s3://pictures/images', { ...moto.s3, endpoint: proxy.url });
  for (const key of ['kept.jpg', 'orphan-1.jpg', 'orphan-2.jpg']) await store.put(testImage(key, A));
  const client = new S3Client({ ...moto.s3, forcePathStyle: true });
  for (const Key of ['images/photo.jpg', 'images/index.html', 'other/orphan-1.jpg'])
    await client.send(new PutObjectCommand({ Bucket: 'pictures', Key, Body: 'mine' }));

  const posts = [item('kept.jpg', A)];
  const reading = await readInventory(store, { patterns: ['{slug}.{ext}'] });
  const plan = makePlan(posts, reading.inventory);
  const rules = {
    now: Date.now(),
    problems: 0,
    posts: posts.length,
    missing: new Map<string, Set<string>>(),
  };
  const week = selectOrphans(plan, reading.inventory, { ...rules, olderThanMs: 7 * 24 * 3600 * 1000 });
  expect(week).toMatchObject({ old: [], young: ['orphan-1.jpg', 'orphan-2.jpg'] });
  const { old } = selectOrphans(plan, reading.inventory, { ...rules, olderThanMs: 0 });
  const { deleted } = await prune(store, old);
  expect(deleted).toEqual(['orphan-1.jpg', 'orphan-2.jpg']);
  expect(await saveIndex(store, reading, { stored: [], deleted })).toBeNull();
  expect(proxy.seen.filter(({ method }) => method === 'POST' || method === 'DELETE')).toHaveLength(1);

  const left: string[] = [];
  for await (const { key } of openStore('s3://pictures', moto.s3).list()) left.push(key);
  expect(left.sort()).toEqual([
    'images/.og-sync/index.json',
    'images/index.html',
    'images/kept.jpg',
    'images/photo.jpg',
    'other/orphan-1.jpg',
  ]);
  expect(await readInventory(store, { patterns: ['{slug}.{ext}'] })).toMatchObject({ fresh: true });
});
