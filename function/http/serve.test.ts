import { request as httpRequest } from 'node:http';
import type { ClientRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Access } from './auth.ts';
import { descriptionSchema, failureSchema, responseSchema } from '../contract.ts';
import { startServer } from './serve.ts';
import type { RunningServer } from './serve.ts';
import { fakeRenderer, fakeTemplates, memoryStore } from '../testing/fakes.ts';

const log = () => {};
const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function serve(access: Access = { auth: 'none' }): Promise<RunningServer> {
  const app = createApp({
    renderer: fakeRenderer(),
    store: memoryStore(),
    templates: fakeTemplates(),
    log,
  });
  const server = await startServer(app, { port: 0, host: '127.0.0.1', access, log });
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
