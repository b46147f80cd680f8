/** A release that fails after it has touched what callers meet puts back what was live: version, URL and permissions. */
import { readFunction } from '../current/function.ts';
import { DeployError } from '../error.ts';
import { planRollback } from '../plan/plan.ts';
import { accessOf } from '../wanted/wanted.ts';
import { apply } from './apply.ts';
import { proveUrl } from './reach.ts';
import type { CurrentFunction } from '../current/current.ts';
import type { Context } from './context.ts';

/**
 * Runs `work`; when it fails, makes the version live again that was live `before`, with what belongs to it.
 * @throws the error of `work`, with what became of the version before.
 */
export async function orRestore(
  context: Context,
  before: CurrentFunction | null,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const version = before?.alias?.version;
    if (!(error instanceof DeployError) || error.code === 'interrupted' || !context.run.touched || !version)
      throw error;
    const outcome = await restore(context, version).then(
      () => `Version ${version}, which was live before, is live again with its URL as it was.`,
      (failure: unknown) =>
        `ATTENTION: version ${version}, which was live before, could not be restored: ${failure instanceof Error ? failure.message : String(failure)}`,
    );
    throw new DeployError(error.code, `${error.message}\n${outcome}`, error.hint, { cause: error });
  }
}

async function restore(context: Context, version: string): Promise<void> {
  const { aws, wanted, proving } = context;
  const found = await readFunction(aws, wanted.functionName);
  await apply(planRollback(found, wanted.names, version, false), context);
  const now = await readFunction(aws, wanted.functionName);
  const settings = now?.versions.find((one) => one.version === version)?.settings;
  if (proving && now?.url && settings) await proveUrl(aws, now.url.url, accessOf(settings.environment));
}
