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
  | { do: 'function.trial' }
  | { do: 'function.delete' }
  | { do: 'function.create' }
  | { do: 'function.code' }
  | { do: 'function.configuration' }
  | { do: 'function.concurrency'; value: number | 'none' }
  | { do: 'version.publish' }
  // version null: the one this run has just published.
  | { do: 'version.smoke'; version: string | null }
  | { do: 'version.delete'; version: string }
  | { do: 'alias.create'; version: string | null }
  | { do: 'alias.update'; version: string | null }
  | { do: 'url.create'; auth: UrlAuth }
  | { do: 'url.update'; auth: UrlAuth }
  | { do: 'url.delete'; qualifier: string }
  | { do: 'permission.add'; permission: PermissionName }
  | { do: 'permission.remove'; qualifier: string; sid: string }
  | { do: 'bucket.create'; bucket: string; arn: string; region: string }
  | { do: 'provider.create'; provider: ProviderSpec }
  | { do: 'provider.audience'; provider: ProviderSpec }
  | { do: 'policy.create'; policy: ManagedPolicySpec }
  | { do: 'policy.version'; policy: ManagedPolicySpec };

export type PermissionName = 'url' | 'invoke';
export type UrlAuth = 'AWS_IAM' | 'NONE';

/**
 * When a step is taken. A plan is its steps in this order.
 *
 * - prepare: what the function needs; nothing that is live changes.
 * - trial: the image proves itself in a function of its own, because the next phase takes something away.
 * - retire: what this tool does not keep is taken away, with the owner's consent.
 * - change: the function's code and configuration; the live version is not touched.
 * - prove: a version is published and renders a card.
 * - close: the URL and its permissions, as far as they get narrower.
 * - move: the alias.
 * - open: the URL and its permissions, as far as they get wider. A version that relies on its URL's check is therefore
 *   never behind a URL that checks nothing.
 * - stop: a function that is to be stopped is stopped last.
 * - tidy: old versions. A failure here is a warning: the release is done.
 */
const PHASES = [
  'prepare',
  'trial',
  'retire',
  'change',
  'prove',
  'close',
  'move',
  'open',
  'stop',
  'tidy',
] as const;
export type Phase = (typeof PHASES)[number];

export interface Step {
  /** Unique in a plan. */
  id: string;
  phase: Phase;
  action: 'create' | 'update' | 'delete' | 'push' | 'publish' | 'test';
  resource: string;
  reason: string;
  change: Change;
  operation: Operation;
}

/** A step whose id is its operation, and `of` where one plan may hold several of them. */
export function step(
  phase: Phase,
  operation: Operation,
  action: Step['action'],
  resource: string,
  reason: string,
  change: Change = {},
  of?: string,
): Step {
  const id = of === undefined ? operation.do : `${operation.do}:${of}`;
  return { id, phase, action, resource, reason, change, operation };
}

/** The steps as they are taken; those of one phase stay in their order. */
export function inOrder(steps: readonly Step[]): Step[] {
  return PHASES.flatMap((phase) => steps.filter((step) => step.phase === phase));
}

/** What is left of a plan when nothing is to be proven. */
export function unproven(steps: readonly Step[]): Step[] {
  return steps.filter(({ action }) => action !== 'test');
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
