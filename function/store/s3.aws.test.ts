import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../testing/fault-proxy.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { digits, testImage } from '../testing/image.ts';
import { startMoto } from '../testing/moto.ts';
import type { Moto } from '../testing/moto.ts';
import { refusal } from '../testing/refusal.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

const run = promisify(execFile);
const A = digits('a');
const B = digits('b');

let moto: Moto;
let store: Store;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(async () => await moto.stop());
beforeEach(async () => {
  await moto.reset();
  await moto.createBucket('pictures');
  store = openStore('s3://pictures/images', moto.s3);
});

async function keys(store: Store): Promise<string[]> {
  const all: string[] = [];
  for await (const { key } of store.list()) all.push(key);
  return all.sort();
}

/** Something that is not ours, put there with a plain request. */
async function foreign(path: string, body = 'x'): Promise<void> {
  const { ok } = await fetch(`${moto.url}/pictures/${path}`, { method: 'PUT', body });
  expect(ok).toBe(true);
}

describe('an S3 store', () => {
  it('shows the beginning of a picture with its size and how long it may be kept', async () => {
    const picture = testImage('a.0123456789ab.jpg', A, { immutable: true });
    const long = { ...picture, bytes: Buffer.concat([picture.bytes, Buffer.alloc(100_000)]) };
    await store.put(long);
    const peek = await store.peek(long.key);
    expect(peek).toMatchObject({
      bytes: long.bytes.length,
      cacheControl: 'public, max-age=31536000, immutable',
    });
    expect(peek?.head).toHaveLength(65_536);
    expect(Buffer.from(peek?.head ?? []).equals(long.bytes.subarray(0, 65_536))).toBe(true);
    expect(await store.peek('b.jpg')).toBeNull();
  });

  it('writes type, cache headers, fingerprint and checksum onto each object', async () => {
    await store.put(testImage('posts/a.jpg', A));
    await store.put(testImage('posts/a.0123456789ab.png', B, { contentType: 'image/png', immutable: true }));
    const client = new S3Client({ ...moto.s3, forcePathStyle: true });
    const head = async (Key: string) =>
      await client.send(new HeadObjectCommand({ Bucket: 'pictures', Key, ChecksumMode: 'ENABLED' }));
    expect(await head('images/posts/a.jpg')).toMatchObject({
      ContentType: 'image/jpeg',
      CacheControl: 'public, max-age=300, stale-while-revalidate=86400',
      Metadata: { 'og-fingerprint': A },
      ChecksumCRC32: expect.stringMatching(/^[A-Za-z0-9+/]{6}==$/),
    });
    expect(await head('images/posts/a.0123456789ab.png')).toMatchObject({
      ContentType: 'image/png',
      CacheControl: 'public, max-age=31536000, immutable',
      Metadata: { 'og-fingerprint': B },
    });
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: 'pictures', Key: 'images/posts/a.jpg' }),
    );
    expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(
      Buffer.from(testImage('', A).bytes),
    );
  });

  it('gives the ETag that the listing shows, and reads the fingerprint back', async () => {
    const { etag } = await store.put(testImage('日本語/é.jpg', A));
    const listed = [];
    for await (const one of store.list()) listed.push(one);
    expect(listed).toMatchObject([{ key: '日本語/é.jpg', etag, bytes: testImage('', A).bytes.length }]);
    expect(Date.now() - (listed[0]?.modified.getTime() ?? 0)).toBeLessThan(60_000);
    expect(await store.fingerprint('日本語/é.jpg')).toBe(A);
    expect(await store.fingerprint('gone.jpg')).toBeNull();
  });

  it('pages through more than 1,000 objects, and sees nothing outside its prefix or of its own index', async () => {
    const put = pLimit(16);
    const names = Array.from({ length: 1050 }, (_, index) => `p/${String(index).padStart(4, '0')}.jpg`);
    await put.map(names, async (name) => await foreign(`images/${name}`));
    await foreign('images-of-others/a.jpg');
    await foreign('a.jpg');
    await store.write('index.json', '{}', null);
    const proxy = await startFaultProxy(moto.url, () => null);
    expect(await keys(openStore('s3://pictures/images', { ...moto.s3, endpoint: proxy.url }))).toEqual(names);
    expect(proxy.seen.filter(({ url }) => url.includes('list-type=2'))).toHaveLength(2);
    await proxy.close();
  });

  it('lists foreign objects whatever their names and takes none for ours', async () => {
    await foreign('images/we%20ird%2B%01%26%3C%E2%82%AC.jpg');
    expect(await keys(store)).toEqual(['we ird+\u0001&<€.jpg']);
    expect(await store.fingerprint('we ird+\u0001&<€.jpg')).toBeNull();
  });

  it('takes a whole bucket for its prefix', async () => {
    const whole = openStore('s3://pictures', moto.s3);
    await whole.put(testImage('a.jpg', A));
    await whole.write('index.json', '{}', null);
    expect(await keys(whole)).toEqual(['a.jpg']);
  });

  it('deletes in bulk: one request for a thousand keys, absent ones included', async () => {
    const put = pLimit(16);
    const names = Array.from({ length: 12 }, (_, index) => `${index}.jpg`);
    await put.map(names, async (name) => await foreign(`images/${name}`));
    await foreign('other/0.jpg');
    const proxy = await startFaultProxy(moto.url, () => null);
    const slow = openStore('s3://pictures/images', { ...moto.s3, endpoint: proxy.url });
    const absent = Array.from({ length: 1000 }, (_, index) => `absent-${index}.jpg`);
    expect(await slow.delete([...names, ...absent])).toEqual([]);
    expect(proxy.seen.map(({ method }) => method)).toEqual(['POST', 'POST']);
    expect(await keys(store)).toEqual([]);
    expect(await keys(openStore('s3://pictures/other', moto.s3))).toEqual(['0.jpg']);
    await proxy.close();
  });

  it.each(['../a.jpg', 'a//b.jpg', '.og-sync/index.json', ''])('refuses the key %j', async (key) => {
    expect((await refusal(store.put(testImage(key, A)))).code).toBe('invalid_key');
    expect(await keys(openStore('s3://pictures', moto.s3))).toEqual([]);
  });
});

describe('a private document in a bucket', () => {
  it('is absent, then there, and is replaced only by who has read its newest version', async () => {
    expect(await store.read('index.json')).toBeNull();
    expect(await store.write('index.json', 'one', null)).toBe(true);
    expect(await store.write('index.json', 'other', null)).toBe(false);
    const first = await store.read('index.json');
    expect(first?.text).toBe('one');
    expect(await store.write('index.json', 'two', first?.etag ?? null)).toBe(true);
    expect(await store.write('index.json', 'three', first?.etag ?? null)).toBe(false);
    expect((await store.read('index.json'))?.text).toBe('two');
  });
});

describe("the SDK's own settings", () => {
  const script = `
    const { openStore } = await import(${JSON.stringify(import.meta.resolve('./open.ts'))});
    const store = openStore('s3://pictures/images');
    await store.write('index.json', 'hello', null);
    console.log((await store.read('index.json')).text);`;
  const sync = async (env: Record<string, string>) =>
    await run(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'], ...env },
    });

  it('are taken from the environment, for an endpoint without a host name per bucket, too', async () => {
    const { AWS_ENDPOINT_URL: _all, ...env } = moto.env;
    const endpoint = moto.url.replace('127.0.0.1', 'localhost');
    expect((await sync({ ...env, AWS_ENDPOINT_URL_S3: endpoint })).stdout).toBe('hello\n');
  });

  it('are taken from a profile: keys, region and endpoint', async () => {
    const config = join(await temporaryFolder(), 'config');
    await writeFile(
      config,
      `[profile blog]\nregion = eu-west-1\naws_access_key_id = a\naws_secret_access_key = b\nendpoint_url = ${moto.url.replace('127.0.0.1', 'localhost')}\n`,
    );
    expect((await sync({ AWS_CONFIG_FILE: config, AWS_PROFILE: 'blog' })).stdout).toBe('hello\n');
  });
});
