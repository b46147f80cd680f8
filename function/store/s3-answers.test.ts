import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { digits, testImage } from '../testing/image.ts';
import { refusal } from '../testing/refusal.ts';
import { openStore } from './open.ts';
import type { S3Options } from './s3-client.ts';
import type { Store } from './store.ts';

const A = digits('a');
const QUICK: S3Options = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  requestTimeoutMs: 1000,
  connectionTimeoutMs: 1000,
  maxAttempts: 2,
  busyMs: 700,
};

interface Scripted {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A store at a server that gives this answer to everything. */
async function storeAt(
  answer: Scripted | ((asked: number) => Scripted),
): Promise<{ store: Store; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume();
    const { status, headers = {}, body = '' } = typeof answer === 'function' ? answer(asked) : answer;
    asked += 1;
    response.writeHead(status, headers).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { store: openStore('s3://pictures/images', { ...QUICK, endpoint }), asked: () => asked };
}

async function keys(store: Store): Promise<string[]> {
  const all: string[] = [];
  for await (const { key } of store.list()) all.push(key);
  return all;
}

const VERBS: Record<string, (store: Store) => Promise<unknown>> = {
  put: (store) => store.put(testImage('a.jpg', A)),
  list: keys,
  fingerprint: (store) => store.fingerprint('a.jpg'),
  delete: (store) => store.delete(['a.jpg']),
  read: (store) => store.read('index.json'),
  write: (store) => store.write('index.json', '{}', null),
};
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const PAGE = '<!doctype html><title>Welcome</title><p>Please log in.';
const DATED = { etag: '"1"', 'last-modified': 'Wed, 25 Nov 2026 00:00:00 GMT' };

const FOREIGN: Record<string, Scripted> = {
  HTML: { status: 200, headers: HTML, body: PAGE },
  XHTML: { status: 200, headers: HTML, body: '<?xml version="1.0"?><html><body>Hi</body></html>' },
  nothing: { status: 200 },
  '204': { status: 204 },
  '201': { status: 201 },
  '202 with JSON': { status: 202, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
  JSON: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
  'another XML': {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: '<rss version="2.0"/>',
  },
  '404 with HTML': { status: 404, headers: HTML, body: PAGE },
  '403 with HTML': { status: 403, headers: HTML, body: PAGE },
  '502 with HTML': { status: 502, headers: HTML, body: PAGE },
};

describe.each(Object.entries(FOREIGN))('an endpoint that answers %s', (_name, answer) => {
  const verbs = Object.entries(VERBS).filter(([verb]) => answer.status < 300 || verb !== 'fingerprint');
  it.each(verbs)('is not S3 to %s', async (_verb, work) => {
    const { store } = await storeAt(answer);
    const error = await refusal(work(store));
    expect(error.code).toBe('store_unavailable');
    expect(error.message).toContain(`HTTP ${answer.status}`);
    expect(error.message).toContain('not how S3 answers');
    expect(error.message).toMatch(/http:\/\/127\.0\.0\.1:\d+ answered/);
    expect(error.hint).toContain('AWS_ENDPOINT_URL_S3');
    expect(error.details).toEqual({ everywhere: true });
  });
});

it('shows what came, and not much of it', async () => {
  const { store } = await storeAt({ status: 200, headers: HTML, body: PAGE + 'x'.repeat(100_000) });
  const { message } = await refusal(store.put(testImage('a.jpg', A)));
  expect(message).toContain('text/html, "<!doctype html><title>Welcome</title>');
  expect(message.length).toBeLessThan(400);
});

it('reads no more of a listing than S3 could send', async () => {
  const { store } = await storeAt({ status: 200, body: 'x'.repeat(20 << 20) });
  expect((await refusal(keys(store))).code).toBe('store_unavailable');
});

it('a page with an ETag is no stored image: S3 sends no document for one', async () => {
  const { store } = await storeAt({ status: 200, headers: { ...HTML, ...DATED }, body: PAGE });
  expect((await refusal(store.put(testImage('a.jpg', A)))).code).toBe('store_unavailable');
});

it('an error document under 200 is an error, tried again', async () => {
  const failed = { status: 200, body: '<?xml version="1.0"?>\n<Error><Code>InternalError</Code></Error>' };
  const good = { status: 200, body: '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>' };
  const { store, asked } = await storeAt((at) => (at === 0 ? failed : good));
  expect(await keys(store)).toEqual([]);
  expect(asked()).toBe(2);
});

it('a listing that breaks off is no end of the listing', async () => {
  const { store } = await storeAt({ status: 200, body: '<ListBucketResult><Contents><Key>a' });
  const error = await refusal(keys(store));
  expect(error.code).toBe('store_unavailable');
  expect(error.message).toMatch(/cannot be read \([^\n]+\)\.$/);
});

it.each([
  [
    'a declaration and a namespace',
    '<?xml version="1.0"?>\n<ListBucketResult xmlns="http://s3"></ListBucketResult>',
  ],
  ['a prefix', '<s3:ListBucketResult xmlns:s3="http://s3"></s3:ListBucketResult>'],
  ['a byte order mark', '\uFEFF<ListBucketResult></ListBucketResult>'],
  ['an empty element', '<ListBucketResult/>'],
])('takes a listing with %s', async (_what, body) => {
  const { store } = await storeAt({ status: 200, body });
  expect(await keys(store)).toEqual([]);
});

const document = (code: string, message: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;

describe('an error document of a store is reported in its own words', () => {
  const HEADER = 'A header you provided implies functionality that is not implemented.';
  it.each([
    [501, 'NotImplemented', HEADER, 'store_refused', /WHEN_REQUIRED/],
    [400, 'InvalidArgument', "Unsupported header 'x-amz-sdk-checksum-algorithm' received for this API call.", 'store_refused', /WHEN_REQUIRED/],
    [400, 'InvalidArgument', 'aws-chunked encoding is not supported with the specified x-amz-content-sha256 value', 'store_refused', /WHEN_REQUIRED/],
    [400, 'XAmzContentSHA256Mismatch', 'The Content-SHA256 you specified did not match what we received', 'store_refused', /WHEN_REQUIRED/],
    [403, 'AccessDenied', 'The bucket is frozen for want of payment', 'store_refused', /s3:PutObject/],
    [403, 'QuotaExceeded', 'The quota of this bucket is used up', 'store_refused', /message names/],
    [400, 'InvalidRequest', 'Objects of this class are archived', 'store_refused', /message names/],
    [411, 'MissingContentLength', 'You must provide the Content-Length HTTP header', 'store_refused', /message names/],
    [501, 'NotImplemented', 'PUT is not for you', 'store_refused', /docs\/aws\.md/],
    [507, 'XMinioStorageFull', 'The drive is full', 'store_unavailable', /Run again/],
    [500, 'InternalError', 'We encountered an internal error', 'store_unavailable', /Run again/],
  ])('%i %s: %s', async (status, code, message, expected, hint) => {
    const { store } = await storeAt({ status, headers: { 'content-type': 'application/xml' }, body: document(code, message) });
    const error = await refusal(store.put(testImage('a.jpg', A)));
    expect(error.code).toBe(expected);
    expect(error.message).toContain(message.replace(/\.$/, ''));
    expect(error.hint).toMatch(hint);
  }); // prettier-ignore

  it('a key that is too long for the store is a fault of the key', async () => {
    const body = document('KeyTooLongError', 'Your key is too long');
    const { store } = await storeAt({ status: 400, body });
    const error = await refusal(store.put(testImage('a.jpg', A)));
    expect(error).toMatchObject({ code: 'invalid_key', retryable: false });
  });
});

it('any text for an answer is an answer of S3 or a named error, for each verb', async () => {
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom('<', '<?xml', '<Error', '<ListBucketResult', '<DeleteResult><Error>', '\u0000', PAGE),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(VERBS)),
      fc.constantFrom(200, 204, 304, 400, 403, 404, 409, 412, 500, 503),
      texts,
      async (verb, status, body) => {
        const { store } = await storeAt({ status, body: status === 204 || status === 304 ? '' : body });
        const outcome = await VERBS[verb]?.(store).then(
          () => 'done',
          (error: unknown) => (error as { code?: string }).code,
        );
        expect(['done', 'store_unavailable', 'store_refused']).toContain(outcome);
        if (status === 200 && verb !== 'list' && verb !== 'delete') expect(outcome).not.toBe('done');
      },
    ),
    { numRuns: 60 },
  );
});
