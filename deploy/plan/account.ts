/** Steps of the one-time set-up. */
import { samePolicy } from '../wanted/policies.ts';
import { step } from './step.ts';
import { planRepository } from './repository.ts';
import { planRole } from './role.ts';
import type { SetUp } from '../wanted/set-up.ts';
import type { CurrentRepository, CurrentRole } from '../current/current.ts';
import type { Step } from './step.ts';

export interface CurrentSetUp {
  bucket: boolean;
  /** Audiences of the identity provider; null: there is none. */
  audiences: string[] | null;
  /** The boundary's document; null: there is none. */
  boundary: string | null;
  /** In the order of the wanted ones. */
  repositories: (CurrentRepository | null)[];
  roles: (CurrentRole | null)[];
}

export function planSetUp(current: CurrentSetUp, wanted: SetUp, region: string): Step[] {
  const { bucket, provider, boundary: policy } = wanted;
  const steps: Step[] = [];
  if (!current.bucket)
    steps.push(
      step(
        'prepare',
        { do: 'bucket.create', bucket: bucket.name, arn: bucket.arn, region },
        'create',
        bucket.arn,
        'there is no bucket for the images',
      ),
    );
  const audience = { audience: { from: null, to: provider.audience } };
  if (current.audiences === null)
    steps.push(
      step(
        'prepare',
        { do: 'provider.create', provider },
        'create',
        provider.arn,
        'this account trusts no tokens of the pipeline',
        audience,
      ),
    );
  else if (!current.audiences.includes(provider.audience))
    steps.push(
      step(
        'prepare',
        { do: 'provider.audience', provider },
        'update',
        provider.arn,
        'tokens for this audience are not trusted',
        audience,
      ),
    );
  if (current.boundary === null)
    steps.push(
      step(
        'prepare',
        { do: 'policy.create', policy },
        'create',
        policy.arn,
        'there is no permissions boundary',
      ),
    );
  else if (!samePolicy(current.boundary, policy.document))
    steps.push(
      step(
        'prepare',
        { do: 'policy.version', policy },
        'update',
        policy.arn,
        'the permissions boundary is another',
      ),
    );
  for (const [index, repository] of wanted.repositories.entries())
    steps.push(...planRepository(current.repositories[index] ?? null, repository));
  for (const [index, role] of Object.values(wanted.roles).entries())
    steps.push(...planRole(current.roles[index] ?? null, role));
  return steps;
}
