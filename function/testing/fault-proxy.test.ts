import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { faultsInOrder, startFaultProxy } from './fault-proxy.ts';
import type { Fault, FaultProxy } from './fault-proxy.ts';

/** A server that answers with what it was sent, and a proxy in front of it whose first request goes wrong. */
async function echo(fault: Fault | null): Promise<{ proxy: FaultProxy; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      try {
        const body = (await buffer(request)).toString();
        heard.push(`${request.method} ${request.url} ${request.headers.host} ${body}`);
        response.setHeader('x-echo', 'yes').end(`you said ${body}`);
      } catch {
        heard.push('cut off');
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy = await startFaultProxy(target, faultsInOrder([fault]));
  onTestFinished(async () => {
    await proxy.close();
    await new Promise((resolve) => server.close(resolve));
  });
  return { proxy, heard };
}

async function post(proxy: FaultProxy, signal?: AbortSignal): Promise<Response> {
  return await fetch(`${proxy.url}/a?b=c`, { method: 'POST', body: 'hello', ...(signal && { signal }) });
}

describe('the fault proxy', () => {
  it('passes requests and answers unchanged, the Host header too', async () => {
    const { proxy, heard } = await echo(null);
    const response = await post(proxy);
    expect([response.status, response.headers.get('x-echo'), await response.text()]).toEqual([
      200,
      'yes',
      'you said hello',
    ]);
    expect(heard).toEqual([`POST /a?b=c ${new URL(proxy.url).host} hello`]);
    expect(proxy.seen).toMatchObject([{ index: 0, method: 'POST', url: '/a?b=c', fault: null }]);
  });

  it.each<[string, Fault, number]>([
    ['reset before the target hears of it', { kind: 'reset-before' }, 0],
    ['reset after the target has answered', { kind: 'reset-after' }, 1],
    ['cut in the middle of the answer', { kind: 'cut-response', bytes: 4 }, 1],
    ['cut right after the headers', { kind: 'cut-response', bytes: 0 }, 1],
  ])('breaks a request: %s; the next one passes', async (_what, fault, carriedOut) => {
    const { proxy, heard } = await echo(fault);
    const broken = post(proxy).then(async (response) => await response.text());
    await expect(broken).rejects.toThrow(/fetch failed|terminated/);
    expect(heard).toHaveLength(carriedOut);
    expect(await (await post(proxy)).text()).toBe('you said hello');
  });

  it('cuts an upload so that the target sees only a part', async () => {
    const { proxy, heard } = await echo({ kind: 'cut-request', bytes: 2 });
    await expect(post(proxy)).rejects.toThrow('fetch failed');
    await expect.poll(() => heard).toEqual(['cut off']);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('answers instead of the target, carried out: %s', async (done, carriedOut) => {
    const { proxy, heard } = await echo({
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '2' },
      body: 'busy',
      done,
    });
    const response = await post(proxy);
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
      429,
      '2',
      'busy',
    ]);
    expect(heard).toHaveLength(carriedOut);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('never answers, carried out: %s', async (done, carriedOut) => {
    const { proxy, heard } = await echo({ kind: 'hang', done });
    await expect(post(proxy, AbortSignal.timeout(150))).rejects.toThrow(/timeout/);
    await expect.poll(() => heard.length).toBe(carriedOut);
  });

  it.each<Fault>([
    { kind: 'delay', ms: 5 },
    { kind: 'drip', chunk: 3, ms: 1 },
  ])('gives the whole answer late: $kind', async (fault) => {
    const { proxy } = await echo(fault);
    expect(await (await post(proxy)).text()).toBe('you said hello');
  });
});
