import {
  CreateOpenIDConnectProviderCommand,
  GetPolicyVersionCommand,
  ListPolicyVersionsCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud } from '../testing/cloud.ts';
import { handIn } from '../testing/hand.ts';
import { BITBUCKET, deploy } from '../testing/session.ts';
import type { Cloud } from '../testing/cloud.ts';

const PolicyArn = 'arn:aws:iam::123456789012:policy/og-boundary';
const ISSUER = 'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const make = (env: Record<string, string> = {}) =>
  deploy(cloud, ['bootstrap', '--apply'], { ...BITBUCKET, ...env });

test('a provider that is there already gets our audience beside its own', async () => {
  await cloud.reset();
  await handIn(cloud).iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: ISSUER, ClientIDList: ['somebody-else'] }),
  );
  cloud.seen.length = 0;
  // moto does not know this call.
  let body = '';
  cloud.script((call) => {
    if (call.operation !== 'iam:AddClientIDToOpenIDConnectProvider') return null;
    body = call.body;
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<AddClientIDToOpenIDConnectProviderResponse/>',
    };
  });
  expect((await make()).code).toBe(0);
  expect(new URLSearchParams(body).get('ClientID')).toBe(
    'ari:cloud:bitbucket::workspace/11111111-1111-4111-8111-111111111111',
  );
  expect(cloud.changes()).not.toContain('iam:CreateOpenIDConnectProvider');
});

test('repairs a trust and a policy that were changed, and leaves a policy of the owner alone', async () => {
  await cloud.reset();
  await make();
  const { iam } = handIn(cloud);
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' }],
  });
  await iam.send(
    new PutRolePolicyCommand({ RoleName: 'og-deployer', PolicyName: 'og-sync', PolicyDocument }),
  );
  await iam.send(new PutRolePolicyCommand({ RoleName: 'og-caller', PolicyName: 'owners', PolicyDocument }));
  await iam.send(
    new UpdateAssumeRolePolicyCommand({
      RoleName: 'og-pull-request',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
  cloud.seen.length = 0;
  expect((await make()).code).toBe(0);
  expect(cloud.changes()).toEqual(['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy']);
  expect((await make()).err).toContain('nothing to do');
});

test('a boundary that changes more often than IAM keeps versions still changes', async () => {
  const { iam } = handIn(cloud);
  for (let number = 1; number <= 6; number += 1)
    expect((await make({ OG_PREFIX: `images-${number}/` })).err).not.toContain('error');
  const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  expect(Versions.length).toBeLessThanOrEqual(5);
  const VersionId = Versions.find(({ IsDefaultVersion }) => IsDefaultVersion)?.VersionId ?? '';
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toContain('blog-images/images-6/*');
});
