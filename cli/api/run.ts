/** `sync`, `plan`, `inject` and `check` for a program. `index.ts` loads this file with the first call. */
import { performance } from 'node:perf_hooks';
import { withBuiltSite } from '../config/built-site.ts';
import type { Config } from '../config/config.ts';
import { checkRun } from '../check-run.ts';
import { injectRun } from '../inject-run.ts';
import { OLDER_THAN_MS } from '../plan/prune.ts';
import { planRun } from '../plan-run.ts';
import { checkDocument } from '../report/check.ts';
import type { CheckDocument, ReportDocument } from '../report/documents.ts';
import { sync } from '../sync.ts';
import { cached, copyInto } from './cache.ts';
import { openConfig } from './config.ts';
import type { CheckOptions, PlanOptions, RunOptions, SyncOptions } from './options.ts';
import { runSession, withGivenPosts } from './session.ts';

export async function runSync(options: SyncOptions): Promise<ReportDocument> {
  const opened = await openConfig(options);
  const placed = withBuiltSite(withGivenPosts(opened.config, options));
  const { config, copyTo } = cached(placed, options.cache);
  const prune = copyTo === null ? (options.prune ?? false) : { olderThanMs: OLDER_THAN_MS };
  const { only, force } = options;
  const document = await runSession({ ...opened, config }, { ...options, dryRun: false }, (parts, run) =>
    sync(parts, { only, force, prune: pruneOf(prune) }, run),
  );
  if (copyTo !== null) await copyInto(copyTo, config, document, only === undefined);
  return document;
}

function pruneOf(prune: NonNullable<SyncOptions['prune']>): Parameters<typeof sync>[1]['prune'] {
  if (prune === false) return null;
  const { olderThanMs } = prune === true ? {} : prune;
  return { olderThanMs, confirm: () => Promise.resolve(true) };
}

export async function runPlan(options: PlanOptions): Promise<ReportDocument> {
  const opened = await openConfig(options);
  const config = withBuiltSite(withGivenPosts(opened.config, options));
  return runSession({ ...opened, config }, { ...options, dryRun: true }, async (parts, run) => {
    const planned = await planRun(parts, options, run);
    await injectRun(config, planned, run, { isThere: () => true, dryRun: true });
  });
}

export async function runInject(options: RunOptions): Promise<ReportDocument> {
  const opened = await openConfig(options);
  const asked: Config = { ...withGivenPosts(opened.config, options), inject: true };
  const config = withBuiltSite(asked);
  return runSession({ ...opened, config }, { ...options, dryRun: true }, async (parts, run) => {
    const planned = await planRun(parts, {}, run);
    const kept = new Set(planned.plan.keep);
    await injectRun(config, planned, run, { isThere: (item) => kept.has(item), dryRun: false });
  });
}

export async function runCheck(options: CheckOptions): Promise<CheckDocument> {
  const startedAt = performance.now();
  const signal = options.signal ?? new AbortController().signal;
  const { config, settings, cwd } = await openConfig(options);
  const checked = await checkRun(config, { url: options.url, settings, cwd, signal });
  signal.throwIfAborted();
  return checkDocument(checked, performance.now() - startedAt);
}
