/** (current, wanted) → steps, in the order in which apply takes them. Pure. */
import { DeployError } from '../error.ts';
import { ALIAS } from '../wanted/names.ts';
import { planFunction, replacement } from './function.ts';
import { planLive, smoke } from './live.ts';
import { planImage, planRepository } from './repository.ts';
import { planLogs, planRole } from './role.ts';
import { planUrl } from './url.ts';
import { step } from './step.ts';
import type { Current, CurrentFunction } from '../current/current.ts';
import type { Names } from '../wanted/names.ts';
import type { Step } from './step.ts';
import type { Wanted } from '../wanted/wanted.ts';

/** Everything, from the repository to the permissions of the URL. */
export function planUp(current: Current, wanted: Wanted): Step[] {
  return [
    ...planRepository(current.repository, wanted.repository),
    ...planImage(wanted),
    ...planFrom(current, wanted),
  ];
}

/**
 * Everything but the push.
 * @throws DeployError `image_missing` while no image of the wanted commit is in the repository.
 */
export function planRelease(current: Current, wanted: Wanted): Step[] {
  if (wanted.image.digest === null)
    throw new DeployError(
      'image_missing',
      `There is no image ${wanted.names.repositoryUri}:${wanted.image.tag}.`,
      'Run "og-deploy image" first, or "og-deploy up", which does both.',
    );
  return planUp(current, wanted);
}

function planFrom(current: Current, wanted: Wanted): Step[] {
  const found = current.function;
  const kept = found !== null && replacement(found) === null ? found : null;
  const changes = planFunction(found, wanted);
  const changed = changes.some(({ operation }) => operation.do !== 'function.concurrency');
  const live = planLive(found, wanted, changed);
  const url = planUrl(kept, wanted);
  return [
    ...planLogs(current, wanted),
    ...planRole(current.role, wanted.role),
    ...changes,
    ...live.filter(({ operation }) => ['version.publish', 'version.smoke'].includes(operation.do)),
    ...url.closing,
    ...live.filter(({ operation }) => operation.do.startsWith('alias.')),
    ...url.opening,
    ...live.filter(({ operation }) => operation.do === 'version.delete'),
  ];
}

/**
 * Moves the alias back: to `target`, else to the newest version before the live one.
 * @throws DeployError `no_version` when there is nothing to go back to.
 */
export function planRollback(found: CurrentFunction | null, names: Names, target: string | null): Step[] {
  const live = found?.alias?.version ?? null;
  if (found === null || live === null)
    throw new DeployError(
      'no_version',
      `${names.functionArn} has no alias "${ALIAS}".`,
      'Run "og-deploy release" first.',
    );
  const known = found.versions.map(({ version }) => version);
  const version = target ?? known.findLast((version) => Number(version) < Number(live));
  if (version === undefined || !known.includes(version))
    throw new DeployError(
      'no_version',
      target === null
        ? `There is no version before ${live}, the live one.`
        : `There is no version ${target}.`,
      known.length === 0
        ? 'Nothing was published yet.'
        : `Kept are ${known.join(', ')}: choose one with --to.`,
    );
  if (version === live) return [];
  const change = { version: { from: live, to: version } };
  return [
    smoke(names.functionArn, version, 'a version that lay idle for long may no longer start'),
    step(
      { do: 'alias.update', version },
      'update',
      `${names.functionArn}:${ALIAS}`,
      'an earlier version is wanted',
      change,
    ),
  ];
}
