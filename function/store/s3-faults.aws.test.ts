import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { faultsInOrder, startFaultProxy } from '../testing/fault-proxy.ts';
import type { Fault, FaultProxy, Seen } from '../testing/fault-proxy.ts';
import { digits, testImage } from '../testing/image.ts';
import { startMoto } from '../testing/moto.ts';
import type { Moto } from '../testing/moto.ts';
import { refusal } from '../testing/refusal.ts';
import { openStore } from './open.ts';
import type { S3Options } from './s3-client.ts';
import type { Store } from './store.ts';

const A = digits('a');
const BUSY: Fault = { kind: 'answer', status: 503, body: '<Error><Code>SlowDown</Code></Error>' };
const DENIED: Fault = { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
const HANG: Fault = { kind: 'hang' };
/** Patience in ms: short, so that a test of a time-out takes no longer than that. */
const IMPATIENT: S3Options = {
  requestTimeoutMs: 500,
  connectionTimeoutMs: 250,
  maxAttempts: 3,
  busyMs: 2500,
};

const isHead = ({ method }: Seen) => method === 'HEAD';
const isList = ({ url }: Seen) => url.includes('list-type=2');

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(async () => await moto.stop());
beforeEach(async () => {
  await moto.reset();
  await moto.createBucket('pictures');
});

/** A store whose requests pass through the given faults. */
async function faulty(fault: (seen: Seen) => Fault | null): Promise<{ store: Store; proxy: FaultProxy }> {
  const proxy = await startFaultProxy(moto.url, fault);
  onTestFinished(async () => await proxy.close());
  const store = openStore('s3://pictures/images', { ...moto.s3, ...IMPATIENT, endpoint: proxy.url });
  return { store, proxy };
}

async function keys(store: Store): Promise<string[]> {
  const all: string[] = [];
  for await (const { key } of store.list()) all.push(key);
  return all;
}

describe('a put to S3 ends right', () => {
  const passing: [string, Fault[]][] = [
    ['after two "slow down"', [BUSY, BUSY]],
    ['after a 500 that is no answer of S3', [{ kind: 'answer', status: 500, body: '<html>oops' }]],
    ['after a reset before the request arrived', [{ kind: 'reset-before' }]],
    ['after a reset that lost the answer', [{ kind: 'reset-after' }]],
    ['after an upload that was cut off', [{ kind: 'cut-request', bytes: 100 }]],
    ['after an answer that did not come', [HANG]],
    ['after an answer that came too late', [{ kind: 'delay', ms: 1200 }]],
  ];

  it.each(passing)('%s', async (_when, faults) => {
    const { store, proxy } = await faulty(faultsInOrder(faults));
    const { etag } = await store.put(testImage('a.jpg', A));
    expect(proxy.seen).toHaveLength(faults.length + 1);
    for await (const held of store.list())
      expect(held).toMatchObject({ key: 'a.jpg', etag, bytes: testImage('', A).bytes.length });
    expect(await keys(store)).toEqual(['a.jpg']);
    expect(await store.fingerprint('a.jpg')).toBe(A);
  });
});

describe('a put to S3 fails with what a user can act on', () => {
  it('when S3 refuses: at once, with the missing right', async () => {
    const { store, proxy } = await faulty(() => DENIED);
    const error = await refusal(store.put(testImage('a.jpg', A)));
    expect(error).toMatchObject({ code: 'store_refused', retryable: false });
    expect(error.message).toBe(
      'Cannot write s3://pictures/images/a.jpg: access denied; the right s3:PutObject is missing.',
    );
    expect(error.hint).toContain('docs/aws.md');
    expect(proxy.seen).toHaveLength(1);
  });

  it('when S3 hangs: after a bounded number of bounded waits', async () => {
    const { store, proxy } = await faulty(() => HANG);
    const error = await refusal(store.put(testImage('a.jpg', A)));
    expect(error).toMatchObject({ code: 'store_unavailable', retryable: true });
    expect(error.message).toContain('S3 did not answer in time');
    expect(proxy.seen).toHaveLength(3);
  });

  it('when S3 is busy for good: after a bounded time', async () => {
    const { store, proxy } = await faulty(() => BUSY);
    const error = await refusal(store.put(testImage('a.jpg', A)));
    expect(error.code).toBe('store_unavailable');
    expect(error.message).toContain('S3 asks to slow down');
    expect(proxy.seen.length).toBeGreaterThan(1);
    expect(proxy.seen.length).toBeLessThan(6);
  });

  it('when the caller gives up: at once, and not as if S3 were at fault', async () => {
    const controller = new AbortController();
    const { store } = await faulty(() => {
      controller.abort();
      return HANG;
    });
    const error = await refusal(store.put(testImage('a.jpg', A), controller.signal));
    expect(error.message).toBe('Stopped before S3 could write s3://pictures/images/a.jpg.');
  });

  it('when the caller gives up while S3 is busy: without waiting for the next try', async () => {
    const controller = new AbortController();
    const { proxy } = await faulty(() => ({ ...BUSY, headers: { 'retry-after': '86400' } }));
    const waited: number[] = [];
    const store = openStore('s3://pictures/images', {
      ...moto.s3,
      endpoint: proxy.url,
      onWait: (_reason, delayMs) => {
        waited.push(delayMs);
        controller.abort();
      },
    });
    const startedAt = performance.now();
    const error = await refusal(store.put(testImage('a.jpg', A), controller.signal));
    expect(error.message).toContain('Stopped before');
    expect(waited).toEqual([5000]);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('when an answer trickles for ever: after the total time', async () => {
    const { proxy } = await faulty(() => ({ kind: 'drip', chunk: 1, ms: 100 }));
    const options = { ...moto.s3, endpoint: proxy.url, totalTimeoutMs: 500 };
    const error = await refusal(keys(openStore('s3://pictures/images', options)));
    expect(error.code).toBe('store_unavailable');
    expect(error.message).toContain('S3 did not answer in time');
  });
});

describe('S3 that cannot be used is explained', () => {
  const cases: [string, string, S3Options, string, RegExp, RegExp][] = [
    ['a bucket that does not exist', 's3://no-such-bucket/x', {}, 'store_refused', /bucket does not exist/, /name of the bucket/],
    ['no region', 's3://pictures/x', { region: '' }, 'store_refused', /no AWS region is set/, /AWS_REGION/],
    ['a host nobody knows', 's3://pictures/x', { endpoint: 'http://s3.invalid' }, 'store_unavailable', /host name/, /AWS_ENDPOINT_URL_S3/],
  ]; // prettier-ignore

  it.each(cases)('%s', async (_what, address, options, code, message, hint) => {
    const error = await refusal(keys(openStore(address, { ...moto.s3, ...IMPATIENT, ...options })));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });

  it('a port where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));
    const error = await refusal(keys(openStore('s3://pictures/x', { ...moto.s3, ...IMPATIENT, endpoint })));
    expect(error.code).toBe('store_unavailable');
    expect(error.message).toBe('Cannot list s3://pictures/x/: the connection was refused.');
  });

  it('no credentials', async () => {
    const nobody = Object.assign(new Error('none'), { name: 'CredentialsProviderError' });
    const credentials = async () => await Promise.reject(nobody);
    const error = await refusal(keys(openStore('s3://pictures/x', { ...moto.s3, credentials })));
    expect(error.code).toBe('store_refused');
    expect(error.message).toContain('there are no usable AWS credentials (none)');
    expect(error.hint).toContain('AWS_PROFILE');
  });
});

describe('reading from S3', () => {
  it('distinguishes a missing key from a missing right when HEAD answers 403', async () => {
    const { store } = await faulty((seen) => (isHead(seen) ? { kind: 'answer', status: 403 } : null));
    expect(await store.fingerprint('gone.jpg')).toBeNull();
    await store.put(testImage('a.jpg', A));
    const error = await refusal(store.fingerprint('a.jpg'));
    expect(error.message).toContain('s3:GetObject is missing');
  });

  it('does the same for a document', async () => {
    const { store } = await faulty(({ method, url }) =>
      method === 'GET' && url.includes('index.json?') ? DENIED : null,
    );
    expect(await store.read('index.json')).toBeNull();
    await store.write('index.json', 'one', null);
    expect((await refusal(store.read('index.json'))).message).toContain('s3:GetObject is missing');
  });

  it('names the right to list when that is what is missing', async () => {
    const { store } = await faulty((seen) =>
      isHead(seen) ? { kind: 'answer', status: 403 } : isList(seen) ? DENIED : null,
    );
    expect((await refusal(store.fingerprint('a.jpg'))).message).toContain('s3:ListBucket is missing');
    expect((await refusal(keys(store))).message).toContain('s3:ListBucket is missing');
  });

  it('reads a document again whose body was cut off', async () => {
    const { store, proxy } = await faulty(
      faultsInOrder([{ kind: 'cut-response', bytes: 3 }], ({ method }) => method === 'GET'),
    );
    await store.write('index.json', 'a whole document', null);
    expect((await store.read('index.json'))?.text).toBe('a whole document');
    expect(proxy.seen.filter(({ method }) => method === 'GET')).toHaveLength(2);
  });

  it('lists again when the listing was cut off', async () => {
    const { store } = await faulty(faultsInOrder([{ kind: 'cut-response', bytes: 60 }], isList));
    await store.put(testImage('a.jpg', A));
    expect(await keys(store)).toEqual(['a.jpg']);
  });

  it.each([
    ['another version', 412, 'PreconditionFailed'],
    ['somebody who writes right now', 409, 'ConditionalRequestConflict'],
    ['a version that has been deleted', 404, 'NoSuchKey'],
  ])('yields to %s when it writes a document', async (_what, status, code) => {
    const body = `<Error><Code>${code}</Code></Error>`;
    const { store } = await faulty(() => ({ kind: 'answer', status, body }));
    expect(await store.write('index.json', 'mine', '"old"')).toBe(false);
  });

  it('says what could not be deleted', async () => {
    const body =
      '<DeleteResult><Error><Key>images/a.jpg</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>';
    const { store } = await faulty(() => ({ kind: 'answer', status: 200, body }));
    expect(await store.delete(['a.jpg', 'b.jpg'])).toEqual([{ key: 'a.jpg', reason: 'AccessDenied: no' }]);
  });
});
