import http from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { fetchPicture, isHostAllowed, isPrivateAddress } from './fetch.ts';
import type { Get } from './fetch.ts';

/** A picture host on loopback. Requests that go to it over https by name arrive there over HTTP. */
async function host(answer: RequestListener): Promise<{ get: Get; asked: string[] }> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const get: Get = (url, { signal }, done) =>
    http.get(
      {
        host: '127.0.0.1',
        port,
        path: url.pathname,
        headers: { host: url.host },
        ...(signal && { signal }),
      },
      done,
    );
  return { get, asked };
}
const hosts = ['img.example', '*.cdn.example'];
const PICTURE = new URL('https://img.example/a.png');

test('fetches a picture from a host of the list', async () => {
  const { get, asked } = await host((_request, response) => response.end('bytes'));
  expect(String(await fetchPicture(PICTURE, { hosts, get }))).toBe('bytes');
  expect(asked).toEqual(['img.example/a.png']);
});

test('follows a redirect to another host of the list', async () => {
  const { get, asked } = await host((request, response) => {
    if (request.url === '/b.png') return response.end('moved');
    return response.writeHead(302, { location: 'https://eu.cdn.example/b.png' }).end();
  });
  expect(String(await fetchPicture(PICTURE, { hosts, get }))).toBe('moved');
  expect(asked).toEqual(['img.example/a.png', 'eu.cdn.example/b.png']);
});

test.each([
  ['https://evil.example/x', 'its host is not in imageHosts'],
  ['http://img.example/x', 'only https is fetched'],
  ['file:///etc/passwd', 'only https is fetched'],
  ['https://img.example/a.png', 'it redirects too often'],
])('does not follow a redirect to %s', async (location, reason) => {
  const { get } = await host((_request, response) => response.writeHead(301, { location }).end());
  await expect(fetchPicture(PICTURE, { hosts, get })).rejects.toThrow(reason);
});

test('gives up on a picture that is too large, before it has all of it', async () => {
  let sent = 0;
  const { get } = await host((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1_000_000))) sent++;
    };
    response.on('drain', more);
    more();
  });
  await expect(fetchPicture(PICTURE, { hosts, get })).rejects.toThrow('more than 10 MB');
  expect(sent).toBeLessThan(40);
});

test('gives up on a host that never ends', async () => {
  const { get } = await host((_request, response) => response.write('slow'));
  await expect(fetchPicture(PICTURE, { hosts, get, timeoutMs: 100 })).rejects.toThrow(
    'https://img.example/a.png was not fetched: it took too long',
  );
});

test('stops when it is aborted, with the reason of the signal', async () => {
  const { get } = await host((_request, response) => response.write('slow'));
  const signal = AbortSignal.timeout(50);
  await expect(fetchPicture(PICTURE, { hosts, get, signal })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test.each([
  [404, 'its host answered 404'],
  [500, 'its host answered 500'],
  [304, 'its host answered 304'],
])('names the status %i', async (status, reason) => {
  const { get } = await host((_request, response) => response.writeHead(status).end());
  await expect(fetchPicture(PICTURE, { hosts, get })).rejects.toMatchObject({
    code: 'picture_unreachable',
    message: expect.stringContaining(reason) as string,
  });
});

test('names a connection that is cut', async () => {
  const { get } = await host((request) => request.socket.destroy());
  await expect(fetchPicture(PICTURE, { hosts, get })).rejects.toMatchObject({ code: 'picture_unreachable' });
});

test('asks no host that is not in the list', async () => {
  const { get, asked } = await host((_request, response) => response.end());
  await expect(fetchPicture(new URL('https://other.example/'), { hosts, get })).rejects.toThrow(
    'not in imageHosts',
  );
  expect(asked).toEqual([]);
});

test.each([
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://2130706433/x',
  'https://0x7f.1/x',
  'https://169.254.169.254/',
])('does not fetch %s even where the list has it', async (address) => {
  const url = new URL(address);
  await expect(fetchPicture(url, { hosts: [url.hostname] })).rejects.toThrow('its address is private');
});

test('does not fetch from a name that means this machine', async () => {
  await expect(fetchPicture(new URL('https://localhost:1/x'), { hosts: ['localhost'] })).rejects.toThrow(
    'localhost has the private address',
  );
});

test('knows private addresses from public ones', () => {
  for (const address of [
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '0.0.0.0',
    '100.100.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '192.88.99.1',
    '198.18.0.1',
  ])
    expect(isPrivateAddress(address)).toBe(true);
  for (const address of [
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '::127.0.0.1',
    '::8.8.8.8',
    '2002:7f00:1::',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    'fec0::1',
    '::ffff:0:127.0.0.1',
    'fe80::1%lo',
    '100::1',
    '2001:db8::1',
    '4000::1',
  ])
    expect(isPrivateAddress(address)).toBe(true);
  for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])
    expect(isPrivateAddress(address)).toBe(false);
});

test('matches hosts exactly, and those below a star', () => {
  expect(isHostAllowed('img.example', hosts)).toBe(true);
  expect(isHostAllowed('eu.cdn.example', hosts)).toBe(true);
  expect(isHostAllowed('cdn.example', hosts)).toBe(false);
  expect(isHostAllowed('evilcdn.example', hosts)).toBe(false);
  expect(isHostAllowed('img.example.evil', hosts)).toBe(false);
});
