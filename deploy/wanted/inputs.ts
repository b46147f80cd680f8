/** What the environment says of a deployment, checked once; everything that is missing or wrong is named at once. */
import { reader, readPrefix, readToken, RETENTIONS } from './checks.ts';
import { DeployError } from '../error.ts';
import { findToken } from '../aws/oidc.ts';
import { partitionOf } from './partitions.ts';
import type { Env } from '../aws/oidc.ts';

export interface Inputs {
  region: string;
  repository: string;
  functionName: string;
  bucket: string;
  /** Ends in a slash, starts with none; "" is the whole bucket. */
  prefix: string;
  /** The commit: the image's tag. */
  tag: string;
  /** Of the pull request this step runs for, or null. */
  pullRequest: string | null;
  auth: 'AWS_IAM' | 'NONE';
  /** Bearer token of a public URL; null with AWS_IAM, and when the owner said "public". */
  token: string | null;
  /** MB */
  memory: number;
  /** s */
  timeout: number;
  /** MB of /tmp */
  storage: number;
  architecture: 'x86_64' | 'arm64';
  /** null: whatever the function has now. */
  concurrency: number | 'none' | null;
  /** days */
  retention: number;
  /** The folder of templates that goes into the image, relative to the Dockerfile. */
  templates: string;
  /** Things a person should know, none of which stops the release. */
  notes: string[];
}

const REQUIRED = ['AWS_REGION', 'AWS_ROLE_ARN', 'ECR_REPO', 'FUNCTION_NAME', 'OG_BUCKET'] as const;
const COMMIT = ['BITBUCKET_COMMIT', 'GITHUB_SHA', 'CI_COMMIT_SHA'] as const;
const PULL_REQUEST = ['BITBUCKET_PR_ID', 'CI_MERGE_REQUEST_IID'] as const;
/**
 * Reads the environment. `commit` is what git says where no CI variable does, or null; `role`: whether a pipeline would
 * have to assume one.
 * @throws DeployError `inputs` that names every variable that is missing, or every one that is wrong.
 */
export function readInputs(env: Env, commit: string | null, role = true): Inputs {
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  const tag = first(env, COMMIT) ?? commit;
  const missing = missingFrom({ ...env, AWS_REGION: region }, role);
  if (tag === null) missing.push('BITBUCKET_COMMIT (or GITHUB_SHA, CI_COMMIT_SHA, or a git checkout)');
  if (missing.length > 0) throw missingError(missing);

  const problems: string[] = [];
  const notes: string[] = [];
  const read = reader(env, problems);
  const auth = read.choice('OG_URL_AUTH', ['AWS_IAM', 'NONE'], 'AWS_IAM');
  const architecture = read.choice('OG_ARCHITECTURE', ['x86_64', 'arm64'], 'x86_64');
  if (architecture === 'arm64')
    notes.push(
      'OG_ARCHITECTURE=arm64: the browser that the Dockerfile brings is for x86_64 only; your image must bring its own.',
    );
  const inputs: Inputs = {
    region: read.value(
      'AWS_REGION',
      region ?? '',
      (value) => partitionOf(value) !== null,
      'a region, such as eu-central-1',
    ),
    repository: read.pattern(
      'ECR_REPO',
      env['ECR_REPO'] ?? '',
      /^(?=.{2,253}$)[a-z0-9]+([._/-]+[a-z0-9]+)*$/,
      'the name of a repository, without registry and tag',
    ),
    functionName: read.pattern(
      'FUNCTION_NAME',
      env['FUNCTION_NAME'] ?? '',
      /^[A-Za-z0-9_-]{1,50}$/,
      'at most 50 letters, digits, "-" and "_"',
    ),
    bucket: read.pattern(
      'OG_BUCKET',
      env['OG_BUCKET'] ?? '',
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'the name of a bucket, without s3:// and path',
    ),
    prefix: readPrefix(env['OG_PREFIX'], problems),
    tag: read.pattern(
      'the commit',
      tag ?? '',
      /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}$/,
      'letters, digits, "_", "." and "-"',
    ),
    pullRequest: first(env, PULL_REQUEST) ?? githubPullRequest(env),
    auth,
    token: readToken(env['OG_TOKEN'] || null, auth, problems, notes),
    memory: read.number('OG_MEMORY', 2048, 128, 10_240),
    timeout: read.number('OG_TIMEOUT', 60, 1, 900),
    storage: read.number('OG_STORAGE', 1024, 512, 10_240),
    architecture,
    concurrency: read.concurrency('OG_RESERVED_CONCURRENCY'),
    retention: read.oneOf('OG_LOG_RETENTION', 30, RETENTIONS, 'days'),
    templates: read.pattern(
      'OG_TEMPLATES',
      env['OG_TEMPLATES'] || 'templates',
      /^(?!.*\.\.)[\w-][\w./-]*$/,
      'a folder beside the Dockerfile',
    ),
    notes,
  };
  if (problems.length > 0)
    throw new DeployError(
      'inputs',
      problems.join('\n'),
      'Correct the variables named above; docs/deploy.md lists them all.',
    );
  return inputs;
}

function missingFrom(env: Env, role: boolean): string[] {
  // Without an identity token there is nothing to exchange for a role: whatever else the AWS SDK finds takes its place.
  const assumes = role && findToken(env) !== null;
  return REQUIRED.filter((name) => !env[name] && (name !== 'AWS_ROLE_ARN' || assumes));
}

function missingError(missing: string[]): DeployError {
  return new DeployError(
    'inputs',
    `Missing: ${missing.join(', ')}.`,
    'Set them as repository or deployment variables of the pipeline, or export them here.',
  );
}

function first(env: Env, names: readonly string[]): string | null {
  for (const name of names) if (env[name]) return env[name];
  return null;
}

function githubPullRequest(env: Env): string | null {
  return env['GITHUB_EVENT_NAME']?.startsWith('pull_request')
    ? (/^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '')?.[1] ?? 'unknown')
    : null;
}
