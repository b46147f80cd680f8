/** (current, wanted) → steps, in the order in which apply takes them. Pure. */
import { DeployError } from '../error.ts';
import { ALIAS } from '../wanted/names.ts';
import { accessOf } from '../wanted/wanted.ts';
import { planConcurrency, planFunction, replacement, trial } from './function.ts';
import { planLive, smoke } from './live.ts';
import { planImage, planRepository } from './repository.ts';
import { planLogs, planRole, refuseForeignRole } from './role.ts';
import { inOrder, step, unproven } from './step.ts';
import { planOtherDoors, planUrl } from './url.ts';
import type { Current, CurrentFunction } from '../current/current.ts';
import type { Names } from '../wanted/names.ts';
import type { Wanted } from '../wanted/wanted.ts';
import type { Step } from './step.ts';

export interface Choices {
  /** What the owner names to be taken away: the function, or `function:qualifier` for one of its URLs. */
  replace: readonly string[];
  /** Whether versions have to prove themselves. */
  proving: boolean;
}

const CAREFUL: Choices = { replace: [], proving: true };

/**
 * Everything, from the repository to the permissions of the URL.
 * @throws DeployError `not_replaced` for what would be taken away and is not named; `stopped` when something would
 * have to prove itself in a function that may not run.
 */
export function planUp(current: Current, wanted: Wanted, choices: Choices = CAREFUL): Step[] {
  const { replace, proving } = choices;
  const found = current.function;
  const kept = found !== null && replacement(found) === null ? found : null;
  const retired = kept === null ? [] : planOtherDoors(kept, wanted, replace);
  const changes = planFunction(found, wanted, replace);
  refuseForeignRole(current.role, wanted, replace);
  const steps = inOrder([
    ...planRepository(current.repository, wanted.repository),
    ...planImage(wanted),
    ...planLogs(current, wanted),
    ...planRole(current.role, wanted.role),
    ...(retired.length > 0 && changes.length > 0 && !changes.some(isTrial) ? [trial(wanted)] : []),
    ...retired,
    ...changes,
    ...planConcurrency(kept, wanted),
    ...planLive(kept, wanted, changes.length > 0),
    ...planUrl(kept, wanted.access, wanted.names.functionArn),
  ]);
  if (!proving) return unproven(steps);
  if (wanted.concurrency === null || wanted.concurrency === 0) refuseStopped(kept, steps);
  return steps;
}

/**
 * Everything but the push.
 * @throws DeployError `image_missing` while no image of the wanted commit is in the repository; and as `planUp`.
 */
export function planRelease(current: Current, wanted: Wanted, choices: Choices = CAREFUL): Step[] {
  if (wanted.image.digest === null)
    throw new DeployError(
      'image_missing',
      `There is no image ${wanted.names.repositoryUri}:${wanted.image.tag}.`,
      'Run "og-deploy image" first, or "og-deploy up", which does both.',
    );
  return planUp(current, wanted, choices);
}

/**
 * Makes `target` live, else the newest version before the live one, with the URL and the permissions that belong to it.
 * @throws DeployError `no_version` when there is nothing to go back to; `stopped`.
 */
export function planRollback(
  found: CurrentFunction | null,
  names: Names,
  target: string | null,
  proving = true,
): Step[] {
  const live = found?.alias?.version ?? null;
  if (found === null || live === null)
    throw new DeployError(
      'no_version',
      `${names.functionArn} has no alias "${ALIAS}".`,
      'Run "og-deploy release" first.',
    );
  const wanted = target ?? found.versions.findLast(({ version }) => Number(version) < Number(live))?.version;
  const version = found.versions.find(({ version }) => version === wanted);
  if (version === undefined)
    throw new DeployError(
      'no_version',
      target === null
        ? `There is no version before ${live}, the live one.`
        : `There is no version ${target}.`,
      found.versions.length === 0
        ? 'Nothing was published yet.'
        : `Kept are ${found.versions.map(({ version }) => version).join(', ')}: choose one with --to.`,
    );
  const url = planUrl(found, accessOf(version.settings.environment), names.functionArn);
  const steps = version.version === live ? url : inOrder([...moveTo(version.version, live, names), ...url]);
  if (!proving) return unproven(steps);
  refuseStopped(found, steps);
  return steps;
}

function moveTo(version: string, live: string, names: Names): Step[] {
  return [
    smoke(names.functionArn, version, 'a version that lay idle for long may no longer start'),
    step(
      'move',
      { do: 'alias.update', version },
      'update',
      `${names.functionArn}:${ALIAS}`,
      'an earlier version is wanted',
      { version: { from: live, to: version } },
    ),
  ];
}

const isTrial = ({ phase }: Step): boolean => phase === 'trial';

function refuseStopped(found: CurrentFunction | null, steps: readonly Step[]): void {
  if (found?.concurrency === 0 && steps.some(({ action }) => action === 'test'))
    throw new DeployError(
      'stopped',
      'The function is stopped (its reserved concurrency is 0), so no version can prove itself. Nothing was changed.',
      'Set OG_RESERVED_CONCURRENCY to a number of instances, or to none, and release again.',
    );
}
