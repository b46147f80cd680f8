import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { requestSchema } from '../../function/contract.ts';
import type { Seen } from '../../function/testing/fault-proxy.ts';
import { dispatchTo, items, sendItems } from '../testing/dispatch.ts';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import type { NamedOutput } from '../config/outputs.ts';
import { itemFor, OUTPUT } from '../testing/items.ts';
import { bearer, iam } from './signer.ts';

let running: TestFunction | null = null;
const servers: Server[] = [];
afterEach(async () => {
  await running?.close();
  running = null;
  for (const server of servers.splice(0)) server.close();
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const isPost = ({ method }: Seen): boolean => method === 'POST';

test('requests run in parallel, and never more of them than allowed', async () => {
  let inFlight = 0;
  let most = 0;
  const full = Promise.withResolvers<undefined>();
  running = await startFunction({
    wrap: (app) => ({
      ...app,
      async render(body, context) {
        inFlight += 1;
        most = Math.max(most, inFlight);
        if (inFlight === 3) full.resolve(undefined);
        await full.promise;
        const answer = await app.render(body, context);
        inFlight -= 1;
        return answer;
      },
    }),
  });
  const dispatch = dispatchTo(running.url, { concurrency: 3, batch: 4, policy: { timeoutMs: 5000 } });
  const { stored } = await sendItems(dispatch, await items(dispatch, 60));
  expect(stored).toHaveLength(60);
  expect(most).toBe(3);
});

test('images of several sizes: each request asks for one', async () => {
  const asked: { width: number; posts: number }[] = [];
  running = await startFunction({
    wrap: (app) => ({
      ...app,
      async render(body, context) {
        const { output, posts } = requestSchema.parse(body);
        asked.push({ width: output.width, posts: posts.length });
        return app.render(body, context);
      },
    }),
  });
  const dispatch = dispatchTo(running.url, { concurrency: 2, batch: 4 });
  const description = await dispatch.describe();
  const square: NamedOutput = {
    outputName: 'square',
    output: { ...OUTPUT.output, width: 600, height: 600 },
    pattern: '{slug}-square.{ext}',
  };
  const todo = [OUTPUT, square].flatMap((output) =>
    Array.from({ length: 5 }, (_, at) =>
      itemFor({ slug: `p${at}`, title: `post ${at}` }, description, output),
    ),
  );
  const { results, failed } = await sendItems(dispatch, todo);
  expect(failed).toEqual([]);
  expect(results).toHaveLength(10);
  for (const { item, result } of results)
    expect(result).toMatchObject({ key: item.key, width: item.output.width });
  expect(asked.sort((a, b) => b.width - a.width || b.posts - a.posts)).toEqual([
    { width: 1200, posts: 4 },
    { width: 1200, posts: 1 },
    { width: 600, posts: 4 },
    { width: 600, posts: 1 },
  ]);
});

test('a body never has more posts or bytes than the function takes', async () => {
  running = await startFunction({
    fault: () => null,
    wrap: (app) => ({
      ...app,
      describe: async () => ({ ...(await app.describe()), limits: { posts: 5, bodyBytes: 1500 } }),
    }),
  });
  const dispatch = dispatchTo(running.url, { batch: 50 });
  const description = await dispatch.describe();
  const todo = Array.from({ length: 30 }, (_, at) =>
    itemFor({ slug: `p${at}`, title: 'é'.repeat(at * 10 + 1) }, description),
  );
  const { stored } = await sendItems(dispatch, todo);
  expect(stored).toHaveLength(30);
  const bodies = running.seen.filter(isPost).map(({ body }) => body);
  for (const body of bodies) {
    expect(body.byteLength).toBeLessThanOrEqual(1500);
    expect(requestSchema.parse(JSON.parse(body.toString())).posts.length).toBeLessThanOrEqual(5);
  }
  expect(Math.max(...bodies.map(({ byteLength }) => byteLength))).toBeGreaterThan(1000);
});

test('what the function leaves unprocessed is sent again, and later batches are smaller', async () => {
  running = await startFunction({
    fault: () => null,
    wrap: (app) => ({
      ...app,
      async render(body, context) {
        const request = requestSchema.parse(body);
        const answer = await app.render({ ...request, posts: request.posts.slice(0, 3) }, context);
        const unprocessed = request.posts.slice(3).map((post) => (post as { slug: string }).slug);
        return { ...answer, unprocessed };
      },
    }),
  });
  const dispatch = dispatchTo(running.url, { concurrency: 1, batch: 16 });
  const { stored, error } = await sendItems(dispatch, await items(dispatch, 60));
  expect(error).toBeNull();
  expect(stored).toHaveLength(60);
  expect(running.renderer.rendered).toBe(60);
  const sizes = running.seen
    .filter(isPost)
    .map(({ body }) => requestSchema.parse(JSON.parse(body.toString())).posts.length);
  expect(sizes[0]).toBe(16);
  expect(sizes.slice(-8).every((size) => size <= 3)).toBe(true);
});

test('after a stop what is in flight is finished and reported, and nothing more is sent', async () => {
  const stop = new AbortController();
  running = await startFunction({ fault: () => null });
  const dispatch = dispatchTo(running.url, { concurrency: 2, batch: 5 });
  const todo = await items(dispatch, 200);
  const { stored, error } = await sendItems(dispatch, todo, {
    signal: stop.signal,
    onResult: () => stop.abort(),
  });
  expect(error).toBeNull();
  const sent = running.seen.filter(isPost).length;
  expect(sent).toBeLessThanOrEqual(4);
  expect(stored).toHaveLength(sent * 5);
  expect(running.renderer.rendered).toBe(sent * 5);
});

test('a stop while waiting for a retry does not wait to the end', async () => {
  const stop = new AbortController();
  running = await startFunction({
    fault: (seen) =>
      isPost(seen) ? { kind: 'answer', status: 429, headers: { 'retry-after': '3000' } } : null,
  });
  const dispatch = dispatchTo(running.url, { policy: { idleMs: 10_000_000 } });
  const todo = await items(dispatch, 8);
  const sending = sendItems(dispatch, todo, { signal: stop.signal });
  while (running.seen.filter(isPost).length === 0) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  expect(await sending).toMatchObject({ stored: [], failed: [], error: null });
});

describe('a refusal is not sent again', () => {
  test('a wrong token says where the right one goes', async () => {
    running = await startFunction({ fault: () => null, access: { auth: 'token', token: 'right' } });
    const dispatch = dispatchTo(running.url, { signer: bearer('wrong') });
    await expect(dispatch.describe()).rejects.toMatchObject({ code: 'function_refused', exitCode: 3 });
    await expect(dispatch.describe()).rejects.toHaveProperty(
      'hint',
      expect.stringContaining('OG_FUNCTION_TOKEN'),
    );
    expect(running.seen).toHaveLength(1);
  });

  test('403 names both rights that the URL asks for', async () => {
    running = await startFunction({
      fault: (seen) =>
        isPost(seen) ? { kind: 'answer', status: 403, body: '{"Message":"Forbidden"}' } : null,
    });
    const dispatch = dispatchTo(running.url, { concurrency: 1 });
    const { error } = await sendItems(dispatch, await items(dispatch, 40));
    expect(error).toMatchObject({ code: 'function_refused', exitCode: 3 });
    expect(error).toHaveProperty('hint', expect.stringContaining('lambda:InvokeFunctionUrl'));
    expect(error).toHaveProperty('hint', expect.stringContaining('lambda:InvokeFunction '));
    expect(running.seen.filter(isPost)).toHaveLength(1);
  });

  test('a fingerprint that differs fails the posts and says what to do first', async () => {
    running = await startFunction({ fault: () => null });
    const dispatch = dispatchTo(running.url);
    const others = { templates: { default: { digest: 'of another version' } } };
    const todo = [itemFor({ slug: 'a', title: 'A' }, others)];
    const { results, error } = await sendItems(dispatch, todo, { store: running.store });
    expect(error).toBeNull();
    expect(results[0]?.result).toMatchObject({ error: { code: 'fingerprint_mismatch' } });
    expect(JSON.stringify(results[0]?.result)).toContain('deploy the function first');
    expect(running.seen.filter(isPost)).toHaveLength(1);
  });
});

test('credentials that grew old on the way are renewed and the request is sent once more', async () => {
  const expired = '{"Message":"The security token included in the request is expired"}';
  let refusals = 0;
  running = await startFunction({
    fault: (seen) => {
      const old = String(seen.headers['authorization']).includes('OLDKEY');
      if (old) refusals += 1;
      return old && isPost(seen) ? { kind: 'answer', status: 403, body: expired } : null;
    },
  });
  const signer = iam({
    credentials: async (options) => ({
      accessKeyId: options?.forceRefresh === true || refusals > 1 ? 'NEWKEY' : 'OLDKEY',
      secretAccessKey: 's',
    }),
    region: async () => 'eu-central-1',
    clock: Date.now,
  });
  const dispatch = dispatchTo(running.url, { signer, concurrency: 1 });
  const { stored, error } = await sendItems(dispatch, await items(dispatch, 8));
  expect(error).toBeNull();
  expect(stored).toHaveLength(8);
});

describe('an address that is not the function', () => {
  test('that answers HTML is named by what it says', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    });
    await expect(dispatchTo(url).describe()).rejects.toMatchObject({ code: 'not_a_function', exitCode: 3 });
  });

  test('that answers 404 is named at once', async () => {
    let asked = 0;
    const url = await listen((_request, response) => {
      asked += 1;
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
    });
    await expect(dispatchTo(url).describe()).rejects.toThrow(/404.*Not found/);
    expect(asked).toBe(1);
  });

  test('that redirects is not followed: a signature is good for one address', async () => {
    let followed = false;
    const url = await listen((request, response) => {
      followed ||= request.url === '/elsewhere';
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(dispatchTo(url).describe()).rejects.toMatchObject({ code: 'not_a_function' });
    expect(followed).toBe(false);
  });

  test('where nobody listens is unreachable after a few tries', async () => {
    const url = await listen(() => {});
    const [server] = servers.splice(0);
    server?.close();
    await expect(dispatchTo(url).describe()).rejects.toMatchObject({
      code: 'function_unreachable',
      exitCode: 3,
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  test('that never stops talking is cut off', async () => {
    const url = await listen((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = setInterval(() => response.write('x'.repeat(1_000_000)), 1);
      request.socket.once('close', () => clearInterval(more));
    });
    const dispatch = dispatchTo(url, { policy: { describeTries: 1, describeTimeoutMs: 5000 } });
    await expect(dispatch.describe()).rejects.toMatchObject({ code: 'function_unreachable' });
  });
});
