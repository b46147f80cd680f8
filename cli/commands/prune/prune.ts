/** `og-sync prune` */
import { planRun } from '../../plan-run.ts';
import { count, safe } from '../../report/format.ts';
import { keepIndex, pruneOrphans } from '../../sync.ts';
import { confirmation } from './confirm.ts';
import { withSession } from '../shell.ts';
import type { PruneFlags } from './flags.ts';
import type { Shell } from '../shell.ts';

/** Deletes orphans. Resolves to the exit code; throws `CliError` or `FunctionError`. */
export async function pruneCommand(shell: Shell<PruneFlags>): Promise<number> {
  const { flags } = shell;
  const dryRun = flags.dryRun === true;
  return withSession(shell, 'work', async (session) => {
    const planned = await planRun(session.parts, {}, session.run).catch((error: unknown) => {
      session.conclude();
      throw error;
    });
    const ask = confirmation(shell, session);
    const { deleted, ok } = await pruneOrphans(
      planned,
      {
        olderThanMs: flags.olderThan,
        stored: new Map(),
        confirm: async (orphans) => {
          if (!dryRun) return ask(orphans);
          session.reporter.stop();
          if (flags.json !== true) for (const { key } of orphans) session.print(`- ${safe(key)}`);
          return false;
        },
      },
      session.run,
    );
    if (deleted.length > 0) await keepIndex(planned, { stored: [], deleted }, session.run);
    const left = session.conclude().summary.orphaned;
    if (flags.quiet !== true && flags.json !== true)
      session.print(`${count(deleted.length, 'orphan')} deleted, ${left} ${left === 1 ? 'stays' : 'stay'}.`);
    return ok ? 0 : 1;
  });
}
