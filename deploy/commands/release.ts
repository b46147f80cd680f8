/** `og-deploy release` and `og-deploy up`: from an image in the repository to a tested version that is live. */
import { apply } from '../apply/apply.ts';
import { planRelease } from '../plan/plan.ts';
import { readFunction } from '../current/function.ts';
import { readSituation } from '../current/read.ts';
import { connectAws, refusePullRequest, releaseInputs } from '../shell.ts';
import { outcomeText } from './outcome.ts';
import { pushImage } from './image.ts';
import { progress } from './progress.ts';
import type { Context } from '../apply/context.ts';
import type { Aws } from '../aws/client.ts';
import type { Inputs } from '../wanted/inputs.ts';
import type { Proof } from '../apply/smoke.ts';
import type { Shell } from '../shell.ts';
import type { Wanted } from '../wanted/wanted.ts';
import type { Outcome } from './outcome.ts';

export interface ReleaseOptions {
  json: boolean;
  smoke: boolean;
}

export async function release(shell: Shell, options: ReleaseOptions): Promise<void> {
  await deploy(shell, options, false);
}

export async function up(shell: Shell, options: ReleaseOptions): Promise<void> {
  await deploy(shell, options, true);
}

async function deploy(shell: Shell, options: ReleaseOptions, building: boolean): Promise<void> {
  const inputs = await releaseInputs(shell, building);
  refusePullRequest(inputs, building ? 'up' : 'release');
  const aws = connectAws(shell, inputs.region);
  try {
    if (building) await pushImage(shell, aws, inputs);
    const outcome = await releaseImage(shell, aws, inputs, options);
    shell.out(options.json ? `${JSON.stringify(outcome, null, 2)}\n` : outcomeText(outcome));
  } finally {
    aws.close();
  }
}

async function releaseImage(
  shell: Shell,
  aws: Aws,
  inputs: Inputs,
  options: ReleaseOptions,
): Promise<Outcome> {
  const { current, wanted, notes } = await readSituation(aws, inputs);
  for (const note of notes) shell.err(`note: ${note}\n`);
  const steps = planRelease(current, wanted).filter(
    ({ operation }) => options.smoke || operation.do !== 'version.smoke',
  );
  if (!options.smoke)
    shell.err('WARNING: --skip-smoke: nothing proves that this version can render a single image.\n');
  if (steps.length === 0) shell.err('Nothing to do: everything is as wanted.\n');
  const run: Context['run'] = { version: null, proof: null, codeSha: null };
  await apply(steps, { aws, wanted, push: () => Promise.resolve(), run }, progress(shell));
  return outcomeOf(aws, inputs, wanted, run.proof, steps.length);
}

async function outcomeOf(
  aws: Aws,
  inputs: Inputs,
  wanted: Wanted,
  proof: Proof | null,
  steps: number,
): Promise<Outcome> {
  const live = await readFunction(aws, wanted.functionName, wanted.names);
  return {
    account: wanted.account.id,
    region: wanted.region,
    image: `${wanted.names.repositoryUri}@${wanted.image.digest}`,
    version: live?.alias?.version ?? null,
    url: live?.url?.url ?? null,
    auth: inputs.auth === 'AWS_IAM' ? 'iam' : inputs.token === null ? 'none' : 'token',
    store: `s3://${wanted.bucket}/${wanted.prefix}`,
    callerRole: wanted.names.callerArn,
    proof,
    steps,
  };
}
