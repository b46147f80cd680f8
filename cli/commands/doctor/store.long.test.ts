import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFaultProxy } from '../../../function/testing/fault-proxy.ts';
import type { Fault, FaultProxy, Seen } from '../../../function/testing/fault-proxy.ts';
import { startMoto } from '../../../function/testing/moto.ts';
import type { Moto } from '../../../function/testing/moto.ts';
import { startFunction } from '../../testing/function.ts';
import { makeBlog, startCli } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import { runDoctor } from './testing/doctor.ts';

// An emulator stands in for S3, and a proxy before it for IAM: it answers 403 to what a policy would not allow.
let moto: Moto;
let blog: Blog;
let proxy: FaultProxy | null = null;
beforeAll(async () => {
  moto = await startMoto();
  blog = await makeBlog();
  await blog.post('a', 'Apples');
});
afterAll(async () => {
  await blog.close();
  await moto.stop();
});
beforeEach(async () => {
  await moto.reset();
  await moto.createBucket('pictures');
});
afterEach(async () => {
  await proxy?.close();
  proxy = null;
});

const STORE = 's3://pictures/images';
/** The browser is another check's business. */
const NO_BROWSER = { CHROME_PATH: '/nowhere' };
const denied: Fault = {
  kind: 'answer',
  status: 403,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': '1' },
  body: '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
};

async function environment(fault: (seen: Seen) => Fault | null): Promise<Record<string, string>> {
  proxy = await startFaultProxy(moto.url, fault);
  return { ...moto.env, ...NO_BROWSER, AWS_ENDPOINT_URL_S3: proxy.url };
}
async function diagnose(fault: (seen: Seen) => Fault | null, args = ['--store', STORE]) {
  const { facts, code } = await runDoctor(args, { cwd: blog.folder, env: await environment(fault) });
  return { code, facts: (sign: 'ok' | 'warning' | 'failure') => facts('store', sign) };
}
/** What lies in the bucket, whoever asks. */
async function left(): Promise<string[]> {
  const answer = await (await fetch(`${moto.url}/pictures?list-type=2`)).text();
  return [...answer.matchAll(/<Key>([^<]*)/g)].map(([, key = '']) => key);
}
const isPut = ({ method }: Seen): boolean => method === 'PUT';
const isList = ({ method, url }: Seen): boolean => method === 'GET' && url.includes('list-type=2');
const isDelete = ({ method, url }: Seen): boolean => method === 'POST' && url.includes('delete');
/** An answer to DeleteObjects that refuses each key. */
const deleteDenied: Fault = {
  kind: 'answer',
  status: 200,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': '1' },
  body: '<?xml version="1.0"?><DeleteResult><Error><Key>images/og-sync-doctor-x.png</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error></DeleteResult>',
};

describe('a bucket', () => {
  test('that allows everything is said to, and the probe is gone', async () => {
    const { facts } = await diagnose(() => null);
    expect(facts('ok').map(({ fact }) => fact)).toEqual([
      'The credentials are the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      's3://pictures/images/ can be listed; it holds 0 images.',
      'Images may be written.',
      'Images may be read.',
      'Images may be deleted.',
    ]);
    expect(proxy?.seen.filter(isPut)).toHaveLength(1);
    expect(await left()).toEqual([]);
  });

  test('that refuses an image is found, with the right that is missing', async () => {
    const { code, facts } = await diagnose((seen) => (isPut(seen) ? denied : null));
    expect(facts('failure')).toEqual([
      {
        sign: 'failure',
        fact: expect.stringMatching(
          /^Cannot write s3:\/\/pictures\/images\/og-sync-doctor-.*: access denied; the right s3:PutObject is missing\.$/,
        ) as string,
        cure: 'Allow s3:PutObject to the role or user in use (docs/aws.md has the policies).',
      },
    ]);
    expect(code).toBe(3);
    expect(await left()).toEqual([]);
  });

  test('that refuses to list is found, and the rest is tried all the same', async () => {
    const { code, facts } = await diagnose((seen) => (isList(seen) ? denied : null));
    expect(facts('failure')).toMatchObject([{ fact: expect.stringContaining('s3:ListBucket') as string }]);
    expect(facts('ok').map(({ fact }) => fact)).toContain('Images may be written.');
    expect({ code, left: await left() }).toEqual({ code: 3, left: [] });
  });

  test('that refuses to delete gets no probe that would stay', async () => {
    const { facts } = await diagnose((seen) => (isDelete(seen) ? deleteDenied : null));
    expect(facts('warning')).toMatchObject([
      {
        fact: expect.stringMatching(/^Images may not be deleted: AccessDenied/) as string,
        cure: expect.stringContaining('s3:DeleteObject') as string,
      },
    ]);
    expect(facts('ok').map(({ fact }) => fact)).toContain('Objects may be written.');
    expect(proxy?.seen.filter(isPut).every(({ headers }) => headers['if-match'] === '"none"')).toBe(true);
    expect(await left()).toEqual([]);
  });

  test('that refuses to delete and to write is found without a probe', async () => {
    const { facts, code } = await diagnose((seen) =>
      isDelete(seen) ? deleteDenied : isPut(seen) ? denied : null,
    );
    expect(facts('failure')).toMatchObject([{ fact: expect.stringContaining('s3:PutObject') as string }]);
    expect(code).toBe(3);
  });

  test('that is not there, or does not answer, is asked for nothing more', async () => {
    const missing = await diagnose(() => null, ['--store', 's3://nowhere/images']);
    expect(missing.facts('failure')).toHaveLength(1);
    expect(missing.code).toBe(3);
    const down = await runDoctor(['--store', STORE], {
      cwd: blog.folder,
      env: { ...moto.env, ...NO_BROWSER, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' },
    });
    expect(down.facts('store', 'failure')).toMatchObject([
      { fact: expect.stringContaining('connection was refused') as string },
    ]);
  });

  test('without any credentials names what is missing', async () => {
    const { facts, code } = await runDoctor(['--store', STORE], {
      cwd: blog.folder,
      env: { ...NO_BROWSER, AWS_REGION: 'eu-west-1' },
    });
    expect(facts('store', 'failure')).toMatchObject([
      { fact: expect.stringMatching(/credentials/) as string, cure: expect.stringMatching(/./) as string },
    ]);
    expect(code).toBe(3);
  });

  test.each<[string, (seen: Seen) => Fault | null]>([
    ['reading breaks', (seen) => (seen.method === 'HEAD' ? { kind: 'answer', status: 403 } : null)],
    ['the answer to writing is lost', (seen) => (isPut(seen) ? { kind: 'reset-after' } : null)],
  ])('holds no probe after %s', async (_title, fault) => {
    await diagnose(fault);
    expect(proxy?.seen.some(isPut)).toBe(true);
    expect(await left()).toEqual([]);
  });

  test('holds no probe after Ctrl-C, while it is being written or read', async () => {
    for (const moment of [isPut, ({ method }: Seen) => method === 'HEAD']) {
      const { promise: reached, resolve: there } = Promise.withResolvers<void>();
      const env = await environment((seen) => {
        if (!moment(seen)) return null;
        there();
        return { kind: 'delay', ms: 700 };
      });
      const { child, ended } = startCli(['doctor', '--json', '--store', STORE], { cwd: blog.folder, env });
      await reached;
      child.kill('SIGINT');
      const { code, stdout } = await ended;
      expect({ code, error: (JSON.parse(stdout) as { error: object }).error }).toMatchObject({
        code: 130,
        error: { code: 'interrupted' },
      });
      expect(await left()).toEqual([]);
      await proxy?.close();
    }
  });
});

test('behind a function, what a run itself does is tried: listing, reading, the index; and no image is stored', async () => {
  const { openStore } = await import('../../../function/store/open.ts');
  const made = await startFunction({ store: openStore(STORE, moto.s3) });
  const args = ['--function', made.url, '--auth', 'none'];
  try {
    await fetch(`${moto.url}/pictures/images/a.jpg`, { method: 'PUT', body: 'x' });
    const { facts } = await diagnose(() => null, args);
    expect(facts('ok').map(({ fact }) => fact)).toContain(
      'The index may be written; images are written by the function.',
    );
    expect(facts('ok').map(({ fact }) => fact)).toContain('Images may be read.');
    expect(proxy?.seen.filter(isPut).every(({ url }) => url.includes('/.og-sync/'))).toBe(true);
    expect(await left()).toEqual(['images/a.jpg']);
    await proxy?.close();
    // A run works without its index.
    const poorer = await diagnose((seen) => (isPut(seen) ? denied : null), args);
    expect(poorer.facts('failure')).toEqual([]);
    expect(poorer.facts('warning')).toMatchObject([
      { fact: expect.stringContaining('s3:PutObject') as string },
    ]);
  } finally {
    await made.close();
  }
});

test('a folder store is as it was, there or not', async () => {
  const env = NO_BROWSER;
  await runDoctor(['--store', 'out/deep/images'], { cwd: blog.folder, env });
  expect(await readdir(blog.folder)).toEqual(['content']);
  await blog.write('out/images/a.jpg', 'x');
  const { facts } = await runDoctor(['--store', 'out/images'], { cwd: blog.folder, env });
  expect(facts('store', 'ok')[0]?.fact).toContain('holds 1 image.');
  expect(await readdir(join(blog.folder, 'out'), { recursive: true })).toEqual(['images', 'images/a.jpg']);
});
