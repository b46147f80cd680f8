/** Reads the image repository, the image with a tag, and the key of the bucket. */
import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import type { Repository } from '@aws-sdk/client-ecr';
import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { isAbsent, unless } from '../aws/errors.ts';
import { DeployError } from '../error.ts';
import type { Aws } from '../aws/client.ts';
import type { CurrentRepository } from './current.ts';

export async function readRepository(aws: Aws, repositoryName: string): Promise<CurrentRepository | null> {
  const found = await aws.ecr
    .send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }))
    .catch(unless(isAbsent));
  const repository = found?.repositories?.[0];
  if (repository === undefined) return null;
  const [policy, lifecycle] = await Promise.all([
    aws.ecr.send(new GetRepositoryPolicyCommand({ repositoryName })).catch(unless(isAbsent)),
    aws.ecr.send(new GetLifecyclePolicyCommand({ repositoryName })).catch(unless(isAbsent)),
  ]);
  return {
    scanOnPush: repository.imageScanningConfiguration?.scanOnPush ?? false,
    tags: tagsOf(repository),
    policy: policy?.policyText,
    lifecycle: lifecycle?.lifecyclePolicyText,
  };
}

/** A filter that no commit id can match excludes none of our tags: "dev-*" does not, "a*" does. */
function tagsOf({
  imageTagMutability,
  imageTagMutabilityExclusionFilters,
}: Repository): CurrentRepository['tags'] {
  const filters = (imageTagMutabilityExclusionFilters ?? []).map(({ filter }) => filter ?? '*');
  const fixed =
    imageTagMutability === 'IMMUTABLE' ||
    (imageTagMutability === 'IMMUTABLE_WITH_EXCLUSION' &&
      filters.every((filter) => !/^[0-9a-f*]*$/i.test(filter)));
  const except = filters.length === 0 ? '' : ` except ${filters.join(', ')}`;
  return { fixed, setting: `${imageTagMutability ?? 'MUTABLE'}${except}` };
}

/**
 * The digest of the image with a tag, or null when the repository or the tag is not there.
 * @throws DeployError `image_missing` for an index of images, which Lambda refuses.
 */
export async function readDigest(aws: Aws, repositoryName: string, imageTag: string): Promise<string | null> {
  const found = await aws.ecr
    .send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }))
    .catch(unless(isAbsent));
  const image = found?.imageDetails?.[0];
  if (image?.imageDigest === undefined) return null;
  if (/image\.index|manifest\.list/.test(image.imageManifestMediaType ?? ''))
    throw new DeployError(
      'image_missing',
      `${repositoryName}:${imageTag} is an index of images (${image.imageManifestMediaType}); Lambda takes a single image.`,
      'Build it with BUILDX_NO_DEFAULT_ATTESTATIONS=1 and for one platform ("og-deploy image" does), from a new commit.',
    );
  return image.imageDigest;
}

/** The customer-managed key that the bucket encrypts with, or null. `missing`: there is no such bucket. */
export async function readBucketKey(
  aws: Aws,
  bucket: string,
  accountId: string,
): Promise<{ key: string | null; missing: boolean }> {
  let missing = false;
  const found = await aws.s3
    .send(new GetBucketEncryptionCommand({ Bucket: bucket, ExpectedBucketOwner: accountId }))
    .catch(
      unless((error) => {
        missing = error instanceof Error && error.name === 'NoSuchBucket';
        return isAbsent(error);
      }),
    );
  const rule = found?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  const key = rule?.SSEAlgorithm?.startsWith('aws:kms') ? (rule.KMSMasterKeyID ?? null) : null;
  // AWS's own key needs no right of ours.
  return { key: key?.endsWith('alias/aws/s3') === true ? null : key, missing };
}
