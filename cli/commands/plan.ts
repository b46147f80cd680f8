/** `og-sync plan`, and `--dry-run` */
import { shownPath } from '../compose.ts';
import { prepare } from '../prepare.ts';
import { exitCodeOf } from '../report/document.ts';
import { planLines, troubleLines } from '../report/summary.ts';
import { shellColors, withSession } from './shell.ts';
import type { Shell } from './shell.ts';

/** Prints what sync would do and changes nothing. Resolves to the exit code; throws `CliError` or `FunctionError`. */
export async function planCommand(shell: Shell): Promise<number> {
  const { flags, stderr, cwd } = shell;
  return withSession(shell, { dryRun: true }, async (session) => {
    const { colors, reporter } = session;
    const { plan, store } = await prepare(session.parts, flags, session.run);
    reporter.stop();
    const document = session.document();
    const images = plan.create.length + plan.update.length;
    for (const line of troubleLines(document, colors)) stderr.write(`${line}\n`);
    if (flags.quiet !== true && flags.json !== true)
      for (const line of planLines(document, {
        colors: shellColors(shell, 'stdout'),
        store: shownPath(store.address, cwd),
      }))
        session.print(line);
    const changes = images + plan.orphan.length > 0;
    if (flags.exitCode === true && changes) return 1;
    return exitCodeOf(document, { strict: false });
  });
}
