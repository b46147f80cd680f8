import { DeleteLogGroupCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRepositoryPolicyCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr';
import {
  AttachRolePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud } from '../testing/cloud.ts';
import { drifted, released } from '../testing/drift.ts';
import { planned } from '../testing/session.ts';
import type { Cloud } from '../testing/cloud.ts';
import type { Drift } from '../testing/drift.ts';

const RoleName = 'og-exec';
const repositoryName = 'og-sync';
const logGroupName = '/aws/lambda/og';
const MANAGED = 'arn:aws:iam::123456789012:policy/og-boundary';
const ANYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' }],
});
const OTHER_TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

const IAM_DRIFTS: Drift[] = [
  {
    name: 'the policy of the execution role is gone',
    make: ({ iam }) => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'og-sync' })),
    steps: ['role.policy:og-exec'],
    calls: ['iam:PutRolePolicy'],
  },
  {
    name: 'the policy of the execution role is another',
    make: ({ iam }) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'og-sync', PolicyDocument: ANYTHING })),
    steps: ['role.policy:og-exec'],
    calls: ['iam:PutRolePolicy'],
  },
  {
    name: 'the execution role has a second policy',
    make: ({ iam }) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'more', PolicyDocument: ANYTHING })),
    steps: ['role.policy.delete:og-exec:more'],
    calls: ['iam:DeleteRolePolicy'],
  },
  {
    name: 'a managed policy is attached to the execution role',
    make: ({ iam }) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: MANAGED })),
    steps: [`role.detach:og-exec:${MANAGED}`],
    calls: ['iam:DetachRolePolicy'],
  },
  {
    name: 'the execution role trusts another service',
    make: ({ iam }) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: OTHER_TRUST })),
    steps: ['role.trust:og-exec'],
    calls: ['iam:UpdateAssumeRolePolicy'],
  },
  {
    name: 'the permissions boundary is gone',
    make: ({ iam }) => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    steps: ['role.boundary:og-exec'],
    calls: ['iam:PutRolePermissionsBoundary'],
  },
];

const AROUND_DRIFTS: Drift[] = [
  {
    name: 'logs are kept for a year',
    make: ({ logs }) => logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 365 })),
    steps: ['logs.retention'],
    calls: ['logs:PutRetentionPolicy'],
  },
  {
    name: 'the log group is gone',
    make: ({ logs }) => logs.send(new DeleteLogGroupCommand({ logGroupName })),
    steps: ['logs.create'],
    calls: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
  },
  {
    name: 'Lambda may not pull the image',
    make: ({ ecr }) => ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName })),
    steps: ['repository.policy:og-sync'],
    calls: ['ecr:SetRepositoryPolicy'],
  },
  {
    name: 'the lifecycle policy would expire images in use',
    make: ({ ecr }) =>
      ecr.send(
        new PutLifecyclePolicyCommand({
          repositoryName,
          lifecyclePolicyText: JSON.stringify({
            rules: [
              {
                rulePriority: 1,
                selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 },
                action: { type: 'expire' },
              },
            ],
          }),
        }),
      ),
    steps: ['repository.lifecycle:og-sync'],
    calls: ['ecr:PutLifecyclePolicy'],
  },
  {
    name: 'images are not scanned',
    make: ({ ecr }) =>
      ecr.send(
        new PutImageScanningConfigurationCommand({
          repositoryName,
          imageScanningConfiguration: { scanOnPush: false },
        }),
      ),
    steps: ['repository.scan:og-sync'],
    calls: ['ecr:PutImageScanningConfiguration'],
  },
  {
    name: 'tags can be moved',
    make: ({ ecr }) =>
      ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'MUTABLE' })),
    steps: ['repository.tags:og-sync'],
    calls: ['ecr:PutImageTagMutability'],
  },
];

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
  await released(cloud);
});
afterAll(() => cloud.stop());

describe('a release repairs, and touches nothing else, when', () => {
  test.each([...IAM_DRIFTS, ...AROUND_DRIFTS])('$name', async (drift) => {
    expect(await drifted(cloud, drift)).toEqual({ steps: drift.steps, calls: drift.calls });
  });

  test('all of that happened, and nothing is left to do', async () => {
    expect(await planned(cloud)).toEqual([]);
  });
});
