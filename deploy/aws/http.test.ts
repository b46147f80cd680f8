import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { knowsProxies, proxyAgents, send } from './http.ts';

describe('the proxy of the environment', () => {
  it.each([{}, { HTTPS_PROXY: '' }, { NO_PROXY: '*' }, { https_proxy: ' ' }])('%o names none', (env) => {
    expect(proxyAgents(env)).toBeUndefined();
  });

  it.each(['nonsense', 'socks5://h:1', 'file:///x', '://', 'http://'])('%s is none', (value) => {
    expect(() => proxyAgents({ HTTPS_PROXY: value })).toThrow('HTTPS_PROXY is not the address of a proxy');
  });

  it('is not printed when it is wrong: it may hold a password', () => {
    expect(() => proxyAgents({ http_proxy: 'socks://me:hunter2@h' })).toThrow(/^(?!.*hunter2)/);
  });

  it.each([
    ['22.18.0', false],
    ['22.21.0', true],
    ['23.11.0', false],
    ['24.4.1', false],
    ['24.5.0', true],
    ['26.0.0', true],
  ])('Node %s knows proxies: %s', (version, known) => {
    expect(knowsProxies(version)).toBe(known);
  });
});

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

describe('one exchange', () => {
  const base = { method: 'GET', headers: {}, mostBytes: 1000 } as const;

  it('gives status, headers and the whole text, and follows no redirect', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: '/x', 'retry-after': '3' }).end('é'.repeat(100));
    });
    const { status, headers, text } = await send({ ...base, url, signal: AbortSignal.timeout(5000) });
    expect({ status, text, wait: headers['retry-after'] }).toEqual({
      status: 302,
      text: 'é'.repeat(100),
      wait: '3',
    });
  });

  it('reads no more than it may', async () => {
    const url = await serve((_request, response) => void response.end('x'.repeat(1001)));
    await expect(send({ ...base, url, signal: AbortSignal.timeout(5000) })).rejects.toThrow(
      'more than 1000 bytes',
    );
  });

  it.each<[string, RequestListener]>([
    ['before the answer', () => {}],
    ['within it', (_request, response) => void response.write('x')],
  ])('ends with the signal’s reason when it is aborted %s', async (_when, listener) => {
    const url = await serve(listener);
    const stop = new AbortController();
    const asked = send({ ...base, url, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(asked).rejects.toThrow('enough');
  });
});
