/** One step of a plan: what a person reads, and what apply does. */
import type { ManagedPolicySpec, ProviderSpec, RepositorySpec, RoleSpec } from '../wanted/spec.ts';

export type Change = Record<string, { from: unknown; to: unknown }>;

/** What apply carries out. Everything it needs beside this is in the wanted state. */
export type Operation =
  | { do: 'repository.create'; repository: RepositorySpec }
  | { do: 'repository.policy'; repository: RepositorySpec; document: string }
  | { do: 'repository.lifecycle'; repository: RepositorySpec }
  | { do: 'repository.scan'; repository: RepositorySpec }
  | { do: 'repository.tags'; repository: RepositorySpec }
  | { do: 'image.push' }
  | { do: 'logs.create' }
  | { do: 'logs.retention' }
  | { do: 'role.create'; role: RoleSpec }
  | { do: 'role.trust'; role: RoleSpec }
  | { do: 'role.boundary'; role: RoleSpec; boundaryArn: string }
  | { do: 'role.policy'; role: RoleSpec }
  | { do: 'role.policy.delete'; role: RoleSpec; name: string }
  | { do: 'role.detach'; role: RoleSpec; arn: string }
  | { do: 'function.delete' }
  | { do: 'function.create' }
  | { do: 'function.code' }
  | { do: 'function.configuration' }
  | { do: 'function.concurrency'; value: number }
  | { do: 'version.publish' }
  // version null: the one this run has just published.
  | { do: 'version.smoke'; version: string | null }
  | { do: 'version.delete'; version: string }
  | { do: 'alias.create'; version: string | null }
  | { do: 'alias.update'; version: string | null }
  | { do: 'url.create' }
  | { do: 'url.update' }
  | { do: 'permission.add'; permission: PermissionName }
  | { do: 'permission.remove'; sid: string }
  | { do: 'bucket.create'; bucket: string; arn: string; region: string }
  | { do: 'provider.create'; provider: ProviderSpec }
  | { do: 'provider.audience'; provider: ProviderSpec }
  | { do: 'policy.create'; policy: ManagedPolicySpec }
  | { do: 'policy.version'; policy: ManagedPolicySpec };

export type PermissionName = 'url' | 'invoke';

export interface Step {
  /** Unique in a plan. */
  id: string;
  action: 'create' | 'update' | 'delete' | 'push' | 'publish' | 'test';
  resource: string;
  reason: string;
  change: Change;
  operation: Operation;
}

/** A step whose id is its operation, and `of` where one plan may hold several of them. */
export function step(
  operation: Operation,
  action: Step['action'],
  resource: string,
  reason: string,
  change: Change = {},
  of?: string,
): Step {
  const id = of === undefined ? operation.do : `${operation.do}:${of}`;
  return { id, action, resource, reason, change, operation };
}

/** The members of two flat objects that differ; null stands for "not there". */
export function difference(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): Change {
  const change: Change = {};
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)]))
    if (from[name] !== to[name]) change[name] = { from: from[name] ?? null, to: to[name] ?? null };
  return change;
}
