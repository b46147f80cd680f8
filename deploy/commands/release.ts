/** `og-deploy release` and `og-deploy up`: from an image in the repository to a tested version that is live. */
import { apply } from '../apply/apply.ts';
import { proveUrl } from '../apply/reach.ts';
import { orRestore } from '../apply/restore.ts';
import { readFunction } from '../current/function.ts';
import { readSituation } from '../current/read.ts';
import { planRelease, planUp } from '../plan/plan.ts';
import { refusePullRequest, releaseInputs, withAws } from '../shell.ts';
import { contextOf } from './context.ts';
import { pushImage } from './image.ts';
import { outcomeText } from './outcome.ts';
import type { Aws } from '../aws/client.ts';
import type { Choices } from '../plan/plan.ts';
import type { DeployShell } from '../shell.ts';
import type { Inputs } from '../wanted/inputs.ts';
import type { CommandOutcome } from './outcome.ts';

export interface ReleaseOptions extends Choices {
  json: boolean;
}

export async function release(shell: DeployShell, options: ReleaseOptions): Promise<void> {
  await deploy(shell, options, false);
}

export async function up(shell: DeployShell, options: ReleaseOptions): Promise<void> {
  await deploy(shell, options, true);
}

async function deploy(shell: DeployShell, options: ReleaseOptions, building: boolean): Promise<void> {
  const inputs = await releaseInputs(shell, building);
  refusePullRequest(inputs, building ? 'up' : 'release');
  await withAws(shell, inputs.region, async (aws) => {
    if (building)
      await pushImage(shell, aws, inputs, ({ current, wanted }) => void planUp(current, wanted, options));
    const outcome = await releaseImage(shell, aws, inputs, options);
    shell.out(options.json ? `${JSON.stringify(outcome, null, 2)}\n` : outcomeText(outcome));
  });
}

async function releaseImage(
  shell: DeployShell,
  aws: Aws,
  inputs: Inputs,
  options: ReleaseOptions,
): Promise<CommandOutcome> {
  const { current, wanted, notes } = await readSituation(aws, inputs);
  for (const note of notes) shell.err(`note: ${note}\n`);
  const steps = planRelease(current, wanted, options);
  if (!options.proving)
    shell.err('WARNING: --skip-smoke: nothing proves that this version can render a single image.\n');
  if (steps.length === 0) shell.err('Nothing to do: everything is as wanted.\n');
  const context = contextOf(shell, aws, wanted, options);
  let live = current.function;
  await orRestore(context, current.function, async () => {
    await apply(steps, context);
    live = await readFunction(aws, wanted.functionName);
    if (live?.concurrency === 0) shell.err('note: The function is stopped: its reserved concurrency is 0.\n');
    else if (options.proving && live?.url) await proveUrl(aws, live.url.url, wanted.access);
  });
  return {
    account: wanted.account.id,
    region: wanted.region,
    image: `${wanted.names.repositoryUri}@${wanted.image.digest}`,
    version: live?.alias?.version ?? null,
    url: live?.url?.url ?? null,
    auth: wanted.access.auth,
    store: `s3://${wanted.bucket}/${wanted.prefix}`,
    callerRole: wanted.names.callerArn,
    proof: context.run.proof,
    steps: steps.length,
  };
}
