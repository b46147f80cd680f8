/** `og-sync plan`, and `--dry-run` */
import { availableParallelism } from 'node:os';
import type { Description } from '../../../function/contract.ts';
import { shownPath } from '../../config/paths.ts';
import type { Config } from '../../config/config.ts';
import { estimateFunction, estimateLocal } from '../../plan/estimate.ts';
import { injectRun } from '../../inject-run.ts';
import type { PageChange } from '../../pages/inject.ts';
import { planRun } from '../../plan-run.ts';
import { exitCodeOfDocument } from '../../report/document.ts';
import { safe, withoutCommands } from '../../report/format.ts';
import { estimateLine, planLines } from '../../report/summary.ts';
import { shellColors, withSession } from '../shell.ts';
import { comparisonFiles } from './comparison-files.ts';
import type { ComparisonFiles } from './comparison-files.ts';
import type { PlanFlags } from './flags.ts';
import type { Shell } from '../shell.ts';

/** Lines of a plan that a person reads, those about problems included; `--verbose` prints all. */
const MOST = 50;
/** Lines that are no image's: what was read, the counts, the pages, the estimate, "… and more". */
const FIXED = 7;

/**
 * Prints what sync would do and changes nothing; with `diff`, line by line what would change in pages. Resolves to the exit code;
 * throws `CliError` or `FunctionError`.
 */
export async function planCommand(shell: Shell<PlanFlags>, options = { diff: false }): Promise<number> {
  const { flags, cwd } = shell;
  const quiet = flags.quiet === true || flags.json === true;
  const files = comparisonFiles(shell);
  return withSession(shell, 'plan', async (session) => {
    const comparing = files === null ? null : await import('./comparison-run.ts');
    const own = await comparing?.withOwnTemplates(session.parts, shell);
    const planned = await planRun(own?.parts ?? session.parts, flags, session.run).catch((error: unknown) => {
      session.conclude(MOST / 2);
      throw error;
    });
    const { plan, store, description } = planned;
    const { unifiedDiff } = options.diff ? await import('../../pages/diff.ts') : {};
    await injectRun(session.config, planned, session.run, {
      isThere: () => true,
      dryRun: true,
      ...(unifiedDiff !== undefined &&
        !quiet && { onChange: (change: PageChange) => session.print(harmless(unifiedDiff(change))) }),
    });
    const compared =
      comparing === null || own === undefined
        ? null
        : await comparing.compareHere(session, shell, { planned, names: own.names });
    const document = session.conclude(MOST / 2);
    const images = plan.create.length + plan.update.length;
    const time = images === 0 ? null : estimate(images, session.config, description);
    if (comparing !== null && files !== null && compared !== null && own !== undefined)
      await comparing.writeComparison(shell, files, {
        ...compared,
        document,
        store: shownPath(store.address, cwd),
        estimate: time?.trim() ?? null,
        notices: comparing.noticesOf(compared, own.notices),
      });
    if (!quiet) {
      const colors = shellColors(shell, 'stdout');
      const lines = planLines(document, {
        colors,
        store: shownPath(store.address, cwd),
        most: flags.verbose === true ? Infinity : (document.problems.length === 0 ? MOST : MOST / 2) - FIXED,
      });
      if (time !== null) lines.push(colors.dim(time));
      lines.push(...writtenLines(files, cwd));
      for (const line of lines) session.print(line);
    }
    const changes = images + plan.orphan.length + (document.pages?.written ?? 0) > 0;
    if (flags.exitCode === true && changes) return 1;
    return exitCodeOfDocument(document, { strict: false });
  });
}

function writtenLines(files: ComparisonFiles | null, cwd: string): string[] {
  const written = [files?.html ?? null, files?.markdown ?? null].filter((file) => file !== null);
  return written.map((file) => `  compared ${safe(shownPath(file, cwd))}`);
}

/** What pages hold is printed as it is, but is no command of a CI. */
function harmless(lines: string): string {
  return lines.trimEnd().split('\n').map(withoutCommands).join('\n');
}

function estimate(images: number, config: Config, { limits }: Description): string {
  const { concurrency } = config;
  if (config.function === null)
    return estimateLine(estimateLocal({ images, cores: availableParallelism() }), false);
  const batch = Math.min(config.batch, limits.posts);
  return estimateLine(estimateFunction({ images, concurrency, batch }), true);
}
