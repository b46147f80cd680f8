/** Reads everything a plan compares, at once where nothing waits for anything else. */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { namesOf } from '../wanted/names.ts';
import { partitionOf } from '../wanted/partitions.ts';
import { DeployError } from '../error.ts';
import { readFunction } from './function.ts';
import { readBucketKey, readDigest, readRepository } from './repository.ts';
import { hasBoundary, readLogGroup, readRole } from './role.ts';
import { wantedState } from '../wanted/wanted.ts';
import type { Aws } from '../aws/client.ts';
import type { Current } from './current.ts';
import type { Inputs } from '../wanted/inputs.ts';
import type { Account } from '../wanted/names.ts';
import type { Wanted } from '../wanted/wanted.ts';

/**
 * Whose credentials these are, and in which partition.
 * @throws DeployError `inputs` when the region is in another partition than the account.
 */
export async function readAccount(aws: Aws): Promise<Account> {
  const identity = await aws.sts.send(new GetCallerIdentityCommand({}));
  const partition = identity.Arn?.split(':')[1] ?? '';
  if (partition !== partitionOf(aws.region))
    throw new DeployError(
      'inputs',
      `AWS_REGION is ${aws.region}, but these credentials are of the partition ${JSON.stringify(partition)}.`,
      'Set AWS_REGION to a region of that partition, or use other credentials.',
    );
  return { id: identity.Account ?? '', partition };
}

export interface Situation {
  current: Current;
  wanted: Wanted;
  /** Things a person should know, none of which stops the release. */
  notes: string[];
}

export async function readSituation(aws: Aws, inputs: Inputs): Promise<Situation> {
  const account = await readAccount(aws);
  const names = namesOf(inputs, account);
  const [digest, bucket, boundary, repository, logGroup, role, found] = await Promise.all([
    readDigest(aws, inputs.repository, inputs.tag),
    readBucketKey(aws, inputs.bucket, account.id),
    hasBoundary(aws, names),
    readRepository(aws, inputs.repository),
    readLogGroup(aws, names),
    readRole(aws, names.roleName),
    readFunction(aws, inputs.functionName),
  ]);
  const notes = [...inputs.notes];
  if (bucket.missing)
    notes.push(
      `There is no bucket ${inputs.bucket} yet: "og-deploy bootstrap --apply" makes it, and without it no image can be stored.`,
    );
  return {
    current: { repository, logGroup, role, function: found },
    wanted: wantedState(inputs, { account, digest, bucketKey: bucket.key, boundary }),
    notes,
  };
}
