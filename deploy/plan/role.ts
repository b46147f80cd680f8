/** Steps for the execution role and the log group. */
import { DeployError } from '../error.ts';
import { samePolicy } from '../wanted/policies.ts';
import { step } from './step.ts';
import type { Current, CurrentRole } from '../current/current.ts';
import type { RoleSpec } from '../wanted/spec.ts';
import type { Change, Operation, Step } from './step.ts';
import type { Wanted } from '../wanted/wanted.ts';

export function planLogs(current: Current, wanted: Wanted): Step[] {
  const arn = wanted.names.logGroupArn;
  const change = { retentionDays: { from: current.logGroup?.retention ?? null, to: wanted.retention } };
  if (current.logGroup === null)
    return [
      step(
        'prepare',
        { do: 'logs.create' },
        'create',
        arn,
        'there is no log group: Lambda would make one that keeps everything for ever',
        change,
      ),
    ];
  if (current.logGroup.retention === wanted.retention) return [];
  return [step('prepare', { do: 'logs.retention' }, 'update', arn, 'logs are kept for another time', change)];
}

export function planRole(found: CurrentRole | null, role: RoleSpec): Step[] {
  const steps: Step[] = [];
  const add = (
    operation: Operation,
    action: Step['action'],
    reason: string,
    change: Change,
    of?: string,
  ): void => {
    steps.push(
      step(
        'prepare',
        operation,
        action,
        role.arn,
        reason,
        change,
        of === undefined ? role.name : `${role.name}:${of}`,
      ),
    );
  };
  const { boundaryArn } = role;
  if (found === null)
    add(
      { do: 'role.create', role },
      'create',
      'there is no such role',
      boundaryArn === null ? {} : { boundary: { from: null, to: boundaryArn } },
    );
  if (found !== null && !samePolicy(found.trust, role.trust))
    add({ do: 'role.trust', role }, 'update', 'others may assume it, or those who should may not', {
      trust: { from: 'another', to: trusted(role) },
    });
  if (found !== null && boundaryArn !== null && found.boundaryArn !== boundaryArn)
    add({ do: 'role.boundary', role, boundaryArn }, 'update', 'it lacks the permissions boundary', {
      boundary: { from: found.boundaryArn, to: boundaryArn },
    });
  const stored = found?.policies[role.policyName];
  if (!samePolicy(stored, role.policy))
    add(
      { do: 'role.policy', role },
      stored === undefined ? 'create' : 'update',
      stored === undefined ? 'it lacks its policy' : 'its policy is another',
      { policy: { from: stored === undefined ? null : 'another', to: granted(role) } },
    );
  if (found === null || !role.exclusive) return steps;

  const surplus = 'the function needs no other right';
  for (const name of Object.keys(found.policies).sort())
    if (name !== role.policyName)
      add(
        { do: 'role.policy.delete', role, name },
        'delete',
        surplus,
        { policy: { from: name, to: null } },
        name,
      );
  for (const arn of [...found.attached].sort())
    add({ do: 'role.detach', role, arn }, 'delete', surplus, { attached: { from: arn, to: null } }, arn);
  return steps;
}

/**
 * The execution role loses every policy that is not ours; a role of that name that something else made keeps its own.
 * @throws DeployError `not_replaced` unless it is named.
 */
export function refuseForeignRole(
  found: CurrentRole | null,
  { role }: Wanted,
  replace: readonly string[],
): void {
  if (found === null || found.policies[role.policyName] !== undefined || replace.includes(role.name)) return;
  const others = [...Object.keys(found.policies), ...found.attached];
  if (others.length === 0) return;
  throw new DeployError(
    'not_replaced',
    `Role ${role.name} is there, and og-deploy did not make it: a release would take away ${others.join(', ')}. Nothing was changed.`,
    `Choose another FUNCTION_NAME, from which the role's name follows, or say --replace ${role.name}.`,
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function trusted(role: RoleSpec): string {
  return role.trust.Statement.map(({ Principal }) => text(Principal)).join(', ');
}

function granted(role: RoleSpec): string {
  return role.policy.Statement.map(({ Sid }) => text(Sid)).join(', ');
}
