import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { pythonWithMoto } from '../../function/testing/python.ts';
import { bearer, iam, regionOf, unsigned } from './signer.ts';
import type { Unsigned } from '../../deploy/aws/sign.ts';
import type { SigningIdentity } from './signer.ts';

const run = promisify(execFile);
const NOW = Date.parse('2026-11-23T10:20:30Z');

/** Signs the same request with botocore, at the same moment, and prints the Authorization header. */
const BOTOCORE = `
import datetime, json, sys
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
ask = json.loads(sys.argv[1])
botocore.auth.get_current_datetime = lambda *_, **__: datetime.datetime(2026, 11, 23, 10, 20, 30)
request = AWSRequest(method=ask['method'], url=ask['url'], headers=ask['headers'], data=ask['body'].encode() or None)
credentials = Credentials(ask['keys']['accessKeyId'], ask['keys']['secretAccessKey'], ask['keys'].get('sessionToken'))
botocore.auth.SigV4Auth(credentials, 'lambda', 'eu-central-1').add_auth(request)
print(request.headers['Authorization'])
`;

const KEYS: SigningIdentity = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

async function botocore(
  request: Unsigned,
  signed: Record<string, string>,
  keys: SigningIdentity,
): Promise<string> {
  const {
    authorization: _authorization,
    'x-amz-date': _date,
    'x-amz-security-token': _token,
    ...headers
  } = signed;
  const { method, url, body } = request;
  const ask = { method, url: url.href, body, headers, keys };
  const { stdout } = await run(await pythonWithMoto(), ['-c', BOTOCORE, JSON.stringify(ask)]);
  return stdout.trim();
}

const HOST = 'https://abc123.lambda-url.eu-central-1.on.aws';
const requests: [string, Unsigned['method'], string, string][] = [
  ['GET of the root', 'GET', `${HOST}/`, ''],
  ['POST with a body', 'POST', `${HOST}/`, JSON.stringify({ posts: [{ slug: 'a', title: 'Grüße, 日本' }] })],
  [
    'GET with a path and a query',
    'GET',
    `${HOST}/image/a%20b/%C3%BC?title=Hi%20there%26more&b=2&a=%2F&b=1&empty=`,
    '',
  ],
  ['GET of a path with characters that are encoded twice', 'GET', `${HOST}/a+b/c%2Fd/~e`, ''],
];

describe.each([
  ['keys', KEYS],
  ['keys with a session token', { ...KEYS, sessionToken: 'AQoDYXdzEPT//////////wEXAMPLE+token=' }],
])('%s', (_name, keys) => {
  test.each(requests)('signs as botocore does: %s', async (_what, method, url, body) => {
    const signer = iam({
      credentials: async () => keys,
      region: async () => 'eu-central-1',
      clock: () => NOW,
    });
    const request: Unsigned = {
      method,
      url: new URL(url),
      body,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
    };
    const signed = await signer.sign(request);
    expect(signed['x-amz-date']).toBe('20261123T102030Z');
    expect(signed['x-amz-security-token']).toBe(keys.sessionToken);
    expect(signed['authorization']).toBe(await botocore(request, signed, keys));
  });
});

test('after a refusal for age, credentials are asked for anew, once', async () => {
  const asked: unknown[] = [];
  const signer = iam({
    credentials: async (options) => {
      asked.push(options?.forceRefresh);
      return KEYS;
    },
    region: async () => 'eu-central-1',
    clock: () => NOW,
  });
  const request: Unsigned = { method: 'GET', url: new URL(HOST), headers: {}, body: '' };
  await signer.sign(request);
  expect(signer.renew()).toBe(true);
  await signer.sign(request);
  await signer.sign(request);
  expect(asked).toEqual([false, true, false]);
});

test('credentials that cannot be had are an error of their own, and say why', async () => {
  const signer = iam({
    credentials: () => Promise.reject(new Error('the token has run out')),
    region: async () => 'eu-central-1',
    clock: () => NOW,
  });
  const signing = signer.sign({ method: 'GET', url: new URL(HOST), headers: {}, body: '' });
  await expect(signing).rejects.toMatchObject({ code: 'credentials', exitCode: 3 });
  await expect(signing).rejects.toThrow('the token has run out');
});

test('a token travels as a bearer token, and nothing travels when nothing is asked for', async () => {
  const request: Unsigned = { method: 'GET', url: new URL(HOST), headers: { accept: 'a' }, body: '' };
  expect(await bearer('s3cret').sign(request)).toEqual({ accept: 'a', authorization: 'Bearer s3cret' });
  expect(await unsigned.sign(request)).toEqual({ accept: 'a' });
  expect(bearer('s3cret').renew()).toBe(false);
});

test('the region is read from the host of a Function URL, and only from there', () => {
  expect(regionOf(new URL(HOST))).toBe('eu-central-1');
  expect(regionOf(new URL('https://og.example.com/'))).toBeNull();
  expect(regionOf(new URL('https://x.lambda-url.eu-west-1.on.aws.example.com/'))).toBeNull();
});
