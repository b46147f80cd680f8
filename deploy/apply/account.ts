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
import { alreadyExists } from '../aws/errors.ts';
import type { Aws } from '../aws/client.ts';
import type { ManagedPolicySpec } from '../wanted/spec.ts';
import type { AwsContext, Executors } from './context.ts';

/** IAM keeps this many versions of a managed policy and refuses the next. */
const MOST_VERSIONS = 5;

export const bucketExecutors: Executors<'bucket', AwsContext> = {
  'bucket.create': ({ aws }, { bucket, arn, region }) =>
    aws.call(
      's3:CreateBucket',
      arn,
      (sending) =>
        aws.s3.send(
          new CreateBucketCommand({
            Bucket: bucket,
            // us-east-1 is the one region that must not be named.
            ...(region === 'us-east-1'
              ? {}
              : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } }),
          }),
          sending,
        ),
      { done: (error) => error instanceof Error && error.name === 'BucketAlreadyOwnedByYou' },
    ),
};

export const providerExecutors: Executors<'provider', AwsContext> = {
  'provider.create': ({ aws }, { provider }) =>
    aws.call(
      'iam:CreateOpenIDConnectProvider',
      provider.arn,
      (sending) =>
        aws.iam.send(
          new CreateOpenIDConnectProviderCommand({ Url: provider.url, ClientIDList: [provider.audience] }),
          sending,
        ),
      { done: alreadyExists },
    ),
  'provider.audience': ({ aws }, { provider }) =>
    aws.call('iam:AddClientIDToOpenIDConnectProvider', provider.arn, (sending) =>
      aws.iam.send(
        new AddClientIDToOpenIDConnectProviderCommand({
          OpenIDConnectProviderArn: provider.arn,
          ClientID: provider.audience,
        }),
        sending,
      ),
    ),
};

export const policyExecutors: Executors<'policy', AwsContext> = {
  'policy.create': ({ aws }, { policy }) =>
    aws.call(
      'iam:CreatePolicy',
      policy.arn,
      (sending) =>
        aws.iam.send(
          new CreatePolicyCommand({
            PolicyName: policy.name,
            Description: policy.description,
            PolicyDocument: JSON.stringify(policy.document),
          }),
          sending,
        ),
      { done: alreadyExists },
    ),
  'policy.version': async ({ aws }, { policy }) => {
    await makeRoom(aws, policy);
    await aws.call('iam:CreatePolicyVersion', policy.arn, (sending) =>
      aws.iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: policy.arn,
          PolicyDocument: JSON.stringify(policy.document),
          SetAsDefault: true,
        }),
        sending,
      ),
    );
  },
};

async function makeRoom(aws: Aws, policy: ManagedPolicySpec): Promise<void> {
  const listed = await aws.call('iam:ListPolicyVersions', policy.arn, (sending) =>
    aws.iam.send(new ListPolicyVersionsCommand({ PolicyArn: policy.arn }), sending),
  );
  const versions = listed.Versions ?? [];
  const oldest = versions.findLast(({ IsDefaultVersion }) => IsDefaultVersion !== true)?.VersionId;
  if (versions.length < MOST_VERSIONS || oldest === undefined) return;
  await aws.call('iam:DeletePolicyVersion', policy.arn, (sending) =>
    aws.iam.send(new DeletePolicyVersionCommand({ PolicyArn: policy.arn, VersionId: oldest }), sending),
  );
}
