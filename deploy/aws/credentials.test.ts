import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { credentialsFromEnvironment } from './credentials.ts';
import { claimsOf } from './oidc.ts';

const ROLE = 'arn:aws:iam::123456789012:role/og-deployer';
const TOKEN = `e30.${Buffer.from(JSON.stringify({ iss: 'https://i', aud: ['a', 'b'], sub: '{r}:{e}:{s}', exp: 1 })).toString('base64url')}.SIGNATURE-MARKER`;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A small HTTP server that keeps the bodies it got; `answer` says what it sends back. */
async function serve(answer: (body: string, call: number) => { status: number; body: string }) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      const { status, body: text } = answer(body, bodies.length);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, bodies };
}

function assumed(key: string, expires: string): { status: number; body: string } {
  return {
    status: 200,
    body: `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expires}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
  };
}

test('hands the Bitbucket token to STS and names the session after the build', async () => {
  const sts = await serve(() => assumed('K1', '2030-01-01T00:00:00Z'));
  const provider = credentialsFromEnvironment(
    {
      AWS_ROLE_ARN: ROLE,
      BITBUCKET_STEP_OIDC_TOKEN: TOKEN,
      BITBUCKET_BUILD_NUMBER: '7/8',
      AWS_ENDPOINT_URL: sts.url,
    },
    () => Date.parse('2029-12-31T23:00:00Z'),
  );
  expect(await provider()).toMatchObject({ accessKeyId: 'K1', sessionToken: 't' });
  const sent = new URLSearchParams(sts.bodies[0]);
  expect(sent.get('WebIdentityToken')).toBe(TOKEN);
  expect(sent.get('RoleSessionName')).toBe('og-sync-bitbucket-7-8');
});

test('renews credentials before they expire, once for all who wait', async () => {
  let now = Date.parse('2030-01-01T00:00:00Z');
  const sts = await serve((_, call) => assumed(`K${call}`, `2030-01-0${call}T01:00:00Z`));
  const provider = credentialsFromEnvironment(
    { AWS_ROLE_ARN: ROLE, BITBUCKET_STEP_OIDC_TOKEN: TOKEN, AWS_ENDPOINT_URL: sts.url },
    () => now,
  );
  await Promise.all([provider(), provider()]);
  expect((await provider()).accessKeyId).toBe('K1');
  now = Date.parse('2030-01-01T00:56:00Z');
  expect((await provider()).accessKeyId).toBe('K2');
  expect((await provider({ forceRefresh: true })).accessKeyId).toBe('K3');
  expect(sts.bodies).toHaveLength(3);
});

test('keeps credentials that still live when a renewal fails', async () => {
  let now = Date.parse('2030-01-01T00:00:00Z');
  const sts = await serve((_, call) =>
    call === 1 ? assumed('K1', '2030-01-01T01:00:00Z') : { status: 403, body: '<no/>' },
  );
  const provider = credentialsFromEnvironment(
    { AWS_ROLE_ARN: ROLE, GITLAB_OIDC_TOKEN: TOKEN, AWS_ENDPOINT_URL: sts.url },
    () => now,
  );
  await provider();
  now = Date.parse('2030-01-01T00:58:00Z');
  expect((await provider()).accessKeyId).toBe('K1');
  now = Date.parse('2030-01-01T01:00:01Z');
  await expect(provider()).rejects.toMatchObject({ code: 'credentials' });
});

test('never repeats the token in an error, even when STS does', async () => {
  const sts = await serve(() => ({
    status: 400,
    body: `<ErrorResponse><Error><Code>InvalidIdentityToken</Code><Message>bad token ${TOKEN}</Message></Error></ErrorResponse>`,
  }));
  const provider = credentialsFromEnvironment({
    AWS_ROLE_ARN: ROLE,
    BITBUCKET_STEP_OIDC_TOKEN: TOKEN,
    AWS_ENDPOINT_URL: sts.url,
  });
  const error: unknown = await provider().catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('it should have been refused');
  expect(error.message).toContain('InvalidIdentityToken');
  expect(error.message).toContain(ROLE);
  expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain('MARKER');
});

test('asks GitHub for a new token each time it assumes the role', async () => {
  const github = await serve((_, call) => ({
    status: 200,
    body: JSON.stringify({ value: `token-${call}` }),
  }));
  const sts = await serve(() => assumed('K', '2030-01-01T01:00:00Z'));
  const provider = credentialsFromEnvironment({
    AWS_ROLE_ARN: ROLE,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/?x=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer',
    AWS_ENDPOINT_URL: sts.url,
  });
  await provider();
  await provider({ forceRefresh: true });
  expect(sts.bodies.map((body) => new URLSearchParams(body).get('WebIdentityToken'))).toEqual([
    'token-1',
    'token-2',
  ]);
});

test('says what to do when GitHub gives no token', async () => {
  const github = await serve(() => ({ status: 403, body: 'no' }));
  const provider = credentialsFromEnvironment({
    AWS_ROLE_ARN: ROLE,
    ACTIONS_ID_TOKEN_REQUEST_URL: github.url,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer',
  });
  await expect(provider()).rejects.toMatchObject({
    code: 'credentials',
    hint: expect.stringContaining('id-token: write') as unknown,
  });
});

test('takes keys from the environment when there is no pipeline identity', async () => {
  const env = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'B', AWS_ROLE_ARN: ROLE };
  expect(await credentialsFromEnvironment(env)()).toEqual({ accessKeyId: 'A', secretAccessKey: 'B' });
});

test('shows issuer, audience, subject and expiry of a token and nothing of its signature', () => {
  const claims = claimsOf(TOKEN);
  expect(claims).toEqual({
    issuer: 'https://i',
    audience: 'a, b',
    subject: '{r}:{e}:{s}',
    expires: '1970-01-01T00:00:01.000Z',
  });
  expect(() => claimsOf('not a token')).toThrow(/not a JSON Web Token/);
});
