/** `og-deploy status`: what is live, in a few lines. */
import { ALIAS, namesOf } from '../wanted/names.ts';
import { table } from '../print.ts';
import { readFunction } from '../current/function.ts';
import { readAccount } from '../current/read.ts';
import { anyInputs, connectAws } from '../shell.ts';
import type { CurrentFunction } from '../current/current.ts';
import type { Shell } from '../shell.ts';

export async function status(shell: Shell, options: { json: boolean }): Promise<void> {
  const inputs = anyInputs(shell);
  const aws = connectAws(shell, inputs.region);
  try {
    const account = await readAccount(aws, inputs.region);
    const names = namesOf(inputs, account);
    const found = await readFunction(aws, inputs.functionName, names);
    const told = { account: account.id, region: inputs.region, function: names.functionArn, ...tell(found) };
    shell.out(options.json ? `${JSON.stringify(told, null, 2)}\n` : table(rows(told)));
  } finally {
    aws.close();
  }
}

function tell(found: CurrentFunction | null) {
  if (found === null) return { state: 'absent' };
  const { alias, url, versions, settings } = found;
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
  };
}

function rows(told: Record<string, unknown>): [string, string][] {
  return Object.entries(told).map(([name, value]) => [name, shown(value)]);
}

function shown(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '(none)';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
