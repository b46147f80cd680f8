/** `og-deploy bootstrap`: prints the one-time set-up, or makes it. */
import { apply } from '../apply/apply.ts';
import { readSetUp } from '../current/account.ts';
import { readAccount } from '../current/read.ts';
import { planSetUp } from '../plan/account.ts';
import { planText, table } from '../print.ts';
import { anyInputs, withAws } from '../shell.ts';
import { partitionOf } from '../wanted/partitions.ts';
import { GUARDS, identityOf } from '../wanted/provider.ts';
import { setUpOf } from '../wanted/set-up.ts';
import { wantedState } from '../wanted/wanted.ts';
import { contextOf } from './context.ts';
import type { Aws } from '../aws/client.ts';
import type { DeployShell } from '../shell.ts';
import type { Inputs } from '../wanted/inputs.ts';
import type { Account } from '../wanted/names.ts';
import type { SetUp } from '../wanted/set-up.ts';

export interface BootstrapOptions {
  provider: string;
  /** What keeps other branches from deploying; asked for when it is not given. */
  guard: string | undefined;
  apply: boolean;
  allowPrune: boolean;
  json: boolean;
}

export async function bootstrap(shell: DeployShell, options: BootstrapOptions): Promise<void> {
  // The token is a release's business; of the URL's sort only the deployer's rights follow.
  const { OG_URL_AUTH: auth, OG_TOKEN: _token, ...env } = shell.env;
  const inputs = anyInputs({ ...shell, env }, false);
  const guard = options.guard ?? (options.provider === 'bitbucket' ? await askForGuard(shell) : undefined);
  const identity = identityOf(options.provider, shell.env, guard);
  const allowed = { prune: options.allowPrune, publicUrl: auth === 'NONE' };
  await withAws(shell, inputs.region, async (aws) => {
    // With the account's number given, the set-up can be printed and reviewed without any access to it.
    const given = options.apply ? undefined : shell.env['AWS_ACCOUNT_ID'];
    const account = given
      ? { id: given, partition: partitionOf(inputs.region) ?? 'aws' }
      : await readAccount(aws);
    const wanted = setUpOf(inputs, account, identity, allowed);
    if (options.apply) await make(shell, aws, inputs, account, wanted);
    if (options.json) shell.out(`${JSON.stringify(documentsOf(wanted), null, 2)}\n`);
    else if (options.apply) shell.out(variablesText(wanted));
    else shell.out(setUpText(wanted));
    shell.err(`note: ${identity.holds}\n`);
  });
}

async function askForGuard(shell: DeployShell): Promise<string | undefined> {
  if (shell.ask === null) return undefined;
  const names = Object.keys(GUARDS);
  const answer = await shell.ask(
    `On Bitbucket every branch can name the production environment in its own pipeline file.\nWhat keeps other branches from deploying here?\n${names.map((name, index) => `  ${index + 1}  ${name}\n`).join('')}1 or 2: `,
  );
  return names[Number(answer) - 1] ?? answer.trim();
}

async function make(
  shell: DeployShell,
  aws: Aws,
  inputs: Inputs,
  account: Account,
  setUp: SetUp,
): Promise<void> {
  const steps = planSetUp(await readSetUp(aws, setUp, account.id), setUp, inputs.region);
  shell.err(planText(steps, `Set-up of account ${account.id} in ${inputs.region}`));
  const wanted = wantedState(inputs, { account, digest: null, bucketKey: null, boundary: true });
  await apply(steps, contextOf(shell, aws, wanted));
}

/** Everything that would be made, as one value for machines and for review. */
function documentsOf({ bucket, provider, boundary, repositories, roles }: SetUp) {
  return {
    bucket: bucket.name,
    provider,
    boundary,
    repositories,
    roles: Object.values(roles).map(({ name, arn, trust, policy }) => ({ name, arn, trust, policy })),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function setUpText({ bucket, provider, boundary, repositories, roles }: SetUp): string {
  const parts = [
    `# Bucket ${bucket.name}\n`,
    `# Identity provider ${provider.arn}\n# url ${provider.url}\n# audience ${provider.audience}\n`,
    `# Permissions boundary ${boundary.arn}\n${json(boundary.document)}`,
  ];
  for (const { arn, policy, lifecycle } of repositories) {
    const readers = policy === null ? '' : `# its policy\n${json(policy)}`;
    parts.push(
      `# Repository ${arn}, immutable tags, scan on push\n${readers}# its lifecycle\n${json(lifecycle)}`,
    );
  }
  for (const { arn, trust, policy } of Object.values(roles))
    parts.push(`# Role ${arn}\n# who may assume it\n${json(trust)}# what it may do\n${json(policy)}`);
  return `${parts.join('\n')}\nNothing was changed. Add --apply to make all this.\n`;
}

function variablesText({ roles }: SetUp): string {
  return `Set up. The roles are, in\n${table([
    ['production steps (AWS_ROLE_ARN)', roles.deployer.arn],
    ['the step that plans (AWS_PLAN_ROLE_ARN)', roles.plan.arn],
    ['pull requests (AWS_PR_ROLE_ARN)', roles.pullRequest.arn],
    ["a blog's build (AWS_ROLE_ARN there)", roles.caller.arn],
  ])}`;
}
