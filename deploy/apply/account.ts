/** Carries out the steps that set an account up: bucket, identity provider, managed policy. */
import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import { alreadyExists, unless } from '../aws/errors.ts';
import type { Aws } from '../aws/client.ts';
import type { Executors } from './context.ts';

/** IAM keeps this many versions of a managed policy and refuses the next. */
const MOST_VERSIONS = 5;

const isOurs = (error: unknown): boolean =>
  error instanceof Error && error.name === 'BucketAlreadyOwnedByYou';

export const bucketExecutors: Executors<'bucket'> = {
  'bucket.create': ({ aws }, { bucket, region }) =>
    aws.s3
      .send(
        new CreateBucketCommand({
          Bucket: bucket,
          // us-east-1 is the one region that must not be named.
          ...(region === 'us-east-1'
            ? {}
            : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } }),
        }),
      )
      .catch(unless(isOurs)),
};

export const providerExecutors: Executors<'provider'> = {
  'provider.create': ({ aws }, { provider }) =>
    aws.iam
      .send(new CreateOpenIDConnectProviderCommand({ Url: provider.url, ClientIDList: [provider.audience] }))
      .catch(unless(alreadyExists)),
  'provider.audience': ({ aws }, { provider }) =>
    aws.iam.send(
      new AddClientIDToOpenIDConnectProviderCommand({
        OpenIDConnectProviderArn: provider.arn,
        ClientID: provider.audience,
      }),
    ),
};

export const policyExecutors: Executors<'policy'> = {
  'policy.create': ({ aws }, { policy }) =>
    aws.iam
      .send(
        new CreatePolicyCommand({
          PolicyName: policy.name,
          Description: policy.description,
          PolicyDocument: JSON.stringify(policy.document),
        }),
      )
      .catch(unless(alreadyExists)),
  'policy.version': async ({ aws }, { policy }) => {
    await makeRoom(aws, policy.arn);
    await aws.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: policy.arn,
        PolicyDocument: JSON.stringify(policy.document),
        SetAsDefault: true,
      }),
    );
  },
};

async function makeRoom(aws: Aws, PolicyArn: string): Promise<void> {
  const { Versions = [] } = await aws.iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  const VersionId = Versions.findLast(({ IsDefaultVersion }) => IsDefaultVersion !== true)?.VersionId;
  if (Versions.length < MOST_VERSIONS || VersionId === undefined) return;
  await aws.iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
}
