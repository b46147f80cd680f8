import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { credentialsError, regionTrouble } from './credentials-errors.ts';
import type { Env } from './oidc.ts';

const NONE = 'Could not load credentials from any providers';
let files: Env;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'og-aws-'));
  files = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  };
  await writeFile(join(folder, 'config'), '[default]\nregion = x\n[profile  work]\n[sso-session s]\n');
  await writeFile(join(folder, 'credentials'), '[keys]\naws_access_key_id = a\n');
});

test.each<[Env, string, string, string]>([
  [{}, NONE, 'There are no AWS credentials: no keys in the environment', 'AWS_PROFILE'],
  [{ AWS_PROFILE: 'nope' }, NONE, 'There is no AWS profile "nope"', 'aws configure --profile nope'],
  [{ AWS_PROFILE: 'sso-session s' }, NONE, 'gives no credentials', 'aws sso login'],
  [
    { AWS_PROFILE: 'work' },
    NONE,
    'The AWS profile "work" gives no credentials',
    'aws sso login --profile work',
  ],
  [
    { AWS_PROFILE: 'keys' },
    NONE,
    'The AWS profile "keys" gives no credentials',
    'correct what the profile refers to',
  ],
  [
    { AWS_PROFILE: 'work' },
    'The SSO session token associated with profile=work was not found or is invalid.',
    'single sign-on session has ended',
    'Run "aws sso login --profile work"',
  ],
  [{ AWS_ACCESS_KEY_ID: 'a' }, NONE, 'AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY', 'Set both'],
  [
    { AWS_SECRET_ACCESS_KEY: 'a' },
    NONE,
    'AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID',
    'Set both',
  ],
  [{ CI: 'true' }, NONE, 'this step has no identity token', 'oidc: true'],
  [{ AWS_ROLE_ARN: 'arn' }, NONE, 'this step has no identity token', 'id-token: write'],
])('%j and "%s"', async (env, text, message, hint) => {
  const error = await credentialsError(new Error(text), { ...files, ...env });
  expect([error.code, error.exitCode]).toEqual(['credentials', 3]);
  expect(error.message).toContain(message);
  expect(error.hint).toContain(hint);
});

test('an empty region is distinguished from a missing one, and a default region is enough', () => {
  expect(regionTrouble({ AWS_REGION: '' })?.message).toBe('AWS_REGION is empty.');
  expect(regionTrouble({})?.message).toBe('No AWS region is set.');
  expect(regionTrouble({ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-central-1' })).toBeNull();
});
