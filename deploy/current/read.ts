/** Reads everything a plan compares, at once where nothing waits for anything else. */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { namesOf, partitionOf } from '../wanted/names.ts';
import { readFunction } from './function.ts';
import { readBucketKey, readDigest, readRepository } from './repository.ts';
import { hasBoundary, readLogGroup, readRole } from './role.ts';
import { wantedState } from '../wanted/wanted.ts';
import type { Aws } from '../aws/client.ts';
import type { Current } from './current.ts';
import type { Inputs } from '../wanted/inputs.ts';
import type { Account } from '../wanted/names.ts';
import type { Wanted } from '../wanted/wanted.ts';

export async function readAccount(aws: Aws, region: string): Promise<Account> {
  const identity = await aws.call('sts:GetCallerIdentity', 'this account', (sending) =>
    aws.sts.send(new GetCallerIdentityCommand({}), sending),
  );
  return { id: identity.Account ?? '', partition: partitionOf(region) };
}

export interface Situation {
  current: Current;
  wanted: Wanted;
  /** Things a person should know, none of which stops the release. */
  notes: string[];
}

export async function readSituation(aws: Aws, inputs: Inputs): Promise<Situation> {
  const account = await readAccount(aws, inputs.region);
  const names = namesOf(inputs, account);
  const [digest, bucket, boundary, repository, logGroup, role, found] = await Promise.all([
    readDigest(aws, inputs.repository, names.repositoryArn, inputs.tag),
    readBucketKey(aws, inputs.bucket, names.bucketArn, account),
    hasBoundary(aws, names),
    readRepository(aws, inputs.repository, names.repositoryArn),
    readLogGroup(aws, names),
    readRole(aws, names.roleName, names.roleArn),
    readFunction(aws, inputs.functionName, names),
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
