import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPreviewServer } from './server.ts';
import type { PreviewServer } from './server.ts';
import { FINGERPRINT, fakeHub } from './testing/hub.ts';

let hub: ReturnType<typeof fakeHub>;
let server: PreviewServer;
const opened: string[] = [];
beforeEach(async () => {
  hub = fakeHub();
  server = await startPreviewServer(hub, { port: 0, onOpened: (url) => opened.push(url) });
});
afterEach(() => server.close());

interface Said {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request with any headers: `fetch` forges neither Host nor Origin. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Said> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    request.on('error', reject).end();
  });
}

const pathOf = (url: string) => url.slice(new URL(url).origin.length);

const port = () => new URL(server.url).port;
const here = () => `127.0.0.1:${port()}`;

/** The cookie of a browser that was let in. */
async function letIn(): Promise<string> {
  const { headers } = await ask(pathOf(server.url));
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

const READS = [
  '/',
  '/state',
  '/bench',
  '/events',
  `/card/${FINGERPRINT}`,
  `/details/${FINGERPRINT}`,
  '/page.js',
];

describe('the address', () => {
  test('opens one browser, once, and the next is printed', async () => {
    const url = server.url;
    const first = await ask(pathOf(url));
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(first.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await ask(pathOf(url))).status).toBe(403);
    expect(opened.at(-1)).toBe(server.url);
    expect(server.url).not.toBe(url);
    expect((await ask(pathOf(server.url))).status).toBe(303);
  });

  test('is reused by the browser that has opened it', async () => {
    const url = server.url;
    const cookie = await letIn();
    expect(await ask(pathOf(url), { cookie })).toMatchObject({ status: 303, headers: { location: '/' } });
  });

  test.each(READS)('without it nothing is told at %s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(403);
    expect(body).not.toContain('Secret');
  });

  test('a made-up cookie or token opens nothing', async () => {
    const cookie = await letIn();
    const name = cookie.split('=')[0] ?? '';
    for (const forged of [`${name}=`, `${name}=${'A'.repeat(32)}`, `x${cookie}`])
      expect((await ask('/state', { cookie: forged })).status).toBe(403);
    expect((await ask(`/?token=${'A'.repeat(32)}`)).status).toBe(403);
  });
});

describe('a page of another origin', () => {
  const FOREIGN: [string, () => Record<string, string>][] = [
    ['Origin', () => ({ origin: 'https://evil.example' })],
    ['Origin of a sandbox or a file', () => ({ origin: 'null' })],
    ['Origin of another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['Origin of https', () => ({ origin: `https://${here()}` })],
    ['a request without Origin, such as <img>', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['another server of this machine', () => ({ 'sec-fetch-site': 'same-site' })],
    ['rebinding: a name of its own', () => ({ host: `evil.example:${port()}` })],
    [
      'rebinding with an origin that fits',
      () => ({ host: `evil.example:${port()}`, origin: `http://evil.example:${port()}` }),
    ],
    ['rebinding to IPv6', () => ({ host: `[2001:db8::1]:${port()}` })],
    ['an address that only looks like loopback', () => ({ host: `127.0.0.1.evil.example:${port()}` })],
    ['0.0.0.0', () => ({ host: `0.0.0.0:${port()}` })],
  ];

  test.each(FOREIGN)('reads nothing and changes nothing (%s)', async (_name, headers) => {
    const cookie = await letIn();
    for (const path of READS) {
      const { status, body } = await ask(path, { cookie, ...headers() });
      expect(status).toBe(403);
      expect(body).not.toContain('Secret');
    }
    expect((await ask(pathOf(server.url), headers())).status).toBe(403);
    expect(
      (await ask('/draw-all', { cookie, 'content-type': 'text/plain', ...headers() }, 'POST')).status,
    ).toBe(403);
    expect(hub.drawnAll).toBe(0);
  });

  test('its own page may, under each loopback name', async () => {
    const cookie = await letIn();
    for (const host of [here(), `localhost:${port()}`, `[::1]:${port()}`])
      expect((await ask('/state', { cookie, host, origin: `http://${host}` })).status).toBe(200);
    expect((await ask('/draw-all', { cookie, origin: `http://${here()}` }, 'POST')).status).toBe(202);
    expect(hub.drawnAll).toBe(1);
  });

  test('is told nothing by headers that would let it in', async () => {
    const { headers } = await ask('/state', { cookie: await letIn() });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
  });
});

describe('what it answers', () => {
  test('a picture that may be kept, and nothing for one that is not known', async () => {
    const cookie = await letIn();
    const picture = await ask(`/card/${FINGERPRINT}`, { cookie });
    expect(picture).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } });
    expect(picture.headers['cache-control']).toContain('immutable');
    expect((await ask(`/card/${'b'.repeat(64)}`, { cookie })).status).toBe(404);
  });

  test.each([
    ['/draw-all', 'GET', 404],
    ['/state', 'DELETE', 405],
    ['/../../package.json', 'GET', 404],
    ['/constructor', 'GET', 404],
    ['//', 'GET', 400],
  ])('%s by %s: %i', async (path, method, status) => {
    expect((await ask(path, { cookie: await letIn() }, method)).status).toBe(status);
  });

  test('messages as they come, and an end when the server ends', async () => {
    const cookie = await letIn();
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let said = '';
    socket.setEncoding('utf8').on('data', (text: string) => (said += text));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(`GET /events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n\r\n`);
    await expect.poll(() => said).toContain('{"type":"state"}');
    hub.tell({ type: 'progress', done: 1, all: 2 });
    await expect.poll(() => said).toContain('{"type":"progress","done":1,"all":2}');
    await server.close();
    await closed;
  });
});
