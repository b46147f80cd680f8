/** `og-deploy plan`: prints the steps of `up` and changes nothing. */
import { readSituation } from '../current/read.ts';
import { planUp } from '../plan/plan.ts';
import { planJson, planText } from '../print.ts';
import { releaseInputs, withAws } from '../shell.ts';
import type { DeployShell } from '../shell.ts';

export interface PlanOptions {
  json: boolean;
  replace: readonly string[];
  /** Whether steps to take end in exit code 1. */
  exitCode: boolean;
}

export async function plan(shell: DeployShell, options: PlanOptions): Promise<number> {
  const inputs = await releaseInputs(shell, false);
  return withAws(shell, inputs.region, async (aws) => {
    const { current, wanted, notes } = await readSituation(aws, inputs);
    const steps = planUp(current, wanted, { replace: options.replace, proving: true });
    for (const note of notes) shell.err(`note: ${note}\n`);
    const title = `Plan for account ${wanted.account.id} in ${wanted.region}`;
    shell.out(options.json ? planJson(steps) : planText(steps, title));
    return options.exitCode && steps.length > 0 ? 1 : 0;
  });
}
