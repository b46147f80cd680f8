/** Carries out steps, one after the other. Each handles its own kind of trouble; the first that cannot ends the run. */
import { DeployError } from '../error.ts';
import { bucketExecutors, policyExecutors, providerExecutors } from './account.ts';
import { functionExecutors } from './function.ts';
import { aliasExecutors, versionExecutors } from './live.ts';
import { repositoryExecutors } from './repository.ts';
import { logsExecutors, roleExecutors } from './role.ts';
import { permissionExecutors, urlExecutors } from './url.ts';
import type { Operation, Phase, Step } from '../plan/step.ts';
import type { Context, Executor } from './context.ts';

const EXECUTORS: { [K in Operation['do']]: Executor<K> } = {
  ...bucketExecutors,
  ...providerExecutors,
  ...policyExecutors,
  ...repositoryExecutors,
  ...roleExecutors,
  ...logsExecutors,
  ...functionExecutors,
  ...versionExecutors,
  ...aliasExecutors,
  ...urlExecutors,
  ...permissionExecutors,
  'image.push': (context) => context.push(),
};

/** Phases that change what callers meet. */
const LIVE = new Set<Phase>(['close', 'move', 'open']);

/** Runs the steps in order. @throws DeployError of the first that fails; what fails while tidying up is a warning. */
export async function apply(steps: readonly Step[], context: Context): Promise<void> {
  for (const step of steps) {
    context.begin(step);
    if (LIVE.has(step.phase)) context.run.touched = true;
    // The release is done: what fails from here on is no reason to take it back.
    if (step.phase === 'stop') context.run.touched = false;
    try {
      await execute(step.operation, context);
    } catch (error) {
      if (step.phase !== 'tidy' || !(error instanceof DeployError) || error.code === 'interrupted')
        throw error;
      context.warn(
        `${step.id} did not succeed, and the release is done without it: ${error.message}\n${error.hint}`,
      );
    }
  }
}

function execute<K extends Operation['do']>(
  operation: Extract<Operation, { do: K }>,
  context: Context,
): Promise<unknown> {
  const executor: Executor<K> = EXECUTORS[operation.do];
  return executor(context, operation);
}
