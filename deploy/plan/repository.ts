/** Steps for the image repository and the image itself. */
import { holdsPolicy, parsePolicy } from '../wanted/policies.ts';
import { step } from './step.ts';
import type { CurrentRepository } from '../current/current.ts';
import type { Policy } from '../wanted/policies.ts';
import type { RepositorySpec } from '../wanted/spec.ts';
import type { Change, Operation, Step } from './step.ts';
import type { Wanted } from '../wanted/wanted.ts';

export function planRepository(found: CurrentRepository | null, repository: RepositorySpec): Step[] {
  const { arn, name } = repository;
  const stored = found?.policy;
  const lifecycle = found?.lifecycle;
  const steps: Step[] = [];
  const add = (operation: Operation, action: Step['action'], reason: string, change: Change): void => {
    steps.push(step('prepare', operation, action, arn, reason, change, name));
  };
  if (found === null)
    add({ do: 'repository.create', repository }, 'create', 'there is no such repository', {
      scanOnPush: { from: null, to: true },
      tags: { from: null, to: repository.immutable ? 'IMMUTABLE' : 'MUTABLE' },
    });
  if (found !== null && !found.scanOnPush)
    add({ do: 'repository.scan', repository }, 'update', 'images are not scanned when they are pushed', {
      scanOnPush: { from: false, to: true },
    });
  if (found !== null && repository.immutable && !found.tags.fixed)
    add(
      { do: 'repository.tags', repository },
      'update',
      'a tag could be moved away from an image in use, which would then expire',
      { tags: { from: found.tags.setting, to: 'IMMUTABLE' } },
    );
  if (repository.policy !== null && !holdsPolicy(stored, repository.policy))
    add(
      { do: 'repository.policy', repository, document: mergedPolicy(stored, repository.policy) },
      stored === undefined ? 'create' : 'update',
      'Lambda may not pull from it',
      { policy: { from: stored === undefined ? null : 'without this statement', to: 'LambdaPulls' } },
    );
  if (!sameJson(lifecycle, repository.lifecycle))
    add(
      { do: 'repository.lifecycle', repository },
      lifecycle === undefined ? 'create' : 'update',
      lifecycle === undefined
        ? 'left-overs would stay for ever'
        : 'the lifecycle policy is another, and could expire an image in use',
      {
        lifecycle: {
          from: lifecycle === undefined ? null : 'another',
          to: 'after 14 days, images that nobody uses',
        },
      },
    );
  return steps;
}

export function planImage(wanted: Wanted): Step[] {
  if (wanted.image.digest !== null) return [];
  const image = `${wanted.names.repositoryUri}:${wanted.image.tag}`;
  return [
    step('prepare', { do: 'image.push' }, 'push', image, 'no image of this commit is in the repository'),
  ];
}

/** The owner's own statements stay; one under our name, or that says the same, gives way to ours. */
function mergedPolicy(stored: string | undefined, wanted: Policy): string {
  const ours = new Set(wanted.Statement.map((statement) => statement['Sid']));
  const others = (parsePolicy(stored) ?? []).filter((statement) => !ours.has(statement.Sid));
  return JSON.stringify({ ...wanted, Statement: [...others, ...wanted.Statement] });
}

function sameJson(stored: string | undefined, wanted: unknown): boolean {
  if (stored === undefined) return false;
  try {
    return canonical(JSON.parse(stored)) === canonical(wanted);
  } catch {
    return false;
  }
}

/** JSON with its keys in order: AWS may give members back in another one. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, node: unknown) =>
    typeof node === 'object' && node !== null && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  );
}
