/** `og-sync check` */
import { performance } from 'node:perf_hooks';
import { checkRun } from '../../check-run.ts';
import { siteUrlOf } from '../../config/built-site.ts';
import { fields } from '../../config/schema.ts';
import { injectRun } from '../../inject-run.ts';
import type { Checked } from '../../pages/check.ts';
import { planRun } from '../../plan-run.ts';
import { notesOfFindings } from '../../report/annotations/note.ts';
import { figuresOfCheck } from '../../report/annotations/review.ts';
import { checkDocument, checkLines } from '../../report/check.ts';
import type { CheckDocument } from '../../report/documents.ts';
import { noJson } from '../../report/json.ts';
import { lineWriter } from '../../report/wrap.ts';
import { configured, shellColors, withSession } from '../shell.ts';
import type { Shell } from '../shell.ts';
import type { CheckFlags } from './flags.ts';

/** Looks at the tags of every page and prints what is wrong. Resolves to 1 when something is; throws `CliError` or `FunctionError`. */
export async function checkCommand(given: Shell<CheckFlags>): Promise<number> {
  const startedAt = performance.now();
  const [dir] = given.flags.operands ?? [];
  const shell = dir === undefined ? given : { ...given, flags: { ...given.flags, pages: dir } };
  const { flags, signal } = shell;
  const raw = await configured(withoutCaller(shell));
  if (flags.fix === true) await fix(shell);
  const { settings, cwd } = shell;
  const checked = await checkRun(raw, { url: flags.url, settings, cwd, signal });
  const document = tell(shell, checked, performance.now() - startedAt);
  const { annotate } = await import('../annotate.ts');
  await annotate(shell, {
    verb: 'check',
    notes: notesOfFindings(document.findings, { served: flags.url !== undefined }),
    figures: figuresOfCheck(document),
    from: shell.cwd,
    site: flags.url === undefined ? siteUrlOf(raw) : null,
  });
  return document.summary.errors > 0 ? 1 : 0;
}

/** Nothing is sent to a function here: only whether there is one counts, not whether its address can be used. */
function withoutCaller(shell: Shell<CheckFlags>): Shell<CheckFlags & { auth: string }> {
  const { flags, settings } = shell;
  const { data: functionUrl } = fields.function.safeParse(settings.functionUrl);
  return { ...shell, flags: { ...flags, auth: 'none' }, settings: { ...settings, functionUrl } };
}

/** Writes the tags of all images that are there. */
async function fix(shell: Shell<CheckFlags>): Promise<void> {
  const { flags } = shell;
  // What the run finds is told here, and what the check finds in the review.
  const written = { ...shell, flags: { ...flags, inject: true, annotations: false }, json: noJson };
  await withSession(written, 'work', async (session) => {
    const { config, parts, run } = session;
    const planned = await planRun(parts, {}, run);
    const kept = new Set(planned.plan.keep);
    await injectRun(config, planned, run, { isThere: (item) => kept.has(item), dryRun: false });
    session.conclude();
    return 0;
  });
}

function tell(shell: Shell<CheckFlags>, checked: Checked, durationMs: number): CheckDocument {
  const { flags, stdout, json } = shell;
  const document = checkDocument(checked, durationMs);
  json.print(() => document);
  if (flags.json !== true) {
    const print = lineWriter(stdout);
    const colors = shellColors(shell, 'stdout');
    const options = { colors, verbose: flags.verbose === true, quiet: flags.quiet === true };
    for (const line of checkLines(document, options)) print(line);
  }
  return document;
}
