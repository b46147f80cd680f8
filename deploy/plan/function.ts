/** Steps for the function itself: code, configuration, concurrency. */
import { difference, step } from './step.ts';
import type { CurrentFunction } from '../current/current.ts';
import type { Change, Step } from './step.ts';
import type { FunctionSettings, Wanted } from '../wanted/wanted.ts';

/** Environment values that no plan may show. */
const SECRET = new Set(['environment.OG_TOKEN']);

export function planFunction(found: CurrentFunction | null, wanted: Wanted): Step[] {
  const arn = wanted.names.functionArn;
  if (found === null)
    return [
      step({ do: 'function.create' }, 'create', arn, 'there is no such function', creation(wanted)),
      ...concurrency(null, wanted),
    ];
  const hopeless = replacement(found);
  if (hopeless !== null)
    return [
      step({ do: 'function.delete' }, 'delete', arn, hopeless),
      step({ do: 'function.create' }, 'create', arn, 'it is made anew from the image', creation(wanted)),
      ...concurrency(null, wanted),
    ];
  return [...code(found, wanted), ...configuration(found, wanted), ...concurrency(found.concurrency, wanted)];
}

/** Why the function cannot be mended where it is, or null. */
export function replacement(found: CurrentFunction): string | null {
  if (found.packageType !== 'Image')
    return `its code is a ${found.packageType}, and the package type of a function cannot be changed`;
  // Nothing was ever published from it, so nobody can be using it.
  if (found.state === 'Failed' && found.versions.length === 0)
    return `its creation failed (${found.stateReason ?? 'no reason given'}) and nothing was published from it`;
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
  return [step({ do: 'function.code' }, 'update', wanted.names.functionArn, reason, change)];
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
  return [step({ do: 'function.configuration' }, 'update', wanted.names.functionArn, reason, change)];
}

function concurrency(found: number | null, wanted: Wanted): Step[] {
  if (wanted.concurrency === null || wanted.concurrency === found) return [];
  const change = { reservedConcurrency: { from: found, to: wanted.concurrency } };
  return [
    step(
      { do: 'function.concurrency', value: wanted.concurrency },
      'update',
      wanted.names.functionArn,
      'another number of instances is reserved',
      change,
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

/** What differs between two settings, secrets told apart but not told. */
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
