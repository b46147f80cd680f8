/** Steps for the Function URL and who may call it. Closing comes before a version goes live, opening after. */
import { ALIAS } from '../wanted/names.ts';
import { step } from './step.ts';
import type { CurrentFunction, Permission } from '../current/current.ts';
import type { PermissionName, Step } from './step.ts';
import type { Wanted } from '../wanted/wanted.ts';

/** Both are needed for a public URL: functions made since October 2025 answer 403 with the first alone. */
export const PERMISSIONS: Record<
  PermissionName,
  { sid: string; action: string; key: string; value: string }
> = {
  url: {
    sid: 'og-sync-url',
    action: 'lambda:InvokeFunctionUrl',
    key: 'lambda:FunctionUrlAuthType',
    value: 'NONE',
  },
  invoke: {
    sid: 'og-sync-url-invoke',
    action: 'lambda:InvokeFunction',
    key: 'lambda:InvokedViaFunctionUrl',
    value: 'true',
  },
};
const NAMES: PermissionName[] = ['url', 'invoke'];

export interface UrlSteps {
  closing: Step[];
  opening: Step[];
}

/** `found` null: the function is made anew, and nothing of its URL is left. */
export function planUrl(found: CurrentFunction | null, wanted: Wanted): UrlSteps {
  const arn = `${wanted.names.functionArn}:${ALIAS}`;
  const url = planAddress(found, wanted, arn);
  const permissions = found?.permissions ?? [];
  const removals = permissions
    .filter((permission) => isStale(permission, wanted))
    .map(({ sid }) =>
      step(
        { do: 'permission.remove', sid },
        'delete',
        arn,
        staleReason(wanted),
        { permission: { from: sid, to: null } },
        sid,
      ),
    );
  const additions = NAMES.filter(
    (name) => wanted.auth === 'NONE' && !permissions.some((permission) => isRight(permission, name)),
  ).map((name) =>
    step(
      { do: 'permission.add', permission: name },
      'create',
      arn,
      'a public URL needs both permissions, else it answers 403',
      { permission: { from: null, to: PERMISSIONS[name].action } },
      name,
    ),
  );
  // A version that trusts the URL's own check must never be behind a URL that checks nothing.
  return wanted.auth === 'AWS_IAM' && found?.url
    ? { closing: [...url, ...removals], opening: [] }
    : { closing: removals, opening: [...url, ...additions] };
}

function planAddress(found: CurrentFunction | null, wanted: Wanted, arn: string): Step[] {
  const url = found?.url ?? null;
  if (url === null)
    return [
      step({ do: 'url.create' }, 'create', arn, 'the alias has no Function URL', {
        auth: { from: null, to: wanted.auth },
      }),
    ];
  const change: Step['change'] = {};
  if (url.auth !== wanted.auth) change['auth'] = { from: url.auth, to: wanted.auth };
  if (url.cors) change['cors'] = { from: 'allowed', to: null };
  if (url.streaming) change['invokeMode'] = { from: 'RESPONSE_STREAM', to: 'BUFFERED' };
  return Object.keys(change).length === 0
    ? []
    : [step({ do: 'url.update' }, 'update', arn, 'the Function URL is set up otherwise', change)];
}

function isRight(permission: Permission, name: PermissionName): boolean {
  const { action, key, value } = PERMISSIONS[name];
  const conditions = Object.entries(permission.conditions);
  return (
    permission.open &&
    permission.actions.length === 1 &&
    permission.actions[0] === action &&
    conditions.length === 1 &&
    conditions.every(
      ([name, values]) => name.endsWith(`:${key}`) && values.join().toLowerCase() === value.toLowerCase(),
    )
  );
}

/** Conditions that narrow "anybody" down to callers somebody chose. */
const NARROWING =
  /:aws:(PrincipalOrgID|PrincipalOrgPaths|PrincipalArn|PrincipalAccount|SourceArn|SourceAccount)$/;

function isStale(permission: Permission, wanted: Wanted): boolean {
  const right = wanted.auth === 'NONE' && NAMES.some((name) => isRight(permission, name));
  if (right) return false;
  if (NAMES.some((name) => PERMISSIONS[name].sid === permission.sid)) return true;
  return permission.open && !Object.keys(permission.conditions).some((name) => NARROWING.test(name));
}

function staleReason(wanted: Wanted): string {
  return wanted.auth === 'AWS_IAM'
    ? 'anybody could call the function without signing'
    : 'it gives the public another right than the URL needs';
}
