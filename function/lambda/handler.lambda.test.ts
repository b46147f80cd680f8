/** The built handler as Lambda runs it: under AWS's own runtime interface client, with real Chromium and a real S3 API. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { descriptionSchema, failureSchema, responseSchema } from '../contract.ts';
import { startFunctionUrl } from '../testing/function-url.ts';
import { startRic } from '../testing/ric.ts';
import { DIST } from '../testing/product.ts';
import type { Ric } from '../testing/ric.ts';
import { startMoto } from '../testing/moto.ts';
import type { Moto } from '../testing/moto.ts';
import { startRuntimeApi } from '../testing/runtime-api.ts';
import type { RuntimeApi } from '../testing/runtime-api.ts';
import { openStore } from '../store/open.ts';

const run = promisify(execFile);
/** Tests share the browser and the fonts that were unpacked before; keyed by version, they are never stale. */
const OG_CACHE_DIR = join(homedir(), '.cache', 'og-sync');
const BUCKET = 'og-handler-test';
/** Time for some of a hundred pictures, on any machine: what is left must be listed and sent again. */
const SHORT_MS = 1200;

let moto: Moto;
let api: RuntimeApi;
let ric: Ric;

beforeAll(async () => {
  [moto, api] = await Promise.all([startMoto(), startRuntimeApi()]);
  await moto.createBucket(BUCKET);
  ric = startRic(api.address, { ...moto.env, OG_BUCKET: BUCKET, OG_CACHE_DIR, HOME: tmpdir() });
  await Promise.race([api.ready, ric.died]);
}, 180_000);

afterAll(async () => {
  await ric.stop();
  await Promise.all([api.close(), moto.stop()]);
});

function urlEvent(method: string, body?: string, extra: Record<string, unknown> = {}) {
  return {
    version: '2.0',
    rawPath: '/',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method, path: '/' }, authorizer: { iam: { accountId: '123456789012' } } },
    ...(body !== undefined && { body, isBase64Encoded: false }),
    ...extra,
  };
}

const bodyOf = (result: unknown) => JSON.parse((result as { body: string }).body) as unknown;
const request = (slug: string) => ({ posts: [{ slug, title: `Hello, ${slug}` }] });

describe('the handler under the runtime interface client', () => {
  it('answers a Function URL event with a plain body, and the image is in the bucket', async () => {
    const result = await api.invoke(urlEvent('POST', JSON.stringify(request('plain'))));
    expect(responseSchema.parse(bodyOf(result)).results).toMatchObject([
      { status: 'stored', key: 'plain.jpg', width: 1200, height: 630 },
    ]);
    const held = [];
    for await (const image of openStore(`s3://${BUCKET}/images`, moto.s3).list()) held.push(image.key);
    expect(held).toEqual(['plain.jpg']);
  });

  it('answers a Function URL event with a base64 body', async () => {
    const body = Buffer.from(JSON.stringify(request('base64'))).toString('base64');
    const result = await api.invoke(urlEvent('POST', body, { isBase64Encoded: true }));
    expect(responseSchema.parse(bodyOf(result)).results).toMatchObject([{ key: 'base64.jpg' }]);
  });

  it('answers a direct Invoke', async () => {
    const result = await api.invoke(request('direct'));
    expect(responseSchema.parse(result).results).toMatchObject([{ key: 'direct.jpg', status: 'stored' }]);
  });

  it('describes itself', async () => {
    const description = descriptionSchema.parse(bodyOf(await api.invoke(urlEvent('GET'))));
    expect(description).toMatchObject({ store: `s3://${BUCKET}/images/` });
    expect(Object.keys(description.templates)).toContain('default');
  });

  it('answers a picture that decodes', async () => {
    const event = urlEvent('GET', undefined, { rawPath: '/image', rawQueryString: 'title=Hi' });
    const { body } = (await api.invoke(event)) as { body: string };
    const { width, height, format } = await sharp(Buffer.from(body, 'base64')).metadata();
    expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: 'jpeg' });
  });

  it('refuses a request that no signature was checked for', async () => {
    const result = await api.invoke({ ...urlEvent('GET'), requestContext: { http: { method: 'GET' } } });
    expect(result).toMatchObject({ statusCode: 403 });
    expect(failureSchema.parse(bodyOf(result)).error.code).toBe('forbidden');
  });

  it('answers before a deadline of 3 s and lists what it could not make of 100 posts', async () => {
    const posts = Array.from({ length: 100 }, (_, i) => ({ slug: `many/${i}`, title: `Number ${i}` }));
    const startedAt = performance.now();
    const { results, unprocessed } = responseSchema.parse(await api.invoke({ posts }, 3000));
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(results.every(({ status }) => status === 'stored')).toBe(true);
    expect(new Set([...results.map(({ slug }) => slug), ...unprocessed]).size).toBe(100);
  });

  it('leaves the rest to the CLI, which completes it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'og-handler-'));
    const url = await startFunctionUrl(api, SHORT_MS);
    try {
      await mkdir(join(folder, 'content'));
      for (let i = 0; i < 100; i += 1)
        await writeFile(join(folder, 'content', `p${i}.md`), `---\ntitle: Post ${i}\n---\n`);
      const args = ['--function', url.url, '--auth', 'none', '--batch', '100', '--json'];
      const cli = join(DIST, 'og-sync.js');
      const env = { PATH: process.env['PATH'], OG_CACHE_DIR, ...moto.env };
      const { stdout } = await run(process.execPath, [cli, ...args], { cwd: folder, env });
      const { summary } = JSON.parse(stdout) as { summary: unknown };
      expect(summary).toMatchObject({ posts: 100, created: 100, failed: 0 });
      // One for its description and at least two with posts: no single one had the time for all.
      expect(url.requests).toBeGreaterThan(2);
    } finally {
      await url.close();
      await rm(folder, { recursive: true });
    }
  });

  it('writes one line of JSON a request', () => {
    const lines = ric
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { event?: string; Images?: number });
    expect(lines.filter(({ event, Images }) => event === 'request' && Images === 1)).toHaveLength(3);
  });
});
