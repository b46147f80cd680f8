/** `og-deploy status`: what is live, in a few lines. */
import { readFunction } from '../current/function.ts';
import { readAccount } from '../current/read.ts';
import { readBucketKey } from '../current/repository.ts';
import { isAsWanted, simulateRole } from '../current/simulation.ts';
import { dangersOf } from '../plan/url.ts';
import { table } from '../print.ts';
import { anyInputs, withAws } from '../shell.ts';
import { ALIAS } from '../wanted/names.ts';
import { wantedState } from '../wanted/wanted.ts';
import type { CurrentFunction } from '../current/current.ts';
import type { Right } from '../current/simulation.ts';
import type { DeployShell } from '../shell.ts';

export interface StatusOptions {
  json: boolean;
  simulate: boolean;
}

/** Exit code 1: the simulation found a right that is missing, or one too many. */
export async function status(shell: DeployShell, options: StatusOptions): Promise<number> {
  const inputs = anyInputs(shell);
  return withAws(shell, inputs.region, async (aws) => {
    const account = await readAccount(aws);
    const { key: bucketKey } = options.simulate
      ? await readBucketKey(aws, inputs.bucket, account.id)
      : { key: null };
    const wanted = wantedState(inputs, { account, digest: null, bucketKey, boundary: false });
    const found = await readFunction(aws, inputs.functionName);
    const report = {
      account: account.id,
      region: inputs.region,
      function: wanted.names.functionArn,
      ...describe(found),
    };
    const rights = options.simulate ? await simulateRole(aws, wanted) : null;
    if (options.json)
      shell.out(`${JSON.stringify({ ...report, ...(rights && { simulation: rights }) }, null, 2)}\n`);
    else
      shell.out(
        table(Object.entries(report).map(([name, value]) => [name, shown(value)])) + rightsText(rights),
      );
    return rights?.every(isAsWanted) === false ? 1 : 0;
  });
}

function describe(found: CurrentFunction | null) {
  if (found === null) return { state: 'absent' };
  const { alias, url, versions, settings, otherDoors } = found;
  return {
    state: found.state + (found.stateReason === null ? '' : ` (${found.stateReason})`),
    lastUpdate: found.lastUpdate + (found.lastUpdateReason === null ? '' : ` (${found.lastUpdateReason})`),
    image: found.digest,
    architecture: found.architecture,
    memory: settings.memory,
    timeout: settings.timeout,
    storage: settings.storage,
    reservedConcurrency: found.concurrency,
    [ALIAS]: alias === null ? null : `${alias.version} (${alias.state})`,
    versions: versions.map(({ version }) => version),
    url: url?.url ?? null,
    auth: url?.auth ?? null,
    permissions: found.permissions.map(({ sid }) => sid),
    otherUrls: otherDoors.flatMap(({ qualifier, url }) =>
      url === null
        ? []
        : `${qualifier}: ${url.url} (${url.auth}${url.cors === null ? '' : `, CORS ${url.cors}`})`,
    ),
    dangers: otherDoors.flatMap((door) => dangersOf(door).map((danger) => `${door.qualifier}: ${danger}`)),
  };
}

function rightsText(rights: Right[] | null): string {
  if (rights === null) return '';
  const rows = rights.map(({ action, resource, needed, decision }): [string, string] => [
    `${needed === (decision === 'allowed') ? '✓' : '✗'} ${action}`,
    `${decision}${needed ? '' : ', and it must not be allowed'}  ${resource}`,
  ]);
  return `\nThe execution role, as IAM simulates it:\n${table(rows)}`;
}

function shown(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '(none)';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
