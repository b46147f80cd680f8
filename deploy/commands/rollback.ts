/** `og-deploy rollback`: moves the alias back to an earlier version, once that version has rendered a card. */
import { apply } from '../apply/apply.ts';
import { planRollback } from '../plan/plan.ts';
import { planJson, planText } from '../print.ts';
import { readFunction } from '../current/function.ts';
import { readAccount } from '../current/read.ts';
import { anyInputs, connectAws, refusePullRequest } from '../shell.ts';
import { wantedState } from '../wanted/wanted.ts';
import { proofText } from './outcome.ts';
import { progress } from './progress.ts';
import type { Context } from '../apply/context.ts';
import type { Shell } from '../shell.ts';

export interface RollbackOptions {
  to: string | null;
  dryRun: boolean;
  json: boolean;
  smoke: boolean;
}

export async function rollback(shell: Shell, options: RollbackOptions): Promise<void> {
  const inputs = anyInputs(shell);
  refusePullRequest(inputs, 'rollback');
  const aws = connectAws(shell, inputs.region);
  try {
    const account = await readAccount(aws, inputs.region);
    const wanted = wantedState(inputs, { account, digest: null, bucketKey: null, boundary: false });
    const found = await readFunction(aws, inputs.functionName, wanted.names);
    const steps = planRollback(found, wanted.names, options.to).filter(
      ({ operation }) => options.smoke || operation.do !== 'version.smoke',
    );
    if (options.dryRun) {
      shell.out(options.json ? planJson(steps) : planText(steps, `Rollback of ${wanted.names.functionArn}`));
      return;
    }
    if (!options.smoke) shell.err('WARNING: --skip-smoke: nothing proves that this version still renders.\n');
    const run: Context['run'] = { version: null, proof: null, codeSha: null };
    await apply(steps, { aws, wanted, push: () => Promise.resolve(), run }, progress(shell));
    const version = run.version ?? found?.alias?.version ?? null;
    const proof = run.proof === null ? '' : ` It rendered ${proofText(run.proof)}.`;
    shell.out(
      options.json
        ? `${JSON.stringify({ version, previous: found?.alias?.version ?? null, proof: run.proof })}\n`
        : `Version ${version} is live${steps.length === 0 ? ' already' : ''}.${proof}\n`,
    );
  } finally {
    aws.close();
  }
}
