/** Steps for the Function URLs and who may call them. */
import { DeployError } from '../error.ts';
import { ALIAS } from '../wanted/names.ts';
import { urlAuthOf } from '../wanted/wanted.ts';
import { step } from './step.ts';
import type { CurrentFunction, CurrentUrl, Door, Permission } from '../current/current.ts';
import type { UrlAccess, Wanted } from '../wanted/wanted.ts';
import type { Change, PermissionName, Step, UrlAuth } from './step.ts';

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

/** Makes the alias's URL and its permissions fit the version behind it. `found` null: nothing of them is there. */
export function planUrl(found: CurrentFunction | null, access: UrlAccess, functionArn: string): Step[] {
  const arn = `${functionArn}:${ALIAS}`;
  const auth = urlAuthOf(access);
  const permissions = found?.permissions ?? [];
  const removals = permissions
    .filter((permission) => isStale(permission, auth))
    .map(({ sid }) =>
      step(
        'close',
        { do: 'permission.remove', qualifier: ALIAS, sid },
        'delete',
        arn,
        auth === 'AWS_IAM'
          ? 'anybody could call the function without signing'
          : 'it gives the public another right than the URL needs',
        { permission: { from: sid, to: null } },
        sid,
      ),
    );
  const missing = NAMES.filter(
    (name) => auth === 'NONE' && !permissions.some((permission) => isRight(permission, name)),
  );
  const additions = missing.map((name) =>
    step(
      'open',
      { do: 'permission.add', permission: name },
      'create',
      arn,
      'a public URL needs both permissions, else it answers 403',
      { permission: { from: null, to: PERMISSIONS[name].action } },
      name,
    ),
  );
  return [...planAddress(found?.url ?? null, auth, arn), ...removals, ...additions];
}

function planAddress(url: CurrentUrl | null, auth: UrlAuth, arn: string): Step[] {
  if (url === null)
    return [
      step('open', { do: 'url.create', auth }, 'create', arn, 'the alias has no Function URL', {
        auth: { from: null, to: auth },
      }),
    ];
  const change: Change = {};
  if (url.auth !== auth) change['auth'] = { from: url.auth, to: auth };
  if (url.cors !== null) change['cors'] = { from: url.cors, to: null };
  if (url.streaming) change['invokeMode'] = { from: 'RESPONSE_STREAM', to: 'BUFFERED' };
  if (Object.keys(change).length === 0) return [];
  const phase = auth === 'AWS_IAM' ? 'close' : 'open';
  return [
    step(phase, { do: 'url.update', auth }, 'update', arn, 'the Function URL is set up otherwise', change),
  ];
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
  /:aws:(PrincipalOrgID|PrincipalOrgPaths|PrincipalArn|PrincipalAccount|SourceArn|SourceAccount)$/i;

function isPublic({ open, conditions }: Permission): boolean {
  return open && !Object.keys(conditions).some((name) => NARROWING.test(name));
}

function isStale(permission: Permission, auth: UrlAuth): boolean {
  if (auth === 'NONE' && NAMES.some((name) => isRight(permission, name))) return false;
  return NAMES.some((name) => PERMISSIONS[name].sid === permission.sid) || isPublic(permission);
}

/** What strangers can do through a door that this tool does not keep, in words; empty where they can do nothing. */
export function dangersOf({ url, permissions }: Door): string[] {
  const dangers: string[] = [];
  if (url !== null && url.auth !== 'AWS_IAM')
    dangers.push(`its URL ${url.url} asks nobody to sign (${url.auth})`);
  if (url !== null && url.cors !== null)
    dangers.push(`its URL ${url.url} answers web pages of ${url.cors} (CORS)`);
  for (const { sid, actions } of permissions.filter(isPublic))
    dangers.push(`its permission ${sid} gives ${actions.join(' and ')} to anybody`);
  return dangers;
}

/**
 * Takes away the doors beside the alias that are open to strangers, and others that are named.
 * @throws DeployError `not_replaced` for an open one that is not named.
 */
export function planOtherDoors(found: CurrentFunction, wanted: Wanted, replace: readonly string[]): Step[] {
  const { functionName, names } = wanted;
  return found.otherDoors.flatMap((door) => {
    const { qualifier, url, permissions } = door;
    const dangers = dangersOf(door);
    const name = `${functionName}:${qualifier}`;
    const named = replace.includes(name) || replace.includes(functionName);
    if (dangers.length > 0 && !named)
      throw new DeployError(
        'not_replaced',
        `There is another way into the function, at ${qualifier}, which og-deploy did not make: ${dangers.join('; ')}. Nothing was changed.`,
        `Say --replace '${name}' to have it taken away, once whoever uses it can do without. docs/deploy.md describes the way, under "From a script of your own".`,
      );
    if (!named) return [];
    const arn = `${names.functionArn}:${qualifier}`;
    const reason = 'og-deploy keeps one way in, the alias, and this one was named to be replaced';
    const urls =
      url === null
        ? []
        : [
            step(
              'retire',
              { do: 'url.delete', qualifier },
              'delete',
              arn,
              reason,
              {
                url: { from: url.url, to: null },
                auth: { from: url.auth, to: null },
                cors: { from: url.cors, to: null },
              },
              qualifier,
            ),
          ];
    const removals = permissions
      .filter(isPublic)
      .map(({ sid }) =>
        step(
          'retire',
          { do: 'permission.remove', qualifier, sid },
          'delete',
          arn,
          reason,
          { permission: { from: sid, to: null } },
          `${qualifier}:${sid}`,
        ),
      );
    return [...urls, ...removals];
  });
}
