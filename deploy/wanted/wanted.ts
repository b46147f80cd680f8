/** Inputs and what was found about account, key and image → the state a release should leave behind. Pure. */
import { KEEP_VERSIONS, namesOf } from './names.ts';
import { suffixOf } from './partitions.ts';
import { fill, TEMPLATES } from './policies.ts';
import type { Inputs } from './inputs.ts';
import type { Account, Names } from './names.ts';
import type { Policy, Values } from './policies.ts';
import type { RepositorySpec, RoleSpec } from './spec.ts';

/** What has to be known before it can be said what is wanted. */
export interface Facts {
  account: Account;
  /** `sha256:…` of the image with the wanted tag; null while it is not in the repository. */
  digest: string | null;
  /** The bucket's own customer-managed key (id, ARN or alias), or null. */
  bucketKey: string | null;
  /** Whether bootstrap's permissions boundary is in this account. */
  boundary: boolean;
}

export interface FunctionSettings {
  role: string;
  /** MB */
  memory: number;
  /** s */
  timeout: number;
  /** MB */
  storage: number;
  environment: Record<string, string>;
}

export interface Wanted {
  names: Names;
  functionName: string;
  account: Account;
  region: string;
  bucket: string;
  prefix: string;
  repository: RepositorySpec;
  image: { tag: string; digest: string | null };
  role: RoleSpec;
  settings: FunctionSettings;
  architecture: 'x86_64' | 'arm64';
  /** Reserved instances; "none" takes the reservation away, null leaves it as it is. */
  concurrency: number | 'none' | null;
  /** days */
  retention: number;
  access: UrlAccess;
  keepVersions: number;
}

/** How a version checks who calls it. With `iam` it relies on its URL, which must then be an AWS_IAM one. */
export type UrlAccess = { auth: 'iam' } | { auth: 'token'; token: string } | { auth: 'none' };

/** How a version with this environment checks its callers: the function's own rule, `iam` where nothing is said. */
export function accessOf(environment: Readonly<Record<string, string>>): UrlAccess {
  const { OG_AUTH: auth, OG_TOKEN: token = '' } = environment;
  if (auth === 'token') return { auth, token };
  return { auth: auth === 'none' ? 'none' : 'iam' };
}

/** The only kind of URL that belongs before it. */
export function urlAuthOf({ auth }: UrlAccess): 'AWS_IAM' | 'NONE' {
  return auth === 'iam' ? 'AWS_IAM' : 'NONE';
}

/** The values for the placeholders of policies/*.json. */
export function policyValues(
  inputs: Pick<Inputs, 'region' | 'functionName' | 'repository' | 'bucket' | 'prefix'>,
  account: Account,
): Values {
  const names = namesOf(inputs, account);
  return {
    PARTITION: account.partition,
    REGION: inputs.region,
    ACCOUNT: account.id,
    PREFIX: inputs.prefix,
    BUCKET_ARN: names.bucketArn,
    FUNCTION_ARN: names.functionArn,
    TRIAL_ARN: names.trialArn,
    ROLE_ARN: names.roleArn,
    BOUNDARY_ARN: names.boundaryArn,
    LOG_GROUP_ARN: names.logGroupArn,
    REPOSITORY_ARN: names.repositoryArn,
    S3_SERVICE: s3Services(inputs.region, account),
  };
}

export function wantedState(inputs: Inputs, facts: Facts): Wanted {
  const names = namesOf(inputs, facts.account);
  const values = policyValues(inputs, facts.account);
  const execution: Policy = fill(TEMPLATES.execution, values);
  const key = facts.bucketKey === null ? [] : [keyStatement(facts.bucketKey, inputs.region, facts.account)];
  const environment = environmentOf(inputs);
  return {
    names,
    functionName: inputs.functionName,
    account: facts.account,
    region: inputs.region,
    bucket: inputs.bucket,
    prefix: inputs.prefix,
    repository: {
      name: inputs.repository,
      arn: names.repositoryArn,
      policy: fill(TEMPLATES.repository, values),
      lifecycle: TEMPLATES.lifecycle,
      immutable: true,
    },
    image: { tag: inputs.tag, digest: facts.digest },
    role: {
      name: names.roleName,
      arn: names.roleArn,
      description: `What the function ${inputs.functionName} may do: write its logs and its images.`,
      policyName: names.policyName,
      exclusive: true,
      trust: fill(TEMPLATES.executionTrust, values),
      policy: { ...execution, Statement: [...execution.Statement, ...key] },
      boundaryArn: facts.boundary ? names.boundaryArn : null,
    },
    settings: {
      role: names.roleArn,
      memory: inputs.memory,
      timeout: inputs.timeout,
      storage: inputs.storage,
      environment,
    },
    architecture: inputs.architecture,
    concurrency: inputs.concurrency,
    retention: inputs.retention,
    access: accessOf(environment),
    keepVersions: KEEP_VERSIONS,
  };
}

function environmentOf(inputs: Inputs): Record<string, string> {
  const shared = { OG_BUCKET: inputs.bucket, OG_PREFIX: inputs.prefix };
  if (inputs.auth === 'AWS_IAM') return { ...shared, OG_AUTH: 'iam' };
  return inputs.token === null
    ? { ...shared, OG_AUTH: 'none' }
    : { ...shared, OG_AUTH: 'token', OG_TOKEN: inputs.token };
}

/** A put into a bucket with a customer's key needs a data key of it; an alias has no ARN that a policy can name. */
function keyStatement(key: string, region: string, { id, partition }: Account): Record<string, unknown> {
  const keys = `arn:${partition}:kms:${region}:${id}:key/`;
  const alias = /(?:^|:)(alias\/.+)$/.exec(key)?.[1];
  const resource = alias ? `${keys}*` : key.startsWith('arn:') ? key : keys + key;
  return {
    Sid: 'KeyOfTheBucket',
    Effect: 'Allow',
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: resource,
    Condition: {
      StringEquals: { 'kms:ViaService': s3Services(region, { id, partition }) },
      ...(alias ? { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } } : {}),
    },
  };
}

/** The names under which KMS may know S3: everywhere the first, and elsewhere than in `aws` perhaps the second. */
function s3Services(region: string, { partition }: Account): string[] {
  return [...new Set(['amazonaws.com', suffixOf(partition)])].map((suffix) => `s3.${region}.${suffix}`);
}
