/** Carries out steps, one after the other. Each heals its own kind of trouble; the first that cannot ends the run. */
import { bucketExecutors, policyExecutors, providerExecutors } from './account.ts';
import { functionExecutors } from './function.ts';
import { aliasExecutors, versionExecutors } from './live.ts';
import { repositoryExecutors } from './repository.ts';
import { logsExecutors, roleExecutors } from './role.ts';
import { permissionExecutors, urlExecutors } from './url.ts';
import type { Context, Executor } from './context.ts';
import type { Operation, Step } from '../plan/step.ts';

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

/** Runs the steps in order; `begin` is told of each before it runs. @throws DeployError of the first that fails. */
export async function apply(
  steps: readonly Step[],
  context: Context,
  begin: (step: Step) => void,
): Promise<void> {
  for (const step of steps) {
    begin(step);
    await execute(step.operation, context);
  }
}

function execute<K extends Operation['do']>(
  operation: Extract<Operation, { do: K }>,
  context: Context,
): Promise<unknown> {
  const executor: Executor<K> = EXECUTORS[operation.do];
  return executor(context, operation);
}
