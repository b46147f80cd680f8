import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Access } from './auth.ts';
import { ERRORS, descriptionSchema, failureSchema, responseSchema } from '../contract.ts';
import { parseEvent, toUrlResult } from './event.ts';
import { answer } from './http.ts';
import { createHandler } from '../lambda/invocation.ts';
import { createLog, encodeLine } from '../log.ts';
import { fakeRenderer, fakeTemplates, memoryStore } from '../testing/fakes.ts';

function setUp(access: Access = { auth: 'none' }) {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    'info',
    () => new Date(0),
  );
  const app = createApp({
    renderer: fakeRenderer(),
    store: memoryStore(),
    templates: fakeTemplates(),
    log,
  });
  const handler = createHandler({ app: Promise.resolve(app), access, log });
  const context = { awsRequestId: 'r-1', functionName: 'og', getRemainingTimeInMillis: () => 30_000 };
  return { app, lines, access, call: (event: unknown) => handler(event, context) };
}

/** A Function URL event as AWS documents it, payload version 2.0. */
function urlEvent(options: {
  method?: string;
  path?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  iam?: boolean;
}) {
  const { method = 'POST', path = '/', query = '', headers = {}, body, iam } = options;
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: query,
    headers: { 'content-type': 'application/json', ...headers },
    requestContext: {
      http: { method, path },
      ...(iam === true && { authorizer: { iam: { accountId: '123456789012' } } }),
    },
    ...(body !== undefined && {
      body: Buffer.isBuffer(body) ? body.toString('base64') : body,
      isBase64Encoded: Buffer.isBuffer(body),
    }),
  };
}

const BODY = JSON.stringify({ posts: [{ slug: 'a', title: 'Hello' }] });
const status = (result: unknown) => (result as { statusCode: number }).statusCode;
const bodyOf = (result: unknown) => JSON.parse((result as { body: string }).body) as unknown;

describe('a Function URL', () => {
  it.each([BODY, Buffer.from(BODY)])('renders a plain and a base64 body', async (body) => {
    const result = await setUp().call(urlEvent({ body }));
    expect(status(result)).toBe(200);
    expect(responseSchema.parse(bodyOf(result)).results).toMatchObject([{ slug: 'a', status: 'stored' }]);
  });

  it('takes what curl sends when told nothing about types', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(status(await setUp().call(urlEvent({ body: BODY, headers })))).toBe(200);
  });

  it('describes itself', async () => {
    const result = await setUp().call(urlEvent({ method: 'GET' }));
    expect(descriptionSchema.parse(bodyOf(result)).name).toBe('og-sync');
  });

  it('answers a picture, in base64 as Lambda wants bytes', async () => {
    const result = await setUp().call(
      urlEvent({ method: 'GET', path: '/image', query: 'title=Hi&tags=a,b' }),
    );
    expect(result).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'image/jpeg' },
      isBase64Encoded: true,
    });
    const bytes = Buffer.from((result as { body: string }).body, 'base64');
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  });

  it.each([
    ['not_found', { path: '/nope', method: 'GET' }],
    ['not_found', { path: '/__proto__', method: 'GET' }],
    ['method_not_allowed', { method: 'DELETE' }],
    ['method_not_allowed', { method: 'CONSTRUCTOR', path: '/' }],
    ['invalid_json', { body: '{"posts":' }],
    ['invalid_json', {}],
    ['bad_request', { body: '{}' }],
    ['bad_request', { method: 'GET', path: '/image', query: 'title=' }],
    ['unknown_template', { method: 'GET', path: '/image', query: 'title=a&template=zzz' }],
    ['unsupported_media_type', { body: BODY, headers: { 'content-type': 'text/plain' } }],
    ['too_large', { body: ' '.repeat(5_500_001) }],
  ] as const)('answers %s by its own status and body', async (code, event) => {
    const result = await setUp().call(urlEvent(event));
    expect(failureSchema.parse(bodyOf(result)).error.code).toBe(code);
    expect(status(result)).toBe(ERRORS[code].status);
  });

  it('names the allowed methods in a header', async () => {
    const result = await setUp().call(urlEvent({ method: 'PUT' }));
    expect(result).toMatchObject({ headers: { allow: 'GET, POST' } });
  });
});

describe('access', () => {
  const token = { auth: 'token', token: 'correct-horse-battery' } as const;

  it.each([
    [undefined, 401],
    ['Bearer wrong', 401],
    ['Basic correct-horse-battery', 401],
    ['Bearer correct-horse-battery', 200],
    ['bearer  correct-horse-battery', 200],
  ])('by token: %s gives %i', async (authorization, expected) => {
    const headers: Record<string, string> =
      authorization === undefined ? {} : { Authorization: authorization };
    expect(status(await setUp(token).call(urlEvent({ body: BODY, headers })))).toBe(expected);
  });

  it('by IAM: a request that AWS has not checked is refused, whatever the URL lets through', async () => {
    const { call } = setUp({ auth: 'iam' });
    expect(status(await call(urlEvent({ body: BODY })))).toBe(403);
    expect(status(await call(urlEvent({ body: BODY, iam: true })))).toBe(200);
  });

  it('never logs the token', async () => {
    const { call, lines } = setUp(token);
    await call(urlEvent({ body: BODY, headers: { authorization: 'Bearer correct-horse-batterY' } }));
    expect(lines.join('')).not.toContain('correct-horse');
  });
});

describe('a direct Invoke', () => {
  it('takes the body and answers the response as they are', async () => {
    const result = await setUp({ auth: 'iam' }).call(JSON.parse(BODY));
    expect(responseSchema.parse(result).results).toHaveLength(1);
  });

  it('answers an error of the contract for anything else', async () => {
    expect(failureSchema.parse(await setUp().call({ hello: 1 })).error.code).toBe('bad_request');
  });
});

describe('the log', () => {
  it('has one line a request with its metrics, and one a failed post', async () => {
    const { call, lines } = setUp();
    await call({ posts: [{ slug: 'a', title: 'A' }, { slug: 'b' }] });
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.map(({ event }) => event)).toEqual(['post_failed', 'request']);
    expect(records[1]).toMatchObject({
      requestId: 'r-1',
      status: 200,
      Images: 1,
      Failures: 1,
      ColdStart: 1,
      RenderMs: [1],
      _aws: { CloudWatchMetrics: [{ Namespace: 'og-sync' }] },
    });
    await call({ posts: [{ slug: 'a', title: 'A' }] });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ ColdStart: 0 });
  });

  it('cannot be broken or disguised by what a title holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const line = encodeLine({ title });
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(line)).toEqual({ title });
      }),
    );
  });
});

describe('whatever comes in', () => {
  it('an answer of the contract goes out', async () => {
    const { call } = setUp();
    const almost = fc.record(
      {
        rawPath: fc.oneof(fc.constant('/'), fc.constant('/image'), fc.string()),
        rawQueryString: fc.string(),
        headers: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.anything()),
        body: fc.oneof(fc.string(), fc.json(), fc.anything()),
        isBase64Encoded: fc.anything(),
        requestContext: fc.record({
          http: fc.record({ method: fc.constantFrom('GET', 'POST', 'PUT', '', 'x') }),
        }),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(almost, fc.anything()), async (event) => {
        const result = await call(event);
        const { statusCode } = result as { statusCode?: number };
        if (statusCode === 200) return;
        const body = statusCode === undefined ? result : bodyOf(result);
        expect(failureSchema.or(responseSchema).safeParse(body).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('bytes of a body round-trip through an event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        const invocation = parseEvent(urlEvent({ body: Buffer.from(bytes) }));
        if (invocation.kind !== 'http') throw new Error('a URL event was taken for an Invoke');
        expect(Buffer.from(invocation.request.body)).toEqual(Buffer.from(bytes));
        const { app } = setUp();
        const result = toUrlResult(await answer(app, { auth: 'none' }, invocation.request));
        expect(result.statusCode).toBe(400);
      }),
    );
  });
});
