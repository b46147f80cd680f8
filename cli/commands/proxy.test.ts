import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFunction } from '../testing/function.ts';
import type { TestFunction } from '../testing/function.ts';
import { makeBlog, runCli, runJson } from '../testing/process.ts';
import type { Blog } from '../testing/process.ts';
import { CERTIFICATE, passTo, serveTls, startTunnel } from '../testing/tunnel.ts';
import type { Tunnel } from '../testing/tunnel.ts';

// Behind a proxy no name of the outside can be looked up: `*.og.test` exists for the proxy alone.
let made: TestFunction;
let blog: Blog;
let closing: (() => Promise<unknown>)[];
beforeEach(async () => {
  made = await startFunction();
  blog = await makeBlog();
  await blog.post('a', 'Apples');
  closing = [() => made.close(), () => blog.close()];
});
afterEach(async () => {
  for (const close of closing) await close();
});

async function proxyFor(host: string, target: string, refuse?: string): Promise<Tunnel> {
  const server = await serveTls(passTo(target));
  const tunnel = await startTunnel({ [host]: server.port }, refuse);
  closing.push(tunnel.close, server.close);
  return tunnel;
}

const run = (args: string[], env: Record<string, string>) =>
  runJson(args, { cwd: blog.folder, env: { NODE_EXTRA_CA_CERTS: CERTIFICATE, ...env } });
const remote = ['--function', 'https://fn.og.test', '--auth', 'none'];

describe('HTTPS_PROXY', () => {
  test.each(['HTTPS_PROXY', 'https_proxy'])('%s is the way to the function', async (name) => {
    const { url, seen } = await proxyFor('fn.og.test', made.url);
    const { code, document } = await run(remote, { [name]: url });
    expect({ code, summary: document.summary }).toMatchObject({ code: 0, summary: { created: 1 } });
    expect(new Set(seen.map(({ target }) => target))).toEqual(new Set(['fn.og.test:443']));
  });

  test('is the way to S3, for a bucket by its path and by its name', async () => {
    const listing = '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>';
    const { port, close } = await serveTls((_request, response) => void response.end(listing));
    const tunnel = await startTunnel({ 's3.og.test': port });
    closing.push(tunnel.close, close);
    const { code, document } = await run(['plan', '--store', 's3://bucket/images'], {
      HTTPS_PROXY: tunnel.url,
      AWS_ENDPOINT_URL_S3: 'https://s3.og.test',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      AWS_REGION: 'eu-central-1',
    });
    expect({ code, summary: document.summary }).toMatchObject({ code: 0, summary: { created: 1 } });
    expect(tunnel.seen.map(({ target }) => target)).toContain('s3.og.test:443');
  });

  test('shows the password that stands in it to the proxy, and to nobody else', async () => {
    const { url, seen } = await proxyFor('fn.og.test', made.url);
    const secret = 'hunter2-hunter2';
    const proxy = url.replace('//', `//me:${secret}@`);
    expect((await run(remote, { HTTPS_PROXY: proxy })).code).toBe(0);
    expect(seen[0]?.authorization).toBe(`Basic ${Buffer.from(`me:${secret}`).toString('base64')}`);

    const closed = await proxyFor('fn.og.test', made.url, '407 Proxy Authentication Required');
    const refused = await runCli([...remote, '--verbose', '--json'], {
      cwd: blog.folder,
      env: { HTTPS_PROXY: closed.url.replace('//', `//me:${secret}@`) },
    });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('cannot be reached');
    expect(refused.stderr + refused.stdout).not.toContain(secret);
    expect(closed.seen.length).toBeLessThan(8);
  });

  test('that nobody answers is named by its address', async () => {
    const { code, stderr } = await run(remote, { HTTPS_PROXY: 'http://127.0.0.1:1' });
    expect(code).toBe(3);
    expect(stderr).toContain('ECONNREFUSED 127.0.0.1:1');
  });

  test.each(['nonsense', 'socks5://127.0.0.1:1', 'http://'])(
    '%s is refused in words, where it is used',
    async (proxy) => {
      const { code, stderr } = await run(remote, { HTTPS_PROXY: proxy });
      expect(code).toBe(2);
      expect(stderr).toContain('HTTPS_PROXY is not the address of a proxy');
    },
  );
});

describe('NO_PROXY', () => {
  test.each(['fn.og.test', '.og.test', '*'])('%s: the function is called directly', async (exceptions) => {
    const { url, seen } = await proxyFor('fn.og.test', made.url);
    const { code, stderr } = await run(remote, { HTTPS_PROXY: url, NO_PROXY: exceptions });
    // Nobody but the proxy knows where it is.
    expect(code).toBe(3);
    expect(stderr).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(seen).toEqual([]);
  });

  test('of this machine is meant always', async () => {
    const { url, seen } = await proxyFor('fn.og.test', made.url);
    const args = ['--function', made.url, '--auth', 'none'];
    expect((await run(args, { HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: 'elsewhere' })).code).toBe(0);
    expect(seen).toEqual([]);
  });
});
