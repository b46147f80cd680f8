/** Reads the image repository, the image with a tag, and the key of the bucket. */
import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { DeployError } from '../error.ts';
import type { Aws } from '../aws/client.ts';
import type { CurrentRepository } from './current.ts';
import type { Account } from '../wanted/names.ts';

export async function readRepository(aws: Aws, name: string, arn: string): Promise<CurrentRepository | null> {
  const repositoryName = name;
  const found = await aws.find('ecr:DescribeRepositories', arn, (sending) =>
    aws.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }), sending),
  );
  const repository = found?.repositories?.[0];
  if (repository === undefined) return null;
  const [policy, lifecycle] = await Promise.all([
    aws.find('ecr:GetRepositoryPolicy', arn, (sending) =>
      aws.ecr.send(new GetRepositoryPolicyCommand({ repositoryName }), sending),
    ),
    aws.find('ecr:GetLifecyclePolicy', arn, (sending) =>
      aws.ecr.send(new GetLifecyclePolicyCommand({ repositoryName }), sending),
    ),
  ]);
  return {
    scanOnPush: repository.imageScanningConfiguration?.scanOnPush ?? false,
    immutable: repository.imageTagMutability === 'IMMUTABLE',
    policy: policy?.policyText,
    lifecycle: lifecycle?.lifecyclePolicyText,
  };
}

/**
 * The digest of the image with a tag, or null when the repository or the tag is not there.
 * @throws DeployError `image_missing` for an index of images, which Lambda refuses.
 */
export async function readDigest(
  aws: Aws,
  repository: string,
  arn: string,
  tag: string,
): Promise<string | null> {
  const found = await aws.find('ecr:DescribeImages', arn, (sending) =>
    aws.ecr.send(
      new DescribeImagesCommand({ repositoryName: repository, imageIds: [{ imageTag: tag }] }),
      sending,
    ),
  );
  const image = found?.imageDetails?.[0];
  if (image?.imageDigest === undefined) return null;
  if (/image\.index|manifest\.list/.test(image.imageManifestMediaType ?? ''))
    throw new DeployError(
      'image_missing',
      `${repository}:${tag} is an index of images (${image.imageManifestMediaType}); Lambda takes a single image.`,
      'Build it with BUILDX_NO_DEFAULT_ATTESTATIONS=1 and for one platform ("og-deploy image" does), from a new commit.',
    );
  return image.imageDigest;
}

/**
 * The customer-managed key that the bucket encrypts with, or null. `missing`: there is no such bucket.
 */
export async function readBucketKey(
  aws: Aws,
  bucket: string,
  arn: string,
  account: Account,
): Promise<{ key: string | null; missing: boolean }> {
  let missing = false;
  const found = await aws.call(
    's3:GetEncryptionConfiguration',
    arn,
    (sending) =>
      aws.s3.send(
        new GetBucketEncryptionCommand({ Bucket: bucket, ExpectedBucketOwner: account.id }),
        sending,
      ),
    {
      done: (error) => {
        if (!(error instanceof Error)) return false;
        missing = error.name === 'NoSuchBucket';
        return missing || error.name === 'ServerSideEncryptionConfigurationNotFoundError';
      },
    },
  );
  const rule = found?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  const key = rule?.SSEAlgorithm?.startsWith('aws:kms') ? (rule.KMSMasterKeyID ?? null) : null;
  // AWS's own key needs no right of ours.
  return { key: key?.endsWith('alias/aws/s3') === true ? null : key, missing };
}
