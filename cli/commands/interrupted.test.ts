import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFaultProxy } from '../../function/testing/fault-proxy.ts';
import type { Fault, FaultProxy, Seen } from '../../function/testing/fault-proxy.ts';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, startCli } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';

// Ctrl-C at each stage: one document that says so, exit code 130, and within a second.
let blog: Blog;
let closing: (() => Promise<unknown>)[];
beforeEach(async () => {
  closing = [];
  blog = await makeBlog();
  await blog.post('a', 'Apples');
});
afterEach(async () => {
  for (const close of closing) await close();
  await blog.close();
});

/** Stops the process once `reached`, and looks at what it leaves. */
async function interrupt(
  args: string[],
  reached: (started: ReturnType<typeof startCli>) => Promise<unknown>,
  env = {},
) {
  const started = startCli([...args, '--json'], { cwd: blog.folder, env });
  await reached(started);
  const at = performance.now();
  started.child.kill('SIGINT');
  const { code, stdout, stderr } = await started.ended;
  const tookMs = performance.now() - at;
  expect(code).toBe(130);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  const document = JSON.parse(stdout) as { error: unknown; summary: Record<string, number> };
  expect(document.error).toEqual({ code: 'interrupted', message: 'Interrupted.' });
  return { document, tookMs };
}

async function functionWith(fault: (seen: Seen) => Fault | null): Promise<TestFunction> {
  const made = await startFunction({ fault });
  closing.push(() => made.close());
  return made;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const env = (endpoint: string) => ({
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
  AWS_REGION: 'eu-central-1',
});
const page = (keys: string[], more = '') =>
  `<ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${keys
    .map(
      (key) =>
        `<Contents><Key>images/${key}</Key><ETag>"1"</ETag><Size>1</Size><LastModified>2020-01-01T00:00:00Z</LastModified></Contents>`,
    )
    .join('')}${more}</ListBucketResult>`;

async function s3(fault: (seen: Seen) => Fault): Promise<FaultProxy> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startFaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, fault);
  closing.push(
    () => proxy.close(),
    () => new Promise((resolve) => server.close(resolve)),
  );
  return proxy;
}

describe('with --json, an interruption is in the document', () => {
  test('while the configuration loads', async () => {
    await blog.write(
      'og.config.mjs',
      'console.error("loading"); await new Promise((r) => setTimeout(r, 60000)); export default {};',
    );
    const { tookMs } = await interrupt(['sync'], (started) => started.said(/loading/));
    expect(tookMs).toBeLessThan(1000);
  });

  test('while a slow map goes through the posts', async () => {
    await blog.write(
      'og.config.mjs',
      'export default { store: "images", map: (post) => { console.error("mapping"); const end = Date.now() + 200; while (Date.now() < end); return post; } };',
    );
    for (let at = 0; at < 40; at += 1) await blog.post(`p${at}`, 'P');
    const { tookMs } = await interrupt(['plan'], (started) => started.said(/mapping/));
    expect(tookMs).toBeLessThan(2000);
  });

  test.each(['sync', 'plan', 'prune'])('while the first question of %s is not answered', async (verb) => {
    const made = await functionWith(() => ({ kind: 'hang' }));
    const args = [verb, '--function', made.url, '--auth', 'none'];
    const { tookMs } = await interrupt(args, () => until(() => made.seen.length > 0));
    expect(tookMs).toBeLessThan(1000);
  });

  test('while the function asks for patience', async () => {
    const made = await functionWith(() => ({
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '60' },
    }));
    const args = ['sync', '--function', made.url, '--auth', 'none'];
    const { tookMs } = await interrupt(args, (started) => started.said(/waiting for/));
    expect(tookMs).toBeLessThan(1000);
  });

  test('while a batch waits to be sent again', async () => {
    const busy: Fault = { kind: 'answer', status: 429, headers: { 'retry-after': '60' } };
    const made = await functionWith(({ method }) => (method === 'POST' ? busy : null));
    const args = ['sync', '--function', made.url, '--auth', 'none'];
    const { tookMs, document } = await interrupt(args, (started) => started.said(/again in/));
    expect(tookMs).toBeLessThan(1000);
    expect(document.summary).toMatchObject({ posts: 1, created: 0 });
  });

  test('when it is left at once, with what is in flight unanswered', async () => {
    const made = await functionWith(({ method }) => (method === 'POST' ? { kind: 'hang' } : null));
    const args = ['sync', '--function', made.url, '--auth', 'none'];
    const { document } = await interrupt(args, async (started) => {
      await until(() => made.seen.some(({ method }) => method === 'POST'));
      started.child.kill('SIGINT');
      await started.said(/Finishing/);
    });
    expect(document.summary).toMatchObject({ posts: 1, created: 0 });
  });
});

describe('against S3', () => {
  test.each<[string, (seen: Seen) => Fault, RegExp | null]>([
    ['a listing that is not answered', () => ({ kind: 'hang' }), null],
    ['a listing that is asked to slow down', () => ({ kind: 'answer', status: 503, headers: { 'retry-after': '3600' }, body: '<Error><Code>SlowDown</Code></Error>' }), /slow down: waiting for/],
    ['a fingerprint that is not answered', ({ url }) => url.includes('list-type') ? { kind: 'answer', status: 200, body: page(['a.jpg']) } : { kind: 'hang' }, null],
  ])('while %s', async (_what, fault, said) => {
    const proxy = await s3(fault);
    const args = ['plan', '--store', 's3://bucket/images'];
    const reached = (started: ReturnType<typeof startCli>): Promise<unknown> =>
      said === null ? until(() => proxy.seen.length > 1) : started.said(said);
    const { tookMs } = await interrupt(args, reached, env(proxy.url));
    expect(tookMs).toBeLessThan(1000);
  }); // prettier-ignore

  test('while orphans are looked at before they go', async () => {
    let heads = 0;
    const proxy = await s3(({ url, method }) => {
      if (url.includes('list-type'))
        return { kind: 'answer', status: 200, body: page(['a.jpg', 'b.jpg', 'c.jpg']) };
      if (method !== 'HEAD')
        return { kind: 'answer', status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
      heads += 1;
      const found = {
        etag: '"1"',
        'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT',
        'x-amz-meta-og-fingerprint': 'a'.repeat(64),
      };
      return heads <= 3 ? { kind: 'answer', status: 200, headers: found } : { kind: 'hang' };
    });
    const args = ['prune', '--store', 's3://bucket/images', '--yes'];
    const { tookMs, document } = await interrupt(args, () => until(() => heads > 3), env(proxy.url));
    expect(tookMs).toBeLessThan(1000);
    expect(document.summary).toMatchObject({ deleted: 0 });
  });
});
