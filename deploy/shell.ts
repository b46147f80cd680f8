/** What the commands get from the process they run in. */
import { connect } from './aws/client.ts';
import { credentialsFromEnvironment } from './aws/credentials.ts';
import { DeployError } from './error.ts';
import { readInputs } from './wanted/inputs.ts';
import { claimsOf, findToken } from './aws/oidc.ts';
import { table } from './print.ts';
import type { Aws } from './aws/client.ts';
import type { Docker } from './apply/docker.ts';
import type { Inputs } from './wanted/inputs.ts';
import type { Env } from './aws/oidc.ts';
import type { Clock } from './aws/retry.ts';

export interface Commit {
  id: string;
  /** There are changes that the commit does not hold. */
  dirty: boolean;
}

export interface DeployShell {
  env: Env;
  clock: Clock;
  signal: AbortSignal;
  docker: Docker;
  /** What git says of the current folder; null where there is no repository. */
  commit(): Promise<Commit | null>;
  /** Asks the person at the terminal; null where there is none. */
  ask: ((question: string) => Promise<string>) | null;
  /** Results. */
  out(text: string): void;
  /** Everything else. */
  err(text: string): void;
}

/** Runs `work` with the clients of this environment, and closes them whatever happens. */
export async function withAws<T>(
  shell: DeployShell,
  region: string,
  work: (aws: Aws) => Promise<T>,
): Promise<T> {
  const { env, clock, signal } = shell;
  const credentials = credentialsFromEnvironment(env, () => clock.now());
  const aws = connect({ region, env, clock, signal, credentials });
  try {
    return await work(aws);
  } finally {
    aws.close();
  }
}

/** Inputs of a verb that deploys the current commit. `building`: the folder becomes an image of that name. */
export async function releaseInputs(shell: DeployShell, building: boolean): Promise<Inputs> {
  const inCi = ['BITBUCKET_COMMIT', 'GITHUB_SHA', 'CI_COMMIT_SHA'].some((name) => shell.env[name]);
  const commit = inCi ? null : await shell.commit();
  const inputs = readInputs(shell.env, commit?.id ?? null);
  if (building && commit?.dirty === true)
    throw new DeployError(
      'inputs',
      `This folder has changes that are not in commit ${commit.id}, and an image is named after its commit.`,
      'Commit them first.',
    );
  return inputs;
}

/** Inputs of a verb for which it does not matter which commit is checked out. */
export function anyInputs(shell: DeployShell, role = true): Inputs {
  return readInputs(shell.env, 'none', role);
}

/** @throws DeployError `pull_request`: what a pull request holds was reviewed by nobody yet. */
export function refusePullRequest(inputs: Inputs, verb: string): void {
  if (inputs.pullRequest !== null)
    throw new DeployError(
      'pull_request',
      `This step runs for pull request ${inputs.pullRequest}: "${verb}" is for the production branch alone.`,
      'In a pull request run "og-deploy image", which pushes to the repository for pull requests.',
    );
}

/** Issuer, audience, subject and expiry of the step's identity token, for comparison with a trust policy. */
export async function printClaims(shell: DeployShell): Promise<void> {
  const source = findToken(shell.env);
  if (source === null) return shell.err('This environment has no identity token.\n');
  const { issuer, audience, subject, expires } = claimsOf(await source.token());
  shell.err(
    `Identity token of ${source.ci}:\n${table([
      ['issuer', issuer],
      ['audience', audience],
      ['subject', subject],
      ['expires', expires],
    ])}`,
  );
}
