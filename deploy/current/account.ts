/** Reads what the one-time set-up compares. */
import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { readRepository } from './repository.ts';
import { readRole } from './role.ts';
import type { Aws } from '../aws/client.ts';
import type { SetUp } from '../wanted/set-up.ts';
import type { CurrentSetUp } from '../plan/account.ts';

export async function readSetUp(aws: Aws, wanted: SetUp, accountId: string): Promise<CurrentSetUp> {
  const { deployer, pullRequest, caller } = wanted.roles;
  const [bucket, provider, boundary, repositories, roles] = await Promise.all([
    aws.find('s3:ListBucket', wanted.bucket.arn, (sending) =>
      aws.s3.send(
        new HeadBucketCommand({ Bucket: wanted.bucket.name, ExpectedBucketOwner: accountId }),
        sending,
      ),
    ),
    aws.find('iam:GetOpenIDConnectProvider', wanted.provider.arn, (sending) =>
      aws.iam.send(
        new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: wanted.provider.arn }),
        sending,
      ),
    ),
    readPolicy(aws, wanted.boundary.arn),
    Promise.all(wanted.repositories.map(({ name, arn }) => readRepository(aws, name, arn))),
    Promise.all([deployer, pullRequest, caller].map(({ name, arn }) => readRole(aws, name, arn))),
  ]);
  return {
    bucket: bucket !== undefined,
    audiences: provider === undefined ? null : (provider.ClientIDList ?? []),
    boundary,
    repositories,
    roles: { deployer: roles[0] ?? null, pullRequest: roles[1] ?? null, caller: roles[2] ?? null },
  };
}

async function readPolicy(aws: Aws, arn: string): Promise<string | null> {
  const policy = await aws.find('iam:GetPolicy', arn, (sending) =>
    aws.iam.send(new GetPolicyCommand({ PolicyArn: arn }), sending),
  );
  const VersionId = policy?.Policy?.DefaultVersionId;
  if (VersionId === undefined) return null;
  const version = await aws.find('iam:GetPolicyVersion', arn, (sending) =>
    aws.iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }), sending),
  );
  return version?.PolicyVersion?.Document ?? null;
}
