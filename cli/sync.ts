/** The core: what is missing is made, and what was made is remembered. Emits events; prints nothing. */
import { FunctionError } from '../function/contract.ts';
import type { Result, StoredResult } from '../function/contract.ts';
import { isInside } from './config/built-site.ts';
import type { Config } from './config/config.ts';
import { outputsOf } from './config/outputs.ts';
import { injectRun } from './inject-run.ts';
import { manifestOf, writeManifest } from './report/manifest.ts';
import { readManifest, stillTrue } from './report/older-manifest.ts';
import { drawingOrder } from './plan/plan.ts';
import type { Item } from './plan/plan.ts';
import { planRun } from './plan-run.ts';
import type { Parts, PlannedRun, PostSelection, Run } from './plan-run.ts';
import { OLDER_THAN_MS, prune, selectOrphans } from './plan/prune.ts';
import type { Orphan } from './plan/prune.ts';
import { saveIndex } from './inventory/save-index.ts';
import type { Changes } from './inventory/save-index.ts';

export interface PruneOptions {
  /** Younger orphans are spared, ms. */
  olderThanMs?: number | undefined;
  /** Asked before anything is deleted; false: nothing is. */
  confirm(orphans: readonly Orphan[]): Promise<boolean>;
}

export interface SyncOptions extends PostSelection {
  /** Null: orphans stay. */
  prune: PruneOptions | null;
}

/**
 * Makes what is missing or changed. The index is saved also when the run fails or is interrupted, so that what was made
 * counts.
 * Resolves to whether orphans went as asked; one image that fails is an event.
 * @throws CliError or FunctionError when the run had to end early.
 */
export async function sync(parts: Parts, options: SyncOptions, run: Run): Promise<boolean> {
  // While the browser starts, which takes longer, this process reads the posts.
  await parts.dispatch.warm?.();
  const planned = await planRun(parts, options, run);
  const stored = new Map<Item, StoredResult>();
  const kept = new Set(planned.plan.keep);
  const isThere = (item: Item): boolean => kept.has(item) || stored.has(item);
  let pruned: Pruning = { deleted: [], ok: true };
  try {
    await make(parts, planned, run, stored);
    const tagged =
      run.signal.aborted || (await injectRun(parts.config, planned, run, { isThere, dryRun: false }));
    const prune = pruneOf(parts.config, options, tagged);
    if (prune !== null && !run.signal.aborted)
      pruned = await pruneOrphans(planned, { ...prune, stored }, run);
  } finally {
    await complete(planned, stored, run);
    await keepIndex(planned, { stored: stored.values(), deleted: pruned.deleted }, run);
  }
  const { deleted } = pruned;
  if (!run.signal.aborted) await remember(parts, planned, options, { isThere, deleted }, run);
  return pruned.ok;
}

/**
 * In the built site, orphans go at once: no page names them any more. Unless some page could not be written and still may.
 */
function pruneOf(config: Config, { prune, only }: SyncOptions, tagged: boolean): PruneOptions | null {
  if (!config.inject || !isInside(config)) return prune;
  return tagged && only === undefined ? { olderThanMs: 0, confirm: () => Promise.resolve(true) } : null;
}

/** What was done goes into the index; that it could not be saved is worth a line, no more. */
export async function keepIndex(
  { store, reading }: PlannedRun,
  changes: Changes,
  { emit }: Run,
): Promise<void> {
  const problem = await saveIndex(store, reading, changes);
  if (problem !== null)
    emit({
      type: 'notice',
      message: `The index was not saved, so the next run is slower. ${problem.message}`,
    });
}

async function make(
  { dispatch }: Parts,
  { plan, reading, site, store }: PlannedRun,
  { emit, signal }: Run,
  stored: Map<Item, StoredResult>,
): Promise<void> {
  const todo = drawingOrder([...plan.create, ...plan.update]);
  if (todo.length === 0 || signal.aborted) return;
  emit({ type: 'started', where: dispatch.where, images: todo.length });
  /** Whether the store shows this picture now, and did not before: one made anew by force looks the same. */
  async function shows({ key, fingerprint }: Item): Promise<boolean> {
    const before = reading.inventory.get(key)?.fingerprint ?? null;
    if (before !== null && fingerprint.startsWith(before)) return false;
    return (await store.fingerprint(key, signal)) === fingerprint;
  }
  const results = dispatch.run(todo, { site, stored: shows, emit, signal });
  for await (const { item, result } of results) {
    if (result.status === 'stored') stored.set(item, result);
    emit({ type: 'image', item, result });
  }
}

/** An image whose answer was lost is in the store, but its size and ETag are known from a listing alone. */
async function complete(
  { store }: PlannedRun,
  stored: Map<Item, StoredResult>,
  { emit, signal }: Run,
): Promise<void> {
  const lost = new Map([...stored].filter(([, { bytes }]) => bytes === 0).map(([item]) => [item.key, item]));
  if (lost.size === 0) return;
  try {
    for await (const { key, bytes, etag } of store.list(signal)) {
      const item = lost.get(key);
      const result = item === undefined ? undefined : stored.get(item);
      if (item === undefined || result === undefined) continue;
      stored.set(item, { ...result, bytes, etag });
      emit({ type: 'measured', key, bytes });
    }
  } catch (error) {
    // Sizes are a nicety; the next run reads what the index lacks.
    if (!(error instanceof FunctionError)) throw error;
  }
}

async function remember(
  { config }: Parts,
  { items, problems, reading }: PlannedRun,
  { only }: PostSelection,
  { isThere, deleted }: { isThere: (item: Item) => boolean; deleted: readonly string[] },
  { emit }: Run,
): Promise<void> {
  if (config.manifest === null) return;
  if (only !== undefined) {
    emit({
      type: 'notice',
      message: 'The manifest is left as it is: with --only it would lack the other posts.',
    });
    return;
  }
  const { publicUrl } = config;
  const outputs = outputsOf(config);
  const gone = new Set(deleted);
  const before = stillTrue(await readManifest(config.manifest, outputs), {
    held: new Map([...reading.inventory].filter(([key]) => !gone.has(key))),
    missing: items.filter((item) => !isThere(item)),
    slugs: new Set(items.map(({ slug }) => slug)),
    unread: problems.length > 0,
  });
  const images = [...items.filter(isThere), ...before];
  await writeManifest(config.manifest, manifestOf(images, { publicUrl, outputs }));
}

function missingSlugs(missing: readonly Item[]): Map<string, Set<string>> {
  const byPattern = Map.groupBy(missing, ({ pattern }) => pattern);
  return new Map([...byPattern].map(([pattern, items]) => [pattern, new Set(items.map(({ slug }) => slug))]));
}

export interface Pruning {
  deleted: string[];
  /** False: nothing may be deleted, or something could not be. */
  ok: boolean;
}

/** Deletes orphans that are old enough, after asking; `stored`: images made since the plan. */
export async function pruneOrphans(
  { plan, reading, store, items, problems }: PlannedRun,
  options: PruneOptions & { stored: ReadonlyMap<Item, Result> },
  { emit, signal, clock }: Run,
): Promise<Pruning> {
  const missing = [...plan.create, ...plan.update].filter((item) => !options.stored.has(item));
  const { old, young, last, refusal } = selectOrphans(plan, reading.inventory, {
    olderThanMs: options.olderThanMs ?? OLDER_THAN_MS,
    now: clock(),
    problems: problems.length,
    posts: items.length,
    missing: missingSlugs(missing),
  });
  if (last.length > 0)
    emit({
      type: 'notice',
      message: `${last.length} ${last.length === 1 ? 'orphan stays' : 'orphans stay'}: the new image of the post is not made yet.`,
    });
  if (refusal !== null) emit({ type: 'notice', message: refusal, failure: true });
  if (young.length > 0)
    emit({
      type: 'notice',
      message: `${young.length} ${young.length === 1 ? 'orphan is' : 'orphans are'} too young to be deleted.`,
    });
  if (old.length === 0 || !(await options.confirm(old))) return { deleted: [], ok: refusal === null };
  const { deleted, failed } = await prune(store, old, {
    signal,
    deleted: (key) => emit({ type: 'deleted', key }),
  });
  for (const { key, reason } of failed)
    emit({ type: 'notice', message: `${key} could not be deleted: ${reason}`, failure: true });
  return { deleted, ok: failed.length === 0 };
}
