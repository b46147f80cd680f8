/** Says what is too wide in a policy: every wildcard and every missing condition that could let a pipeline grow its rights. */
import { parsePolicy } from '../wanted/policies.ts';
import type { Statement } from '../wanted/policies.ts';

/** AWS knows no resource for these: a star is the only one that works. */
const WITHOUT_RESOURCE = new Set(['ecr:GetAuthorizationToken']);
/** These change a role: only where the role stays within a boundary. */
const BOUNDED =
  /^iam:(CreateRole|PutRolePolicy|DeleteRolePolicy|DetachRolePolicy|PutRolePermissionsBoundary)$/;
/** No pipeline needs these. */
const FORBIDDEN =
  /^(iam:(CreateUser|CreateAccessKey|CreatePolicyVersion|SetDefaultPolicyVersion|DeleteRolePermissionsBoundary|CreateLoginProfile|AddUserToGroup|CreatePolicy)|sts:AssumeRole)$/;

export interface CheckOptions {
  account: string;
  /** A resource policy or a trust names who, not what. */
  kind: 'identity' | 'resource' | 'trust';
}

/** The complaints, each naming the statement; empty for a sound policy. */
export function checkPolicy(policy: unknown, options: CheckOptions): string[] {
  const statements = parsePolicy(JSON.stringify(policy));
  if (statements === null) return ['it is no policy'];
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) =>
      complaints(statement, options).map((complaint) => `${statement.Sid ?? '(no Sid)'}: ${complaint}`),
    );
}

function complaints(statement: Statement, options: CheckOptions): string[] {
  const found: string[] = [];
  const actions = statement.Action ?? [];
  for (const name of ['NotAction', 'NotResource', 'NotPrincipal'])
    if (name in statement) found.push(`${name} allows everything else`);
  for (const action of actions) {
    if (action.includes('*')) found.push(`the action ${action} has a wildcard`);
    if (FORBIDDEN.test(action) && options.kind === 'identity')
      found.push(`${action} lets a pipeline grow its rights`);
    if (BOUNDED.test(action) && !condition(statement, 'iam:PermissionsBoundary'))
      found.push(`${action} without a condition on iam:PermissionsBoundary`);
    if (
      action === 'iam:PassRole' &&
      condition(statement, 'iam:PassedToService')?.join() !== 'lambda.amazonaws.com'
    )
      found.push('iam:PassRole without iam:PassedToService lambda.amazonaws.com');
    if (action === 'iam:AttachRolePolicy' && !condition(statement, 'iam:PolicyARN'))
      found.push('iam:AttachRolePolicy without a condition on iam:PolicyARN');
  }
  if (options.kind === 'identity') found.push(...resourceComplaints(statement, actions, options.account));
  if (options.kind === 'trust') found.push(...trustComplaints(statement));
  if (options.kind === 'resource' && JSON.stringify(statement['Principal']).includes('*'))
    found.push('anybody is a principal');
  return found;
}

function resourceComplaints(statement: Statement, actions: string[], account: string): string[] {
  const found: string[] = [];
  for (const resource of statement.Resource ?? ['(none)']) {
    if (resource === '*') {
      const wide = actions.filter((action) => !WITHOUT_RESOURCE.has(action));
      if (wide.length > 0) found.push(`the resource * for ${wide.join(', ')}`);
      continue;
    }
    const [, , service, , owner, ...rest] = resource.split(':');
    // The ARN of a bucket has no account: a condition has to name it.
    if (service === 's3' && condition(statement, 'aws:ResourceAccount')?.join() !== account)
      found.push(`${resource} may be in another account`);
    if (service !== 's3' && owner !== account) found.push(`${resource} names no account`);
    if (/^(\*|role\/\*|function:\*|repository\/\*)/.test(rest.join(':')))
      found.push(`${resource} is everything of its kind`);
  }
  return found;
}

function trustComplaints(statement: Statement): string[] {
  if (!(statement.Action ?? []).includes('sts:AssumeRoleWithWebIdentity')) return [];
  const keys = Object.values(statement.Condition ?? {}).flatMap((keys) => Object.keys(keys));
  const found: string[] = [];
  if (!keys.some((key) => key.endsWith(':aud'))) found.push('no condition on the audience');
  const subjects = Object.values(statement.Condition ?? {}).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, values]) => (key.endsWith(':sub') ? values : [])),
  );
  if (subjects.length === 0) found.push('no condition on the subject');
  for (const subject of subjects)
    if (/^[^:]*\*/.test(subject) || /^\w+:\*/.test(subject))
      found.push(`the subject ${subject} is any repository`);
  return found;
}

function condition(statement: Statement, key: string): string[] | undefined {
  return statement.Condition?.['StringEquals']?.[key];
}
