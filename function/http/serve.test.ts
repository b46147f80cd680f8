import { request as httpRequest } from 'node:http';
import type { ClientRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Access } from './auth.ts';
import { descriptionSchema, failureSchema, responseSchema } from '../contract.ts';
import { startServer } from './serve.ts';
import type { Renderer } from '../renderer/renderer.ts';
import type { RunningServer } from './serve.ts';
import { fakeRenderer, fakeTemplates, memoryStore } from '../testing/fakes.ts';

const log = () => {};
const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** A server whose pictures are never done, and what its renderer was told. */
async function slow() {
  const signals: AbortSignal[] = [];
  const renderer: Renderer = {
    ...fakeRenderer(),
    render: (_card, _output, signal) =>
      new Promise((_, reject) => {
        if (signal === undefined) return;
        signals.push(signal);
        signal.addEventListener('abort', () => reject(new Error('left')));
      }),
  };
  const app = createApp({ renderer, store: memoryStore(), templates: fakeTemplates(), log });
  const server = await startServer(app, { port: 0, host: '127.0.0.1', access: { auth: 'none' }, log });
  running.push(server);
  return { server, renderer: { signals } };
}

async function serve(access: Access = { auth: 'none' }, host = '127.0.0.1'): Promise<RunningServer> {
  const app = createApp({
    renderer: fakeRenderer(),
    store: memoryStore(),
    templates: fakeTemplates(),
    log,
  });
  const server = await startServer(app, { port: 0, host, access, log });
  running.push(server);
  return server;
}

const BODY = JSON.stringify({ posts: [{ slug: 'a', title: 'Hello' }] });
const post = (url: string, init: RequestInit = {}) => fetch(url, { method: 'POST', body: BODY, ...init });
const errorOf = async (response: Response) => failureSchema.parse(await response.json()).error.code;

/** For what fetch cannot do: a forged Host, and a body without a length. */
function statusOf(request: ClientRequest, body = ''): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request.on('response', ({ statusCode }) => resolve(statusCode)).on('error', reject);
    request.write(body);
    request.end();
  });
}

describe('the loopback server', () => {
  it('describes, renders and answers pictures as a Function URL does', async () => {
    const { url } = await serve();
    expect(descriptionSchema.parse(await (await fetch(url)).json()).name).toBe('og-sync');
    const headers = { 'content-type': 'application/json' };
    const rendered = responseSchema.parse(await (await post(url, { headers })).json());
    expect(rendered.results).toMatchObject([{ slug: 'a', status: 'stored' }]);
    const picture = await fetch(`${url}/image?title=Hi`);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(new Uint8Array(await picture.arrayBuffer()).subarray(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));
  });

  it('answers HEAD without a body', async () => {
    const { url } = await serve();
    const response = await fetch(url, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('refuses a body over the limit before it has read it all', async () => {
    const { url } = await serve();
    const response = await post(url, { body: 'x'.repeat(5_500_001) });
    expect(response.status).toBe(413);
    expect(await errorOf(response)).toBe('too_large');
    const chunked = await statusOf(httpRequest(url, { method: 'POST' }), 'x'.repeat(6_000_000));
    expect(chunked).toBe(413);
  });

  it('refuses a page of another origin, and a foreign name for this machine', async () => {
    const { url } = await serve();
    const foreign = await post(url, { headers: { origin: 'https://evil.example' } });
    expect(await errorOf(foreign)).toBe('forbidden');
    const rebound = await statusOf(httpRequest(url, { headers: { host: 'evil.example' } }));
    expect(rebound).toBe(403);
  });

  const LOCAL = [
    '127.0.0.1',
    '127.9.9.9',
    'localhost',
    'localhost.',
    'LOCALHOST',
    'blog.localhost',
    '[::1]',
    '[0:0::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
    '127.0.0.1.',
  ];
  const FOREIGN = [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '[::2]',
    '[::ffff:10.0.0.1]',
    '0.0.0.0',
    '[::]',
    'evil.example#127.0.0.1',
    '127.0.0.1@evil.example',
    'xlocalhost',
  ];

  it.each(['127.0.0.1', '::1', 'localhost', '127.0.0.2', '::ffff:127.0.0.1'])(
    'listening on %s is known by every name of this machine, and by no other',
    async (host) => {
      const { url } = await serve({ auth: 'none' }, host);
      const { port } = new URL(url);
      const ask = (name: string, path: string) =>
        statusOf(httpRequest(`${url}${path}`, { headers: { host: `${name}:${port}` } }));
      for (const name of LOCAL) expect([name, await ask(name, '/')]).toEqual([name, 200]);
      for (const name of FOREIGN)
        for (const path of ['/', '/image?title=x', '/nothing'])
          expect([name, await ask(name, path)]).toEqual([name, expect.toBeOneOf([400, 403])]);
    },
  );

  it.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['something-new', 403],
    ['same-origin', 200],
    ['none', 200],
  ])('looks at what the browser says of a request on every route: %s', async (site, status) => {
    const { url } = await serve();
    const headers = { 'sec-fetch-site': site, 'content-type': 'application/json' };
    for (const [path, method] of [
      ['/', 'GET'],
      ['/image?title=x', 'GET'],
      ['/', 'POST'],
    ] as const) {
      const request = httpRequest(`${url}${path}`, { method, headers });
      expect(await statusOf(request, method === 'POST' ? BODY : '')).toBe(status);
    }
  });

  it.each(['0.0.0.0', '::'])('does not open %s to everybody', async (host) => {
    await expect(serve({ auth: 'none' }, host)).rejects.toMatchObject({ code: 'forbidden' });
    const { url } = await serve({ auth: 'token', token: 'a-long-enough-token' }, host);
    expect((await fetch(`http://127.0.0.1:${new URL(url).port}/image?title=x`)).status).toBe(401);
  });

  it('ends in time though requests are half-sent and pictures are in the making', async () => {
    const { server } = await slow();
    const { port } = new URL(server.url);
    const half = connect(Number(port), '127.0.0.1').on('error', () => {});
    half.write('POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{');
    const header = connect(Number(port), '127.0.0.1').on('error', () => {});
    header.write('GET /image?title=x HTTP/1.1\r\nho');
    const waiting = fetch(`${server.url}/image?title=x`).catch(() => null);
    await setTimeout(100);
    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(4000);
    expect(await waiting).toBeNull();
  });

  it('writes what it began for a client that left, before it has ended', async () => {
    const began = Promise.withResolvers<undefined>();
    const go = Promise.withResolvers<undefined>();
    const store = memoryStore();
    const put: typeof store.put = async (object) => {
      began.resolve(undefined);
      await go.promise;
      return store.put(object);
    };
    const app = createApp({
      renderer: fakeRenderer(),
      store: { ...store, put },
      templates: fakeTemplates(),
      log,
    });
    const server = await startServer(app, { port: 0, host: '127.0.0.1', access: { auth: 'none' }, log });
    const leave = new AbortController();
    const gone = post(server.url, {
      headers: { 'content-type': 'application/json' },
      signal: leave.signal,
    }).catch(() => null);
    await began.promise;
    leave.abort();
    expect(await gone).toBeNull();
    let ended = false;
    const closed = server.close().finally(() => (ended = true));
    await setTimeout(200);
    expect(ended).toBe(false);
    go.resolve(undefined);
    await closed;
    const keys: string[] = [];
    for await (const { key } of store.list()) keys.push(key);
    expect(keys).toHaveLength(1);
  });

  it('stops drawing for clients that left', async () => {
    const { server, renderer } = await slow();
    const leave = new AbortController();
    const gone = fetch(`${server.url}/image?title=x`, { signal: leave.signal }).catch(() => null);
    await expect.poll(() => renderer.signals.length).toBe(1);
    expect(renderer.signals[0]?.aborted).toBe(false);
    leave.abort();
    await gone;
    await expect.poll(() => renderer.signals[0]?.aborted).toBe(true);
  });

  it('asks for the token where it has one', async () => {
    const { url } = await serve({ auth: 'token', token: 'a-long-enough-token' });
    const refused = await post(url);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    const headers = { authorization: 'Bearer a-long-enough-token', 'content-type': 'application/json' };
    expect((await post(url, { headers })).status).toBe(200);
  });

  it('says so when the port is taken', async () => {
    const { url } = await serve();
    const app = createApp({
      renderer: fakeRenderer(),
      store: memoryStore(),
      templates: fakeTemplates(),
      log,
    });
    const options = {
      port: Number(new URL(url).port),
      host: '127.0.0.1',
      access: { auth: 'none' },
      log,
    } as const;
    await expect(startServer(app, options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
