/** The names and ARNs that follow from the inputs: fixed, so that policies can be bound to them. */
import { suffixOf } from './partitions.ts';
import type { Inputs } from './inputs.ts';

export const ALIAS = 'live';
/** The version that nobody published: what the function's code and settings are now. */
export const LATEST = '$LATEST';
/** Old versions kept for a rollback, the live one among them. */
export const KEEP_VERSIONS = 5;

export interface Account {
  id: string;
  /** aws, aws-cn, aws-us-gov, … */
  partition: string;
}

export interface Names {
  functionArn: string;
  /** A function that lives for a minute: it proves an image before anything is deleted for it. */
  trialName: string;
  trialArn: string;
  roleName: string;
  roleArn: string;
  /** The one inline policy of the execution role. */
  policyName: string;
  boundaryArn: string;
  /** The role a blog's build assumes. */
  callerArn: string;
  logGroup: string;
  logGroupArn: string;
  repositoryArn: string;
  repositoryUri: string;
  bucketArn: string;
}

export function namesOf(
  inputs: Pick<Inputs, 'region' | 'functionName' | 'repository' | 'bucket'>,
  account: Account,
): Names {
  const { region, functionName, repository, bucket } = inputs;
  const { id, partition } = account;
  const logGroup = `/aws/lambda/${functionName}`;
  return {
    functionArn: `arn:${partition}:lambda:${region}:${id}:function:${functionName}`,
    trialName: `${functionName}-trial`,
    trialArn: `arn:${partition}:lambda:${region}:${id}:function:${functionName}-trial`,
    roleName: `${functionName}-exec`,
    roleArn: `arn:${partition}:iam::${id}:role/${functionName}-exec`,
    policyName: 'og-sync',
    callerArn: `arn:${partition}:iam::${id}:role/${functionName}-caller`,
    boundaryArn: `arn:${partition}:iam::${id}:policy/${functionName}-boundary`,
    logGroup,
    logGroupArn: `arn:${partition}:logs:${region}:${id}:log-group:${logGroup}`,
    repositoryArn: `arn:${partition}:ecr:${region}:${id}:repository/${repository}`,
    repositoryUri: `${id}.dkr.ecr.${region}.${suffixOf(partition)}/${repository}`,
    bucketArn: `arn:${partition}:s3:::${bucket}`,
  };
}
