/** A question before something is deleted. */
import { createInterface } from 'node:readline/promises';
import { CliError } from '../../errors.ts';
import type { Orphan } from '../../plan/prune.ts';
import { count, safe } from '../../report/format.ts';
import type { CommonFlags } from '../verb.ts';
import type { Session, Shell } from '../shell.ts';

/** The longest list before a question. */
const SHOWN = 50;

/**
 * Lists what would be deleted and asks. With `--yes` there is no question; without a terminal, `--yes` is required.
 * The answer rejects with the signal's reason on Ctrl-C.
 */
export function confirmation(
  shell: Shell<CommonFlags & { yes?: boolean }>,
  session: Session,
): (orphans: readonly Orphan[]) => Promise<boolean> {
  const { flags, settings, stdin, stderr, signal } = shell;
  return async (orphans) => {
    if (flags.yes === true) return true;
    if (settings.ci || !stdin.isTTY)
      throw new CliError(
        'usage',
        `${count(orphans.length, 'image')} would be deleted, and there is no terminal to ask on.`,
        'Add --yes to delete them, or --dry-run to see them.',
      );
    session.reporter.stop();
    for (const { key } of orphans.slice(0, SHOWN)) stderr.write(`  - ${safe(key)}\n`);
    if (orphans.length > SHOWN) stderr.write(`  … and ${orphans.length - SHOWN} more\n`);
    const lines = createInterface({ input: stdin, output: stderr });
    try {
      const answer = await lines.question(`Delete ${count(orphans.length, 'image')}? [y/N] `, { signal });
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      lines.close();
    }
  };
}
