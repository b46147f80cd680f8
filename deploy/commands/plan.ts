/** `og-deploy plan`: prints the steps of `up` and changes nothing. */
import { planUp } from '../plan/plan.ts';
import { planJson, planText } from '../print.ts';
import { readSituation } from '../current/read.ts';
import { connectAws, releaseInputs } from '../shell.ts';
import type { Shell } from '../shell.ts';

export async function plan(shell: Shell, options: { json: boolean }): Promise<void> {
  const inputs = await releaseInputs(shell, false);
  const aws = connectAws(shell, inputs.region);
  try {
    const { current, wanted, notes } = await readSituation(aws, inputs);
    const steps = planUp(current, wanted);
    for (const note of notes) shell.err(`note: ${note}\n`);
    const title = `Plan for account ${wanted.account.id} in ${wanted.region}`;
    shell.out(options.json ? planJson(steps) : planText(steps, title));
  } finally {
    aws.close();
  }
}
