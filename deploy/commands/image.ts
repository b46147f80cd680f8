/** `og-deploy image`: the repository as it should be, the image of this commit in it. */
import { apply } from '../apply/apply.ts';
import { buildAndPush, pushedDigest } from '../apply/image.ts';
import { readAccount, readSituation } from '../current/read.ts';
import { planImage, planRepository } from '../plan/repository.ts';
import { releaseInputs, withAws } from '../shell.ts';
import { namesOf } from '../wanted/names.ts';
import { contextOf } from './context.ts';
import type { Build } from '../apply/image.ts';
import type { Situation } from '../current/read.ts';
import type { Aws } from '../aws/client.ts';
import type { DeployShell } from '../shell.ts';
import type { Inputs } from '../wanted/inputs.ts';

export async function image(shell: DeployShell, options: { json: boolean }): Promise<void> {
  const inputs = await releaseInputs(shell, true);
  await withAws(shell, inputs.region, async (aws) => {
    const pushed = await (inputs.pullRequest === null
      ? pushImage(shell, aws, inputs)
      : pushPullRequest(shell, aws, inputs));
    shell.out(options.json ? `${JSON.stringify(pushed)}\n` : `${pushed.image}\n`);
  });
}

function buildOf(inputs: Inputs, repository: Build['repository'], tag: string): Build {
  const { templates, architecture } = inputs;
  return { repository, tag, commit: inputs.tag, templates, architecture };
}

/** The image by digest, built and pushed unless it is there already. `check` may refuse before anything is done. */
export async function pushImage(
  shell: DeployShell,
  aws: Aws,
  inputs: Inputs,
  check: (situation: Situation) => void = () => undefined,
): Promise<{ image: string }> {
  const situation = await readSituation(aws, inputs);
  check(situation);
  const { current, wanted, notes } = situation;
  for (const note of notes) shell.err(`note: ${note}\n`);
  const uri = wanted.names.repositoryUri;
  const build = buildOf(inputs, { name: inputs.repository, uri }, inputs.tag);
  await apply(
    [...planRepository(current.repository, wanted.repository), ...planImage(wanted)],
    contextOf(shell, aws, wanted, { push: () => buildAndPush(aws, shell.docker, build) }),
  );
  const digest = wanted.image.digest ?? (await pushedDigest(aws, build));
  return { image: `${uri}@${digest}` };
}

/** A pull request pushes to a repository of its own, which it may not even look at otherwise. */
async function pushPullRequest(shell: DeployShell, aws: Aws, inputs: Inputs): Promise<{ image: string }> {
  const names = namesOf(inputs, await readAccount(aws));
  const tag = `pr-${inputs.pullRequest}-${inputs.tag}`.slice(0, 128);
  const repository = { name: `${inputs.repository}-pr`, uri: `${names.repositoryUri}-pr` };
  await buildAndPush(aws, shell.docker, buildOf(inputs, repository, tag));
  return { image: `${repository.uri}:${tag}` };
}
