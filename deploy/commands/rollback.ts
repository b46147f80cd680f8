/** `og-deploy rollback`: makes an earlier version live again, with the URL and the permissions that belong to it. */
import { apply } from '../apply/apply.ts';
import { proveUrl } from '../apply/reach.ts';
import { orRestore } from '../apply/restore.ts';
import { readFunction } from '../current/function.ts';
import { readAccount } from '../current/read.ts';
import { planRollback } from '../plan/plan.ts';
import { planJson, planText } from '../print.ts';
import { anyInputs, refusePullRequest, withAws } from '../shell.ts';
import { accessOf, wantedState } from '../wanted/wanted.ts';
import { contextOf } from './context.ts';
import { proofText } from './outcome.ts';
import type { DeployShell } from '../shell.ts';

export interface RollbackOptions {
  to: string | null;
  dryRun: boolean;
  json: boolean;
  proving: boolean;
}

export async function rollback(shell: DeployShell, options: RollbackOptions): Promise<void> {
  const inputs = anyInputs(shell);
  refusePullRequest(inputs, 'rollback');
  await withAws(shell, inputs.region, async (aws) => {
    const account = await readAccount(aws);
    const wanted = wantedState(inputs, { account, digest: null, bucketKey: null, boundary: false });
    const found = await readFunction(aws, inputs.functionName);
    const steps = planRollback(found, wanted.names, options.to, options.proving);
    if (options.dryRun)
      return shell.out(
        options.json ? planJson(steps) : planText(steps, `Rollback of ${wanted.names.functionArn}`),
      );
    if (!options.proving)
      shell.err('WARNING: --skip-smoke: nothing proves that this version still renders.\n');
    const context = contextOf(shell, aws, wanted, options);
    let live = found;
    await orRestore(context, found, async () => {
      await apply(steps, context);
      live = await readFunction(aws, inputs.functionName);
      const settings = live?.versions.find(({ version }) => version === live?.alias?.version)?.settings;
      if (options.proving && live?.url && settings)
        await proveUrl(aws, live.url.url, accessOf(settings.environment));
    });
    const { proof } = context.run;
    const version = live?.alias?.version ?? null;
    const previous = found?.alias?.version ?? null;
    const url = live?.url ? ` behind ${live.url.url} (${live.url.auth})` : '';
    shell.out(
      options.json
        ? `${JSON.stringify({ version, previous, proof })}\n`
        : `Version ${version} is live${version === previous ? ' already' : ''}${url}.${proof === null ? '' : ` It rendered ${proofText(proof)}.`}\n`,
    );
  });
}
