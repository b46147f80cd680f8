/** `og-deploy bootstrap`: prints the one-time set-up, or makes it. */
import { apply } from '../apply/apply.ts';
import { setUpOf } from '../wanted/set-up.ts';
import { partitionOf } from '../wanted/names.ts';
import { planSetUp } from '../plan/account.ts';
import { planText, table } from '../print.ts';
import { identityOf } from '../wanted/provider.ts';
import { readAccount } from '../current/read.ts';
import { readSetUp } from '../current/account.ts';
import { anyInputs, connectAws } from '../shell.ts';
import { wantedState } from '../wanted/wanted.ts';
import { progress } from './progress.ts';
import type { Aws } from '../aws/client.ts';
import type { SetUp } from '../wanted/set-up.ts';
import type { Inputs } from '../wanted/inputs.ts';
import type { Account } from '../wanted/names.ts';
import type { Shell } from '../shell.ts';

export interface BootstrapOptions {
  provider: string;
  apply: boolean;
  allowPrune: boolean;
  json: boolean;
}

export async function bootstrap(shell: Shell, options: BootstrapOptions): Promise<void> {
  // The URL's sort and its token are a release's business: neither is asked for here.
  const { OG_URL_AUTH: _auth, OG_TOKEN: _token, ...env } = shell.env;
  const inputs = anyInputs({ ...shell, env }, false);
  const identity = identityOf(options.provider, shell.env);
  const aws = connectAws(shell, inputs.region);
  try {
    // With the account's number given, the set-up can be printed and reviewed without any access to it.
    const given = options.apply ? undefined : shell.env['AWS_ACCOUNT_ID'];
    const account = given
      ? { id: given, partition: partitionOf(inputs.region) }
      : await readAccount(aws, inputs.region);
    const wanted = setUpOf(inputs, account, identity, options.allowPrune);
    if (options.apply) await make(shell, aws, inputs, account, wanted);
    if (options.json) shell.out(`${JSON.stringify(documentsOf(wanted), null, 2)}\n`);
    else if (options.apply) shell.out(variablesText(wanted));
    else shell.out(setUpText(wanted));
  } finally {
    aws.close();
  }
}

async function make(shell: Shell, aws: Aws, inputs: Inputs, account: Account, wanted: SetUp): Promise<void> {
  const current = await readSetUp(aws, wanted, account.id);
  const steps = planSetUp(current, wanted, inputs.region);
  shell.err(planText(steps, `Set-up of account ${account.id} in ${inputs.region}`));
  await apply(
    steps,
    {
      aws,
      wanted: wantedState(inputs, { account, digest: null, bucketKey: null, boundary: true }),
      push: () => Promise.resolve(),
      run: { version: null, proof: null, codeSha: null },
    },
    progress(shell),
  );
}

/** Everything that would be made, as one value for machines and for review. */
function documentsOf({ bucket, provider, boundary, repositories, roles }: SetUp) {
  return {
    bucket: bucket.name,
    provider,
    boundary,
    repositories,
    roles: [roles.deployer, roles.pullRequest, roles.caller].map(({ name, arn, trust, policy }) => ({
      name,
      arn,
      trust,
      policy,
    })),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function setUpText(wanted: SetUp): string {
  const { provider, boundary, repositories, roles } = wanted;
  const parts = [
    `# Bucket ${wanted.bucket.name}\n`,
    `# Identity provider ${provider.arn}\n# url ${provider.url}\n# audience ${provider.audience}\n`,
    `# Permissions boundary ${boundary.arn}\n${json(boundary.document)}`,
  ];
  for (const { arn, policy, lifecycle } of repositories) {
    const readers = policy === null ? '' : `# its policy\n${json(policy)}`;
    parts.push(
      `# Repository ${arn}, immutable tags, scan on push\n${readers}# its lifecycle\n${json(lifecycle)}`,
    );
  }
  for (const { arn, trust, policy } of [roles.deployer, roles.pullRequest, roles.caller])
    parts.push(`# Role ${arn}\n# who may assume it\n${json(trust)}# what it may do\n${json(policy)}`);
  return `${parts.join('\n')}\nNothing was changed. Add --apply to make all this.\n`;
}

function variablesText({ roles }: SetUp): string {
  return `Set up. AWS_ROLE_ARN is, in\n${table([
    ['production steps', roles.deployer.arn],
    ['pull requests (AWS_PR_ROLE_ARN)', roles.pullRequest.arn],
    ["a blog's build", roles.caller.arn],
  ])}`;
}
