/** Reads what the one-time set-up compares. */
import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { isAbsent, unless } from '../aws/errors.ts';
import { readRepository } from './repository.ts';
import { readRole } from './role.ts';
import type { Aws } from '../aws/client.ts';
import type { CurrentSetUp } from '../plan/account.ts';
import type { SetUp } from '../wanted/set-up.ts';

export async function readSetUp(aws: Aws, wanted: SetUp, accountId: string): Promise<CurrentSetUp> {
  const [bucket, provider, boundary, repositories, roles] = await Promise.all([
    aws.s3
      .send(new HeadBucketCommand({ Bucket: wanted.bucket.name, ExpectedBucketOwner: accountId }))
      .catch(unless(isAbsent)),
    aws.iam
      .send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: wanted.provider.arn }))
      .catch(unless(isAbsent)),
    readPolicy(aws, wanted.boundary.arn),
    Promise.all(wanted.repositories.map(({ name }) => readRepository(aws, name))),
    Promise.all(Object.values(wanted.roles).map(({ name }) => readRole(aws, name))),
  ]);
  return {
    bucket: bucket !== undefined,
    audiences: provider === undefined ? null : (provider.ClientIDList ?? []),
    boundary,
    repositories,
    roles,
  };
}

async function readPolicy(aws: Aws, arn: string): Promise<string | null> {
  const policy = await aws.iam.send(new GetPolicyCommand({ PolicyArn: arn })).catch(unless(isAbsent));
  const VersionId = policy?.Policy?.DefaultVersionId;
  if (VersionId === undefined) return null;
  const version = await aws.iam
    .send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }))
    .catch(unless(isAbsent));
  return version?.PolicyVersion?.Document ?? null;
}
