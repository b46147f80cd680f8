/** `og-deploy image`: the repository as it should be, the image of this commit in it. */
import { apply } from '../apply/apply.ts';
import { buildAndPush, pushedDigest } from '../apply/image.ts';
import { namesOf } from '../wanted/names.ts';
import { planImage, planRepository } from '../plan/repository.ts';
import { readAccount, readSituation } from '../current/read.ts';
import { connectAws, releaseInputs } from '../shell.ts';
import { progress } from './progress.ts';
import type { Aws } from '../aws/client.ts';
import type { Inputs } from '../wanted/inputs.ts';
import type { Shell } from '../shell.ts';

export async function image(shell: Shell, options: { json: boolean }): Promise<void> {
  const inputs = await releaseInputs(shell, true);
  const aws = connectAws(shell, inputs.region);
  try {
    const pushed = await (inputs.pullRequest === null
      ? pushImage(shell, aws, inputs)
      : pushPullRequest(shell, aws, inputs));
    shell.out(options.json ? `${JSON.stringify(pushed)}\n` : `${pushed.image}\n`);
  } finally {
    aws.close();
  }
}

/** The image by digest, built and pushed unless it is there already. */
export async function pushImage(shell: Shell, aws: Aws, inputs: Inputs): Promise<{ image: string }> {
  const { current, wanted, notes } = await readSituation(aws, inputs);
  for (const note of notes) shell.err(`note: ${note}\n`);
  const { name, arn } = wanted.repository;
  const uri = wanted.names.repositoryUri;
  const build = {
    repository: { name, arn, uri },
    tag: inputs.tag,
    commit: inputs.tag,
    templates: inputs.templates,
    architecture: inputs.architecture,
  };
  await apply(
    [...planRepository(current.repository, wanted.repository), ...planImage(wanted)],
    {
      aws,
      wanted,
      push: () => buildAndPush(aws, shell.docker, build),
      run: { version: null, proof: null, codeSha: null },
    },
    progress(shell),
  );
  const digest = wanted.image.digest ?? (await pushedDigest(aws, build));
  return { image: `${uri}@${digest}` };
}

/** A pull request pushes to a repository of its own, which it may not even look at otherwise. */
async function pushPullRequest(shell: Shell, aws: Aws, inputs: Inputs): Promise<{ image: string }> {
  const account = await readAccount(aws, inputs.region);
  const names = namesOf(inputs, account);
  const tag = `pr-${inputs.pullRequest}-${inputs.tag}`.slice(0, 128);
  const repository = {
    name: `${inputs.repository}-pr`,
    arn: `${names.repositoryArn}-pr`,
    uri: `${names.repositoryUri}-pr`,
  };
  await buildAndPush(aws, shell.docker, {
    repository,
    tag,
    commit: inputs.tag,
    templates: inputs.templates,
    architecture: inputs.architecture,
  });
  return { image: `${repository.uri}:${tag}` };
}
