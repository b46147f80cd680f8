import { describe, expect, test } from 'vitest';
import { setUpOf } from './set-up.ts';
import { fill, holdsPolicy, samePolicy, TEMPLATES } from './policies.ts';
import { identityOf } from './provider.ts';
import { wantedOf } from '../testing/fixtures.ts';
import { checkPolicy } from '../testing/policy-checker.ts';
import { BITBUCKET } from '../testing/session.ts';

const ACCOUNT = '123456789012';
const INPUTS = {
  region: 'eu-central-1',
  functionName: 'og',
  repository: 'og-sync',
  bucket: 'blog-images',
  prefix: 'images/',
};
const ENVIRONMENTS: Record<string, Record<string, string>> = {
  bitbucket: BITBUCKET,
  github: {
    GITHUB_REPOSITORY: 'acme/og',
    GITHUB_REPOSITORY_OWNER_ID: '12',
    GITHUB_REPOSITORY_ID: '34',
    BLOG_REPOSITORY: 'acme/blog',
  },
  gitlab: { CI_PROJECT_PATH: 'acme/og', BLOG_PROJECT_PATH: 'acme/blog' },
};
const setUp = (provider: string) =>
  setUpOf(
    INPUTS,
    { id: ACCOUNT, partition: 'aws' },
    identityOf(provider, ENVIRONMENTS[provider] ?? {}, 'own-repository'),
    { prune: true, publicUrl: true },
  );

describe.each(Object.keys(ENVIRONMENTS))(
  'the policies made for %s are as narrow as AWS allows:',
  (provider) => {
    const { roles, boundary, repositories } = setUp(provider);
    test.each(Object.entries(roles))('role %s', (_, { policy, trust }) => {
      expect(checkPolicy(policy, { account: ACCOUNT, kind: 'identity' })).toEqual([]);
      expect(checkPolicy(trust, { account: ACCOUNT, kind: 'trust' })).toEqual([]);
    });
    test('the boundary and the repository', () => {
      expect(checkPolicy(boundary.document, { account: ACCOUNT, kind: 'identity' })).toEqual([]);
      expect(checkPolicy(repositories[0]?.policy, { account: ACCOUNT, kind: 'resource' })).toEqual([]);
    });
  },
);

test('the execution role may write logs and images, and nothing else', () => {
  const { role } = wantedOf();
  expect(checkPolicy(role.policy, { account: ACCOUNT, kind: 'identity' })).toEqual([]);
  const actions = role.policy.Statement.flatMap(({ Action }) => Action);
  expect(actions).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents', 's3:PutObject']);
  expect(JSON.stringify(role.policy)).toContain('"arn:aws:s3:::blog-images/images/*"');
});

test('the pull-request role can push to its own repository and to no other', () => {
  const { policy } = setUp('bitbucket').roles.pullRequest;
  const resources = policy.Statement.map(({ Resource }) => Resource);
  expect(resources).toEqual(['*', `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/og-sync-pr`]);
});

test('a step of a pull request is not trusted by the deployer role, nor the other way round', () => {
  const { deployer, pullRequest } = setUp('bitbucket').roles;
  const uuid = '{99999999-9999-4999-8999-999999999999}';
  const inProduction = `${BITBUCKET.BITBUCKET_REPO_UUID}:${BITBUCKET.BITBUCKET_DEPLOYMENT_ENVIRONMENT_UUID}:${uuid}`;
  const inPullRequest = `${BITBUCKET.BITBUCKET_REPO_UUID}:${uuid}`;
  expect([trusts(deployer.trust, inProduction), trusts(deployer.trust, inPullRequest)]).toEqual([
    true,
    false,
  ]);
  expect([trusts(pullRequest.trust, inProduction), trusts(pullRequest.trust, inPullRequest)]).toEqual([
    false,
    true,
  ]);
  expect(trusts(deployer.trust, inProduction.replace('2222', '5555'))).toBe(false);
});

/** Whether a trust policy takes a subject: IAM's StringLike. */
function trusts(trust: unknown, subject: string): boolean {
  const json = JSON.stringify(trust);
  const patterns = (
    JSON.parse(json) as { Statement: { Condition: { StringLike: Record<string, string[]> } }[] }
  ).Statement.flatMap(({ Condition }) => Object.values(Condition.StringLike).flat());
  return patterns.some((pattern) => {
    const source = pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`).test(subject);
  });
}

test.each([
  [{ Action: 's3:*', Resource: 'arn:aws:s3:::b' }, 'has a wildcard'],
  [{ Action: 'lambda:GetFunction', Resource: '*' }, 'the resource * for lambda:GetFunction'],
  [{ Action: 'iam:PassRole', Resource: `arn:aws:iam::${ACCOUNT}:role/x` }, 'iam:PassRole without'],
  [
    { Action: 'iam:AttachRolePolicy', Resource: `arn:aws:iam::${ACCOUNT}:role/x` },
    'iam:AttachRolePolicy without',
  ],
  [{ Action: 'iam:PutRolePolicy', Resource: `arn:aws:iam::${ACCOUNT}:role/x` }, 'iam:PutRolePolicy without'],
  [{ Action: 'iam:CreateAccessKey', Resource: `arn:aws:iam::${ACCOUNT}:user/x` }, 'grow its rights'],
  [
    { Action: 'lambda:GetFunction', Resource: 'arn:aws:lambda:eu-central-1:*:function:x' },
    'names no account',
  ],
  [
    { Action: 'lambda:GetFunction', Resource: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:*` },
    'everything of its kind',
  ],
  [{ NotAction: 'iam:PassRole', Resource: '*' }, 'NotAction'],
])('the checker refuses %j', (statement, complaint) => {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] };
  expect(checkPolicy(policy, { account: ACCOUNT, kind: 'identity' }).join()).toContain(complaint);
});

test.each([
  [{}, 'no condition on the audience'],
  [{ StringEquals: { 'x:aud': 'a' } }, 'no condition on the subject'],
  [{ StringEquals: { 'x:aud': 'a' }, StringLike: { 'x:sub': 'repo:*' } }, 'any repository'],
  [{ StringEquals: { 'x:aud': 'a' }, StringLike: { 'x:sub': '*' } }, 'any repository'],
])('the checker refuses a trust under the condition %j', (Condition, complaint) => {
  const policy = {
    Statement: [
      { Effect: 'Allow', Principal: { Federated: 'x' }, Action: 'sts:AssumeRoleWithWebIdentity', Condition },
    ],
  };
  expect(checkPolicy(policy, { account: ACCOUNT, kind: 'trust' }).join()).toContain(complaint);
});

test('refuses a placeholder without a value, and a value that would widen the policy', () => {
  expect(() => fill({ Resource: '${NAME}' }, {})).toThrow(/\$\{NAME\}/);
  expect(() =>
    fill(TEMPLATES.execution, { LOG_GROUP_ARN: 'x', BUCKET_ARN: 'arn:aws:s3:::*', PREFIX: '', ACCOUNT }),
  ).toThrow(/cannot stand for/);
});

test('two policies are the same whatever the order of their lists and however IAM encodes them', () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: 'x' }],
  };
  const stored = encodeURIComponent(
    JSON.stringify({ Statement: { Resource: ['x'], Action: ['a:C', 'a:B'], Effect: 'Allow' } }),
  );
  expect(samePolicy(stored, policy)).toBe(true);
  expect(
    samePolicy(JSON.stringify({ ...policy, Statement: [...policy.Statement, ...policy.Statement] }), policy),
  ).toBe(false);
  expect(samePolicy('not JSON', policy)).toBe(false);
  expect(
    holdsPolicy(
      JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 'z:Z' }, ...policy.Statement] }),
      policy,
    ),
  ).toBe(true);
});
