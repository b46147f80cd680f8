/** Steps for the function itself: code, configuration, concurrency. */
import { DeployError } from '../error.ts';
import { ALIAS } from '../wanted/names.ts';
import { difference, step } from './step.ts';
import type { CurrentFunction } from '../current/current.ts';
import type { Change, Step } from './step.ts';
import type { FunctionSettings, Wanted } from '../wanted/wanted.ts';

/** Environment values that no plan may show. */
const SECRET = new Set(['environment.OG_TOKEN']);

/**
 * Code and configuration.
 * @throws DeployError `not_replaced` for a function that would have to be deleted and is not named.
 */
export function planFunction(
  found: CurrentFunction | null,
  wanted: Wanted,
  replace: readonly string[],
): Step[] {
  const arn = wanted.names.functionArn;
  const create = (reason: string): Step =>
    step('change', { do: 'function.create' }, 'create', arn, reason, creation(wanted));
  if (found === null) return [create('there is no such function')];
  const replaced = replacement(found);
  if (replaced === null) {
    const changes = [...code(found, wanted), ...configuration(found, wanted)];
    if (changes.length === 0 || !isForeign(found)) return changes;
    if (!replace.some((name) => name.split(':')[0] === wanted.functionName))
      throw new DeployError(
        'not_replaced',
        `Function ${wanted.functionName} is there, and og-deploy did not make it: it has neither an alias "${ALIAS}" nor OG_BUCKET. A release would replace its code, its configuration and its role. Nothing was changed.`,
        `Choose another FUNCTION_NAME, or say --replace ${wanted.functionName} to have it taken over.`,
      );
    return [trial(wanted), ...changes];
  }
  const { reason, inUse } = replaced;
  if (inUse && !replace.includes(wanted.functionName))
    throw new DeployError(
      'not_replaced',
      `Function ${wanted.functionName} is there and would have to be deleted: ${reason}. Nothing was changed.`,
      `Choose another FUNCTION_NAME, or say --replace ${wanted.functionName} to have it deleted with its versions, aliases and URLs.`,
    );
  return [
    ...(inUse ? [trial(wanted)] : []),
    step('change', { do: 'function.delete' }, 'delete', arn, reason),
    create('it is made anew from the image'),
  ];
}

/** The proof that comes before anything that is in use is taken away. */
export function trial(wanted: Wanted): Step {
  return step(
    'trial',
    { do: 'function.trial' },
    'test',
    wanted.names.trialArn,
    'the image renders a card in a function of its own, before anything is taken away',
  );
}

/** A function of the same name that something else made: no release has ever got as far as its configuration. */
function isForeign({ alias, settings }: CurrentFunction): boolean {
  return alias === null && settings.environment['OG_BUCKET'] === undefined;
}

/** Why the function cannot be changed where it is, and whether somebody may be using it; null: it can. */
export function replacement(found: CurrentFunction): { reason: string; inUse: boolean } | null {
  if (found.packageType !== 'Image')
    return {
      reason: `its code is a ${found.packageType}, and the package type of a function cannot be changed`,
      inUse: true,
    };
  if (found.state === 'Failed' && found.versions.length === 0)
    return {
      reason: `its creation failed (${found.stateReason ?? 'no reason given'}) and nothing was published from it`,
      inUse: false,
    };
  return null;
}

function creation(wanted: Wanted): Change {
  return {
    image: { from: null, to: wanted.image.digest ?? `the image tagged ${wanted.image.tag}` },
    architecture: { from: null, to: wanted.architecture },
    ...settingsChange({}, wanted.settings),
  };
}

function code(found: CurrentFunction, wanted: Wanted): Step[] {
  const { digest, tag } = wanted.image;
  const change = difference(
    { image: found.digest, architecture: found.architecture },
    { image: digest ?? `the image tagged ${tag}`, architecture: wanted.architecture },
  );
  const reason =
    broken(found) ?? (change['image'] ? 'it runs another image' : 'it is built for another architecture');
  if (broken(found) === null && Object.keys(change).length === 0) return [];
  return [step('change', { do: 'function.code' }, 'update', wanted.names.functionArn, reason, change)];
}

/** A function that failed, or whose last update did, may not be what its configuration says: it is set again. */
function broken(found: CurrentFunction): string | null {
  if (found.state === 'Failed') return `its state is Failed (${found.stateReason ?? 'no reason given'})`;
  if (found.lastUpdate === 'Failed')
    return `its last update failed (${found.lastUpdateReason ?? 'no reason given'})`;
  return null;
}

function configuration(found: CurrentFunction, wanted: Wanted): Step[] {
  const change = settingsChange(flat(found.settings), wanted.settings);
  if (found.overridden) change['entryPoint'] = { from: 'overridden', to: "the image's own" };
  const reason = broken(found) ?? 'its configuration is another';
  if (broken(found) === null && Object.keys(change).length === 0) return [];
  return [
    step('change', { do: 'function.configuration' }, 'update', wanted.names.functionArn, reason, change),
  ];
}

/** A function that is to be stopped is stopped last; any other number is set before a version has to prove itself. */
export function planConcurrency(found: CurrentFunction | null, wanted: Wanted): Step[] {
  const from = found?.concurrency ?? null;
  const to = wanted.concurrency;
  if (to === null || to === (from ?? 'none')) return [];
  return [
    step(
      to === 0 ? 'stop' : 'change',
      { do: 'function.concurrency', value: to },
      'update',
      wanted.names.functionArn,
      to === 0
        ? 'the function is to be stopped'
        : to === 'none'
          ? 'no instances are to be reserved'
          : 'another number of instances is reserved',
      { reservedConcurrency: { from, to: to === 'none' ? null : to } },
    ),
  ];
}

export function sameSettings(a: FunctionSettings, b: FunctionSettings): boolean {
  return Object.keys(difference(flat(a), flat(b))).length === 0;
}

function flat({ environment, ...rest }: FunctionSettings): Record<string, unknown> {
  const variables = Object.entries(environment).map(([name, value]) => [`environment.${name}`, value]);
  return { ...rest, ...Object.fromEntries(variables) };
}

/** What differs between two settings, secrets compared but not shown. */
function settingsChange(from: Record<string, unknown>, to: FunctionSettings): Change {
  const change = difference(from, flat(to));
  for (const name of SECRET)
    if (change[name])
      change[name] = {
        from: change[name].from === null ? null : '(secret)',
        to: change[name].to === null ? null : '(new secret)',
      };
  return change;
}
