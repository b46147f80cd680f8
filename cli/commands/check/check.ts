/** `og-sync check` */
import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { siteUrlOf, withBuiltSite } from '../../config/built-site.ts';
import type { Config } from '../../config/config.ts';
import { fields } from '../../config/schema.ts';
import { CliError } from '../../errors.ts';
import { injectRun } from '../../inject-run.ts';
import { check } from '../../pages/check.ts';
import type { Checked, CheckSource } from '../../pages/check.ts';
import { folderSource } from '../../pages/folder-source.ts';
import { siteSource } from '../../pages/site-source.ts';
import { planRun } from '../../plan-run.ts';
import { notesOfFindings } from '../../report/annotations/note.ts';
import { figuresOfCheck } from '../../report/annotations/review.ts';
import { checkDocument, checkLines } from '../../report/check.ts';
import type { CheckDocument } from '../../report/check.ts';
import { noJson } from '../../report/json.ts';
import { lineWriter } from '../../report/wrap.ts';
import { oursBelow } from '../../scan/pages/ours.ts';
import { localAddress, openStoreAt, shownPath } from '../../wiring.ts';
import { configured, shellColors, withSession } from '../shell.ts';
import type { Shell } from '../shell.ts';
import type { CheckFlags } from './flags.ts';

/** Requests to a served site at once; the site is somebody's. */
const MOST_AT_ONCE = 16;

/** Looks at the tags of every page and prints what is wrong. Resolves to 1 when something is; throws `CliError` or `FunctionError`. */
export async function checkCommand(given: Shell<CheckFlags>): Promise<number> {
  const startedAt = performance.now();
  const [dir] = given.flags.operands ?? [];
  const shell = dir === undefined ? given : { ...given, flags: { ...given.flags, pages: dir } };
  const { flags, signal } = shell;
  const raw = await configured(withoutCaller(shell));
  if (flags.fix === true) await fix(shell);
  const config = settled(raw);
  const source =
    flags.url === undefined
      ? await sourceOf(config, shell)
      : siteSource(flags.url, Math.min(config.concurrency, MOST_AT_ONCE), signal);
  const rules = { publicUrl: config.publicUrl, keepsOwn: config.own === 'keep' };
  const checked = await check(source, rules, signal);
  const document = tell(shell, checked, performance.now() - startedAt);
  const { annotate } = await import('../annotate.ts');
  await annotate(shell, {
    verb: 'check',
    notes: notesOfFindings(document.findings, { served: flags.url !== undefined }),
    figures: figuresOfCheck(document),
    from: shell.cwd,
    site: flags.url === undefined ? siteUrlOf(config) : null,
  });
  return document.summary.errors > 0 ? 1 : 0;
}

/** Nothing is sent to a function here: only whether there is one counts, not whether its address can be used. */
function withoutCaller(shell: Shell<CheckFlags>): Shell<CheckFlags & { auth: string }> {
  const { flags, settings } = shell;
  const { data: functionUrl } = fields.function.safeParse(settings.functionUrl);
  return { ...shell, flags: { ...flags, auth: 'none' }, settings: { ...settings, functionUrl } };
}

/** Where tags are not asked for, they may have been written all the same: the images of the built site show it. */
function settled(config: Config): Config {
  const { pages, publicUrl, store } = config;
  const stored = publicUrl === null && store === null && pages !== null && existsSync(join(pages, 'og'));
  const wanted = config.inject || (stored && siteUrlOf(config) !== null && config.function === null);
  return withBuiltSite({ ...config, inject: wanted });
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

async function sourceOf(config: Config, { settings, cwd, signal }: Shell): Promise<CheckSource> {
  const { pages: folder, publicUrl } = config;
  if (folder === null)
    throw new CliError(
      'usage',
      'There is nothing to check.',
      'Name the folder of the built site ("og-sync check public"), or a site that is served (--url https://…).',
    );
  if (!existsSync(folder))
    throw new CliError(
      'usage',
      `There is no built site at ${folder}.`,
      'Build the site first, or correct the folder.',
    );
  const siteUrl = siteUrlOf(config);
  const address = config.function === null ? localAddress(config) : config.store;
  const store = publicUrl === null || address === null ? null : await openStoreAt(address, settings);
  return folderSource({
    folder,
    shownFolder: shownPath(relative(cwd, folder) || '.', cwd)
      .split(sep)
      .join('/'),
    siteUrl,
    siteName: null,
    own: config.own,
    isOurs: oursBelow({ ...config, siteUrl }),
    publicUrl,
    store,
    signal,
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
