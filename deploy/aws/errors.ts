/** Errors of the AWS SDK as a person should read them, and the few that a step handles by itself. */
import { DeployError } from '../error.ts';
import { errorKindOf } from './error-kinds.ts';
import { QUICK } from './retry.ts';
import type { RetryBounds } from './retry.ts';

/** A new role or repository policy is known everywhere within a minute; twice that is the bound. */
const SPREADING: RetryBounds = { base: 1000, cap: 5000, total: 2 * 60_000 };
/** An update that another one holds up, or an inactive version that is waking. */
const BUSY: RetryBounds = { base: 500, cap: 5000, total: 3 * 60_000 };

/** How long a call that failed so is worth trying again; null: not at all. */
export function boundsOf(error: unknown): RetryBounds | null {
  if (alreadyExists(error)) return null;
  if (isSpreading(error)) return SPREADING;
  const kind = errorKindOf(error);
  if (kind === 'conflict') return BUSY;
  return kind === 'throttled' || kind === 'transient' ? QUICK : null;
}

/** "Already there": an earlier attempt did it and its answer was lost. */
export function alreadyExists(error: unknown): boolean {
  return (
    error instanceof Error &&
    (/already ?(exist|owned)/i.test(error.name) ||
      /already exist|FunctionUrlConfig exists/i.test(error.message))
  );
}

export function isAbsent(error: unknown): boolean {
  return errorKindOf(error) === 'absent';
}

/** A role or a repository policy made a moment ago is not known everywhere yet. Lambda says so in these words. */
function isSpreading(error: unknown): boolean {
  return (
    error instanceof Error &&
    /cannot be assumed by Lambda|permission to access the ECR image/i.test(error.message)
  );
}

/** For `.catch` of a call: where `means` holds of AWS's own error, the call has nothing left to do and answers undefined. */
export function unless(means: (error: unknown) => boolean): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof DeployError && means(error.cause)) return undefined;
    throw error;
  };
}

/** Where the right has another name than the operation. */
const ACTIONS: Record<string, string> = {
  InvokeCommand: 'lambda:InvokeFunction',
  HeadBucketCommand: 's3:ListBucket',
  GetBucketEncryptionCommand: 's3:GetEncryptionConfiguration',
};

/** The right that a command takes, as a policy names it. */
export function actionOf(service: string, command: string): string {
  return ACTIONS[command] ?? `${service}:${command.replace(/Command$/, '')}`;
}

/** Members of inputs that say what a command is for. */
const SUBJECTS: [member: string, kind: string][] = [
  ['FunctionName', 'function'],
  ['RoleName', 'role'],
  ['PolicySourceArn', 'role'],
  ['PolicyArn', 'policy'],
  ['PolicyName', 'policy'],
  ['repositoryName', 'repository'],
  ['repositoryNames', 'repository'],
  ['logGroupName', 'log group'],
  ['logGroupNamePrefix', 'log group'],
  ['Bucket', 'bucket'],
  ['OpenIDConnectProviderArn', 'identity provider'],
  ['Url', 'identity provider'],
];

/** What a command is for, in words: "function og:live". */
export function subjectOf(input: object): string {
  const members = input as Record<string, string | undefined>;
  const found = SUBJECTS.find(([member]) => members[member] !== undefined);
  if (found === undefined) return 'this account';
  const qualifier = members['Qualifier'] === undefined ? '' : `:${members['Qualifier']}`;
  return `${found[1]} ${members[found[0]]}${qualifier}`;
}

/** The error as a person should read it: which action, on what, and what to do. AWS's own error is the cause. */
export function explain(error: unknown, action: string, subject: string): DeployError {
  if (error instanceof DeployError) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const kind = errorKindOf(error);
  if (kind === 'forbidden') {
    // The refused action may be another than the one called: iam:PassRole hides behind lambda:CreateFunction.
    const missing = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(text)?.[1] ?? action;
    return new DeployError(
      'forbidden',
      `AWS refused ${missing} on ${subject}: ${text}`,
      `Allow ${missing} in the policy of the role that deploys; "og-deploy bootstrap" prints the whole policy.`,
      { cause: error, details: { action: missing } },
    );
  }
  const [code, happened, hint] = EXPLANATIONS[kind === 'absent' ? 'other' : kind];
  const late = error instanceof Error && error.name === 'RequestTimeTooSkewed';
  return new DeployError(
    code,
    `${happened.replace('ACTION', action).replace('SUBJECT', () => subject)}: ${text}`,
    late ? "Set this machine's clock." : hint,
    { cause: error },
  );
}

const AGAIN = 'it continues where this run stopped.';
const EXPLANATIONS = {
  credentials: [
    'credentials',
    'AWS did not accept the credentials for ACTION',
    'Log in again. In a pipeline, run the step again: its identity token has a limited life.',
  ],
  throttled: [
    'throttled',
    'AWS throttled ACTION on SUBJECT until we gave up',
    `Run the same command again later: ${AGAIN}`,
  ],
  transient: [
    'unreachable',
    'AWS could not be reached for ACTION on SUBJECT',
    `Check the network and AWS_REGION, then run the same command again: ${AGAIN}`,
  ],
  conflict: [
    'conflict',
    'Another change of SUBJECT was in the way of ACTION',
    'See that no other deployment is running, then run the same command again.',
  ],
  other: [
    'aws',
    'ACTION on SUBJECT failed',
    'docs/deploy.md lists what such messages mean, under "If it is broken".',
  ],
} as const;
