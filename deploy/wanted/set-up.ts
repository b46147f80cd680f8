/** The one-time set-up, as specifications of what should be there. Pure. */
import { namesOf } from './names.ts';
import { fill, TEMPLATES } from './policies.ts';
import { policyValues } from './wanted.ts';
import type { Inputs } from './inputs.ts';
import type { Account } from './names.ts';
import type { Policy } from './policies.ts';
import type { Identity } from './provider.ts';
import type { ManagedPolicySpec, ProviderSpec, RepositorySpec, RoleSpec } from './spec.ts';

export interface SetUp {
  bucket: { name: string; arn: string };
  provider: ProviderSpec;
  boundary: ManagedPolicySpec;
  /** The main one, and the one for pull requests. */
  repositories: RepositorySpec[];
  roles: Record<'deployer' | 'plan' | 'pullRequest' | 'caller', RoleSpec>;
}

export interface Allowed {
  /** The role of a blog may delete orphans. */
  prune: boolean;
  /** The deployer may open the Function URL to the public. */
  publicUrl: boolean;
}

export type SetUpInputs = Pick<Inputs, 'region' | 'functionName' | 'repository' | 'bucket' | 'prefix'>;

export function setUpOf(inputs: SetUpInputs, account: Account, identity: Identity, allowed: Allowed): SetUp {
  const names = namesOf(inputs, account);
  const values = policyValues(inputs, account);
  const issuer = identity.issuer.replace('https://', '');
  const iam = `arn:${account.partition}:iam::${account.id}`;
  const provider: ProviderSpec = {
    arn: `${iam}:oidc-provider/${issuer}`,
    url: identity.issuer,
    audience: identity.audience,
  };
  const role = (kind: string, subjects: string[], policy: Policy, description: string): RoleSpec => ({
    name: `${inputs.functionName}-${kind}`,
    arn: `${iam}:role/${inputs.functionName}-${kind}`,
    description,
    trust: fill<Policy>(TEMPLATES.trust, {
      PROVIDER_ARN: provider.arn,
      ISSUER: issuer,
      AUDIENCE: identity.audience,
      SUBJECT: subjects,
    }),
    policy,
    policyName: names.policyName,
    boundaryArn: null,
    exclusive: false,
  });
  const policy = (...templates: Policy[]): Policy => ({
    Version: '2012-10-17',
    Statement: templates.flatMap((template) => fill(template, values).Statement),
  });
  return {
    bucket: { name: inputs.bucket, arn: names.bucketArn },
    provider,
    boundary: {
      name: `${inputs.functionName}-boundary`,
      arn: names.boundaryArn,
      description: `The most that the execution role of ${inputs.functionName} can ever be given.`,
      document: fill(TEMPLATES.boundary, values),
    },
    repositories: [
      {
        name: inputs.repository,
        arn: names.repositoryArn,
        policy: fill(TEMPLATES.repository, values),
        lifecycle: TEMPLATES.lifecycle,
        immutable: true,
      },
      {
        name: `${inputs.repository}-pr`,
        arn: `${names.repositoryArn}-pr`,
        policy: null,
        lifecycle: TEMPLATES.lifecyclePullRequest,
        // The same commit may be built twice, and nothing runs from here.
        immutable: false,
      },
    ],
    roles: {
      deployer: role(
        'deployer',
        identity.deployer,
        policy(TEMPLATES.deployer, ...(allowed.publicUrl ? [TEMPLATES.deployerPublic] : [])),
        'Production steps deploy og-sync.',
      ),
      plan: role(
        'plan',
        identity.plan,
        policy(TEMPLATES.plan),
        'Any branch may see what a release would do.',
      ),
      pullRequest: role(
        'pull-request',
        identity.pullRequest,
        policy(TEMPLATES.pullRequest),
        'Pull requests push images that are never run.',
      ),
      caller: role(
        'caller',
        identity.caller,
        policy(TEMPLATES.caller, ...(allowed.prune ? [TEMPLATES.prune] : [])),
        "A blog's build calls og-sync.",
      ),
    },
  };
}
