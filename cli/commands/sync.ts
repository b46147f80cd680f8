/** `og-sync [sync]` */
import { CliError } from '../error.ts';
import { exitCodeOf } from '../report/document.ts';
import { resultLines, troubleLines } from '../report/summary.ts';
import { shownPath } from '../compose.ts';
import { sync } from '../sync.ts';
import { confirmation } from './confirm.ts';
import { planCommand } from './plan.ts';
import { shellColors, withSession } from './shell.ts';
import type { Session, Shell } from './shell.ts';

/** Makes what is missing or changed. Resolves to the exit code; throws `CliError` or `FunctionError`. */
export async function syncCommand(shell: Shell): Promise<number> {
  const { flags } = shell;
  if (flags.prune === true && flags.only !== undefined)
    throw new CliError(
      'usage',
      '--prune and --only do not go together: with a part of the posts, the images of the others would look like orphans.',
      'Run "og-sync prune" on its own.',
    );
  if (flags.dryRun === true) return planCommand(shell);
  return withSession(shell, { dryRun: false }, async (session) => {
    const prune =
      flags.prune === true ? { olderThanMs: flags.olderThan, confirm: confirmation(shell, session) } : null;
    let pruned = false;
    let complete = false;
    try {
      pruned = await sync(session.parts, { only: flags.only, force: flags.force, prune }, session.run);
      complete = !shell.signal.aborted;
    } finally {
      session.reporter.stop();
      tell(shell, session, complete);
    }
    const code = exitCodeOf(session.document(), { strict: flags.strict === true });
    return shell.signal.aborted ? 130 : pruned ? code : 1;
  });
}

/** Told also when the run ended early: what was made was made. */
function tell(shell: Shell, session: Session, complete: boolean): void {
  const { flags, stderr, cwd } = shell;
  const { colors, config } = session;
  const document = session.document();
  for (const line of troubleLines(document, colors)) stderr.write(`${line}\n`);
  if (flags.quiet === true || flags.json === true) return;
  const store = session.store();
  // Without a plan there is nothing to tell but the error.
  if (store === null) return;
  const options = {
    colors: shellColors(shell, 'stdout'),
    store: shownPath(store, cwd),
    manifest: config.manifest === null ? null : shownPath(config.manifest, cwd),
    complete,
    interrupted: shell.signal.aborted,
  };
  for (const line of resultLines(document, options)) session.print(line);
}
