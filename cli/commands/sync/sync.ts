/** `og-sync [sync]` */
import { CliError } from '../../errors.ts';
import { exitCodeOfDocument } from '../../report/document.ts';
import type { ReportDocument } from '../../report/document.ts';
import { resultLines } from '../../report/summary.ts';
import { shownPath } from '../../config/paths.ts';
import { sync } from '../../sync.ts';
import { confirmation } from '../prune/confirm.ts';
import { planCommand } from '../plan/plan.ts';
import { shellColors, shellLinks, withSession } from '../shell.ts';
import type { SyncFlags } from './flags.ts';
import type { Session, Shell } from '../shell.ts';

/** Makes what is missing or changed. Resolves to the exit code; throws `CliError` or `FunctionError`. */
export async function syncCommand(shell: Shell<SyncFlags>): Promise<number> {
  const { flags } = shell;
  if (flags.prune === true && flags.only !== undefined)
    throw new CliError(
      'usage',
      '--prune and --only do not go together: with a part of the posts, the images of the others would look like orphans.',
      'Run "og-sync prune" on its own.',
    );
  if (flags.dryRun === true) return planCommand(shell, { diff: true });
  return withSession(shell, 'work', async (session) => {
    const prune =
      flags.prune === true ? { olderThanMs: flags.olderThan, confirm: confirmation(shell, session) } : null;
    const options = { only: flags.only, force: flags.force, prune };
    const pruned = await sync(session.parts, options, session.run).catch((error: unknown) => {
      // What was made was made.
      tell(shell, session, false);
      throw error;
    });
    const interrupted = shell.signal.aborted;
    const document = tell(shell, session, pruned && !interrupted);
    return pruned ? exitCodeOfDocument(document, { strict: flags.strict === true }) : 1;
  });
}

/** `complete`: false when the run ended early, or left something undone. */
function tell(shell: Shell<SyncFlags>, session: Session, complete: boolean): ReportDocument {
  const { flags, cwd } = shell;
  const { config } = session;
  const document = session.conclude();
  if (flags.quiet === true || flags.json === true) return document;
  const store = session.store();
  // Without a plan there is nothing to print but the error.
  if (store === null) return document;
  const options = {
    colors: shellColors(shell, 'stdout'),
    link: shellLinks(shell, 'stdout'),
    verbose: flags.verbose === true,
    storeAddress: store,
    store: shownPath(store, cwd),
    manifest: config.manifest === null ? null : shownPath(config.manifest, cwd),
    strict: flags.strict === true,
    complete,
    interrupted: shell.signal.aborted,
  };
  for (const line of resultLines(document, options)) session.print(line);
  return document;
}
