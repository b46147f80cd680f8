/** Steps that put a version live: publish, test, alias; and what old versions go. */
import { ALIAS } from '../wanted/names.ts';
import { step } from './step.ts';
import { sameSettings } from './function.ts';
import type { CurrentAlias, CurrentFunction, CurrentVersion } from '../current/current.ts';
import type { Step } from './step.ts';
import type { Wanted } from '../wanted/wanted.ts';

/** `kept` null: the function is made anew. `changes`: $LATEST is not yet what is wanted, so no version can be. */
export function planLive(kept: CurrentFunction | null, wanted: Wanted, changes: boolean): Step[] {
  const arn = wanted.names.functionArn;
  const right =
    kept === null || changes ? [] : kept.versions.filter((version) => isRight(version, kept, wanted));
  const alias = kept?.alias ?? null;
  if (alias !== null && right.some(({ version }) => version === alias.version)) return planKeep(alias, arn);

  const ready = right.at(-1)?.version ?? null;
  const label = ready ?? 'next';
  const steps: Step[] = [];
  if (ready === null)
    steps.push(
      step(
        'prove',
        { do: 'version.publish' },
        'publish',
        arn,
        kept === null || changes
          ? 'a version never changes again, so it can be tested and gone back to'
          : 'no version is like the function as it is',
        { version: { from: kept?.versions.at(-1)?.version ?? null, to: 'next' } },
      ),
    );
  steps.push(smoke(arn, ready, 'only a version that rendered a card goes live'));
  const change = { version: { from: alias?.version ?? null, to: label } };
  steps.push(
    alias === null
      ? step(
          'move',
          { do: 'alias.create', version: ready },
          'create',
          `${arn}:${ALIAS}`,
          'there is no such alias',
          change,
        )
      : step(
          'move',
          { do: 'alias.update', version: ready },
          'update',
          `${arn}:${ALIAS}`,
          'the tested version goes live',
          change,
        ),
  );
  if (kept !== null) steps.push(...planOldVersions(kept, wanted, ready));
  return steps;
}

/** The alias points to the right version: only its state or a share for another version can be wrong. */
function planKeep(alias: CurrentAlias, arn: string): Step[] {
  const steps: Step[] = [];
  if (alias.state === 'Inactive' || alias.state === 'Failed')
    steps.push(
      smoke(
        arn,
        alias.version,
        `the live version is ${alias.state}${alias.stateReason ? ` (${alias.stateReason})` : ''}: a call wakes it or says why not`,
      ),
    );
  if (alias.weighted)
    steps.push(
      step(
        'move',
        { do: 'alias.update', version: alias.version },
        'update',
        `${arn}:${ALIAS}`,
        'a share of the calls goes to another version',
        { weights: { from: 'two versions', to: null } },
      ),
    );
  return steps;
}

export function smoke(arn: string, version: string | null, reason: string): Step {
  return step('prove', { do: 'version.smoke', version }, 'test', `${arn}:${version ?? 'next'}`, reason);
}

function isRight(version: CurrentVersion, found: CurrentFunction, wanted: Wanted): boolean {
  return (
    version.codeSha === found.codeSha &&
    version.architecture === wanted.architecture &&
    sameSettings(version.settings, wanted.settings)
  );
}

/** The newest stay, the one published by this run counted in; the live ones, old and new, always do. */
function planOldVersions(found: CurrentFunction, wanted: Wanted, ready: string | null): Step[] {
  const keep = wanted.keepVersions - (ready === null ? 1 : 0);
  const spared = new Set([
    found.alias?.version,
    ready,
    ...found.versions.slice(-keep).map(({ version }) => version),
  ]);
  return found.versions
    .filter(({ version }) => !spared.has(version))
    .map(({ version }) =>
      step(
        'tidy',
        { do: 'version.delete', version },
        'delete',
        `${wanted.names.functionArn}:${version}`,
        `${wanted.keepVersions} versions are kept`,
        {},
        version,
      ),
    );
}
