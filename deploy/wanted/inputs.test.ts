import { describe, expect, test } from 'vitest';
import { readInputs } from './inputs.ts';
import { identityOf } from './provider.ts';
import { ENV } from '../testing/session.ts';

const WHOLE = { ...ENV, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/og-deployer' };
const read = (env: Record<string, string>) => readInputs({ ...WHOLE, ...env }, null);

test('names everything that is missing at once', () => {
  expect(() => readInputs({ GITLAB_OIDC_TOKEN: 't' }, null)).toThrow(
    'Missing: AWS_REGION, AWS_ROLE_ARN, ECR_REPO, FUNCTION_NAME, OG_BUCKET, BITBUCKET_COMMIT (or GITHUB_SHA, CI_COMMIT_SHA, or a git checkout).',
  );
});

test('names everything that is wrong at once, with what was found and what is allowed', () => {
  const env = {
    OG_MEMORY: '2 GB',
    OG_URL_AUTH: 'open',
    FUNCTION_NAME: 'og sync',
    OG_LOG_RETENTION: '2',
    OG_PREFIX: 'a/../b',
    OG_BUCKET: 's3://x',
  };
  expect(() => read(env)).toThrow(
    expect.objectContaining({
      code: 'inputs',
      message: expect.stringMatching(
        /OG_URL_AUTH is "open"[^]*FUNCTION_NAME is "og sync"[^]*OG_BUCKET is "s3:\/\/x"[^]*OG_PREFIX is "a\/\.\.\/b"[^]*OG_MEMORY is "2 GB"[^]*OG_LOG_RETENTION is "2"/,
      ) as unknown,
    }),
  );
});

test('has the defaults that keep Chromium well', () => {
  expect(read({})).toMatchObject({
    memory: 2048,
    timeout: 60,
    storage: 1024,
    architecture: 'x86_64',
    auth: 'AWS_IAM',
    prefix: 'images/',
    retention: 30,
    concurrency: null,
    tag: 'c0ffee1',
    notes: [],
  });
});

test('takes the commit of any CI system, and that of git where there is none', () => {
  const { BITBUCKET_COMMIT: _, ...rest } = WHOLE;
  expect(readInputs({ ...rest, GITHUB_SHA: 'abc' }, null).tag).toBe('abc');
  expect(readInputs({ ...rest, CI_COMMIT_SHA: 'def' }, null).tag).toBe('def');
  expect(readInputs(rest, 'from-git').tag).toBe('from-git');
});

test('what the AWS SDK finds takes the place of the role on a person’s own machine, and not in a pipeline', () => {
  const { AWS_ROLE_ARN: _, ...rest } = WHOLE;
  expect(readInputs({ ...rest, AWS_PROFILE: 'me' }, null).region).toBe('eu-central-1');
  expect(readInputs(rest, null).region).toBe('eu-central-1');
  expect(() => readInputs({ ...rest, AWS_PROFILE: 'me', BITBUCKET_STEP_OIDC_TOKEN: 't' }, null)).toThrow(
    'Missing: AWS_ROLE_ARN.',
  );
});

describe('a public URL', () => {
  test('needs a token that cannot be guessed', () => {
    expect(() => read({ OG_URL_AUTH: 'NONE' })).toThrow(/OG_TOKEN is not set/);
    expect(() => read({ OG_URL_AUTH: 'NONE', OG_TOKEN: 'short' })).toThrow(/fewer than 16/);
  });
  test('needs none when the owner says public in so many words', () => {
    const { token, notes } = read({ OG_URL_AUTH: 'NONE', OG_TOKEN: 'public' });
    expect(token).toBeNull();
    expect(notes.join()).toContain('anybody who knows the URL');
  });
});

test.each([
  [{ BITBUCKET_PR_ID: '12' }, '12'],
  [{ CI_MERGE_REQUEST_IID: '7' }, '7'],
  [{ GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/3/merge' }, '3'],
  [{ GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main' }, null],
])('knows a pull request by %j', (env, id) => {
  expect(readInputs({ ...WHOLE, ...env }, null).pullRequest).toBe(id);
});

test('an empty prefix is the whole bucket, and a slash more or less makes no difference', () => {
  expect([
    read({ OG_PREFIX: '' }).prefix,
    read({ OG_PREFIX: '/og/' }).prefix,
    read({ OG_PREFIX: 'a/b' }).prefix,
  ]).toEqual(['', 'og/', 'a/b/']);
});

describe('bootstrap', () => {
  test('names every variable that is missing or wrong, and what it must be', () => {
    expect(() => identityOf('bitbucket', { BITBUCKET_WORKSPACE: 'acme', BITBUCKET_REPO_UUID: 'og' })).toThrow(
      /BITBUCKET_WORKSPACE_UUID is not set; it must be the UUID of the workspace[^]*BITBUCKET_REPO_UUID is "og"[^]*BITBUCKET_DEPLOYMENT_ENVIRONMENT_UUID/,
    );
    expect(() => identityOf('jenkins', {})).toThrow(/--provider is "jenkins"/);
  });
  test('trusts both forms of a GitHub subject when the ids are known', () => {
    const { deployer } = identityOf('github', {
      GITHUB_REPOSITORY: 'acme/og',
      GITHUB_REPOSITORY_OWNER_ID: '12',
      GITHUB_REPOSITORY_ID: '34',
      BLOG_REPOSITORY: 'acme/blog',
    });
    expect(deployer).toEqual([
      'repo:acme/og:environment:production',
      'repo:acme@12/og@34:environment:production',
    ]);
  });
});
