import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../function/store/open.ts';
import { faultsInOrder, startFaultProxy } from '../../function/testing/fault-proxy.ts';
import type { Fault, FaultProxy, Seen } from '../../function/testing/fault-proxy.ts';
import { startMoto } from '../../function/testing/moto.ts';
import type { Moto } from '../../function/testing/moto.ts';
import { startFunction } from '../testing/function.ts';
import type { TestFunction, TestFunctionOptions } from '../testing/function.ts';
import { makeBlog, runJson } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

// An emulator stands in for S3, and a renderer that draws nothing for Chromium; CLI, function and stores are real.
const POSTS = 40;
let moto: Moto;
let blog: Blog;
let made: TestFunction | null = null;
let proxies: FaultProxy[] = [];
beforeAll(async () => {
  moto = await startMoto();
  blog = await makeBlog();
  await Promise.all(Array.from({ length: POSTS }, (_, at) => blog.post(`p${at}`, `Post ${at}`)));
});
afterAll(async () => {
  await blog.close();
  await moto.stop();
});
beforeEach(async () => {
  await moto.reset();
  await moto.createBucket('pictures');
});
afterEach(async () => {
  await made?.close();
  made = null;
  for (const proxy of proxies) await proxy.close();
  proxies = [];
});

async function s3(fault: (seen: Seen) => Fault | null = () => null): Promise<FaultProxy> {
  const proxy = await startFaultProxy(moto.url, fault);
  proxies.push(proxy);
  return proxy;
}

/** A function that writes to the bucket by way of `endpoint`. */
async function functionAt(endpoint: string, options: TestFunctionOptions = {}): Promise<TestFunction> {
  const store = openStore('s3://pictures/images', { ...moto.s3, endpoint, requestTimeoutMs: 2000 });
  made = await startFunction({ ...options, store });
  return made;
}

function run(url: string, endpoint: string, ...args: string[]) {
  const env = { ...moto.env, AWS_ENDPOINT_URL_S3: endpoint };
  return runJson(['--function', url, '--auth', 'none', ...args], { cwd: blog.folder, env });
}

const heads = ({ seen }: FaultProxy): number => seen.filter(({ method }) => method === 'HEAD').length;
const lists = ({ seen }: FaultProxy): number => seen.filter(({ url }) => url.includes('list-type=2')).length;
const isPut = ({ method, url }: Seen): boolean => method === 'PUT' && url.includes('.jpg');

describe('a bucket behind a function', () => {
  test('is filled once; after that a run lists it, reads the index, and asks for nothing else', async () => {
    const { url, renderer } = await functionAt(moto.url);
    const first = await run(url, moto.url);
    expect(first).toMatchObject({ code: 0, document: { summary: { created: POSTS, failed: 0 } } });

    const proxy = await s3();
    const again = await run(url, proxy.url);
    expect(again.document.summary).toMatchObject({ created: 0, updated: 0, unchanged: POSTS });
    expect({ lists: lists(proxy), heads: heads(proxy), all: proxy.seen.length }).toEqual({
      lists: 1,
      heads: 0,
      all: 2,
    });
    expect(renderer.rendered).toBe(POSTS);
  });

  test('says of each image what it is, how long it may be kept and whose picture it shows', async () => {
    const { url } = await functionAt(moto.url);
    const { document } = await run(url, moto.url, '--only', 'p7');
    const client = new S3Client({ ...moto.s3, endpoint: moto.url, forcePathStyle: true });
    const head = await client.send(new HeadObjectCommand({ Bucket: 'pictures', Key: 'images/p7.jpg' }));
    expect(head.ContentType).toBe('image/jpeg');
    expect(head.CacheControl).toContain('max-age');
    expect(head.Metadata?.['og-fingerprint']).toBe(document.images[0]?.fingerprint);
  });

  test('is looked into after a lost answer: nothing is made twice, and the index knows those images too', async () => {
    const lost = faultsInOrder(
      [{ kind: 'reset-after' }, { kind: 'answer', status: 502, done: true }],
      ({ method }) => method === 'POST',
    );
    const { url, renderer } = await functionAt(moto.url, { fault: lost });
    const { code, document } = await run(url, moto.url);
    expect(code).toBe(0);
    expect(document.summary).toMatchObject({ created: POSTS, failed: 0 });
    expect(renderer.rendered).toBe(POSTS);
    const proxy = await s3();
    expect((await run(url, proxy.url)).document.summary).toMatchObject({ unchanged: POSTS });
    expect(heads(proxy)).toBe(0);
  });

  test('that the CLI may not read at all ends the run with 3, before anything is sent', async () => {
    const { url, renderer } = await functionAt(moto.url);
    const proxy = await s3(() => ({
      kind: 'answer',
      status: 403,
      body: '<Error><Code>AccessDenied</Code></Error>',
    }));
    const { code, stderr } = await run(url, proxy.url);
    expect(code).toBe(3);
    expect(stderr).toContain('s3:ListBucket');
    expect(renderer.rendered).toBe(0);
  });
});

describe('between the function and S3', () => {
  const slow: Fault = { kind: 'answer', status: 503, body: '<Error><Code>SlowDown</Code></Error>' };
  test.each<[string, Fault]>([
    ['503 twice', slow],
    ['a hang', { kind: 'hang' }],
    ['an upload cut off', { kind: 'cut-request', bytes: 100 }],
    ['a connection reset', { kind: 'reset-after' }],
  ])('%s is recovered from: every image is stored, and none is rendered twice', async (_name, fault) => {
    const proxy = await s3(faultsInOrder([fault, null, fault], isPut));
    const { url, renderer, store } = await functionAt(proxy.url);
    const { code, document } = await run(url, moto.url);
    expect(code).toBe(0);
    expect(document.summary).toMatchObject({ created: POSTS, failed: 0 });
    expect(renderer.rendered).toBe(POSTS);
    for (const { key, fingerprint } of document.images)
      expect(await store.fingerprint(key)).toBe(fingerprint);
  });

  test('403 ends the run with 3 and names the missing right', async () => {
    const denied: Fault = { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
    const proxy = await s3((seen) => (isPut(seen) ? denied : null));
    const { url } = await functionAt(proxy.url);
    const { code, stderr, document } = await run(url, moto.url);
    expect(code).toBe(3);
    expect(stderr).toContain('s3:PutObject');
    expect(document).toMatchObject({ summary: { created: 0 }, error: { code: 'store_refused' } });
  });
});

test('two at once on one bucket end with every image right and an index that says so', async () => {
  const { url } = await functionAt(moto.url);
  const both = await Promise.all([run(url, moto.url), run(url, moto.url)]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const proxy = await s3();
  const { document } = await run(url, proxy.url);
  expect(document.summary).toMatchObject({ created: 0, updated: 0, unchanged: POSTS });
  expect(heads(proxy)).toBeLessThanOrEqual(POSTS);
  expect((await run(url, moto.url)).document.summary).toMatchObject({ unchanged: POSTS });
});
