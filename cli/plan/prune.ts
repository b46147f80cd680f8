/** Removing orphans: which ones is a pure question, answered first; then they go, each looked at once more. */
import pLimit from 'p-limit';
import { keySlug } from '../../function/key.ts';
import type { Store } from '../../function/store/store.ts';
import type { Inventory, Plan } from './plan.ts';

/**
 * A week: what another build has stored lately, of a branch or of a release that is still under way, is not touched. The age
 * is the image's: since when nobody claims it is not recorded anywhere.
 */
export const OLDER_THAN_MS = 7 * 24 * 3600 * 1000;

/** An orphan with what it carried when the plan was made. */
export interface Orphan {
  key: string;
  fingerprint: string;
}

export interface OrphanSelection {
  /** Orphans that may be deleted, sorted by key. */
  old: Orphan[];
  /** Keys of orphans that are not old enough. */
  young: string[];
  /** Keys of orphans that are the last picture of a post whose new one is not made yet. */
  last: string[];
  /** Why nothing may be deleted at all, as a sentence; null: go ahead. */
  refusal: string | null;
}

export interface PruneRules {
  /** Younger orphans are spared, in ms. */
  olderThanMs: number;
  /** ms since the epoch. */
  now: number;
  /** Files that could not be read: their images look like orphans and are none. */
  problems: number;
  /** Posts found. With none at all, every image would look like an orphan. */
  posts: number;
  /** By key pattern: slugs of posts whose image of that name is not in the store as it should be. */
  missing: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Chooses which orphans of a plan may go: images of ours only, older than the rules say, and none at all when the scan
 * cannot be trusted.
 */
export function selectOrphans(plan: Plan, inventory: Inventory, rules: PruneRules): OrphanSelection {
  const selection: OrphanSelection = { old: [], young: [], last: [], refusal: refusal(rules) };
  if (selection.refusal !== null) return selection;
  const waits = [...rules.missing].map(([pattern, slugs]) => {
    const slugOf = keySlug(pattern);
    return (key: string) => slugs.has(slugOf(key) ?? '');
  });
  for (const key of plan.orphan) {
    const held = inventory.get(key);
    if (held === undefined || held.fingerprint === null) continue;
    if (waits.some((waitsFor) => waitsFor(key))) selection.last.push(key);
    else if (rules.now - held.modified.getTime() < rules.olderThanMs) selection.young.push(key);
    else selection.old.push({ key, fingerprint: held.fingerprint });
  }
  return selection;
}

function refusal({ problems, posts }: PruneRules): string | null {
  if (problems > 0)
    return `Nothing is pruned: ${problems} ${problems === 1 ? 'file has' : 'files have'} a problem, and the image of a post that cannot be read looks like an orphan.`;
  if (posts === 0) return 'Nothing is pruned: no post was found, and every image would look like an orphan.';
  return null;
}

export interface Pruned {
  deleted: string[];
  failed: { key: string; reason: string }[];
}

const LOOKED_AT_ONCE = 32;
const DELETED_AT_ONCE = 1000;

/**
 * Deletes orphans, 1,000 in one request where the store can. Each must still carry the fingerprint it had in the plan: a key
 * that another run has taken up meanwhile, or whose name alone looked like ours, is spared. Stops when the signal aborts, and
 * resolves to what was done until then.
 *
 * @throws FunctionError `store_unavailable` or `store_refused`.
 */
export async function prune(
  store: Store,
  orphans: readonly Orphan[],
  options: { signal?: AbortSignal; deleted?: (key: string) => void } = {},
): Promise<Pruned> {
  const { signal } = options;
  const pruned: Pruned = { deleted: [], failed: [] };
  for (let at = 0; at < orphans.length; at += DELETED_AT_ONCE) {
    const some = orphans.slice(at, at + DELETED_AT_ONCE);
    const same = await unchanged(store, some, signal).catch((error: unknown) => {
      if (signal?.aborted !== true) throw error;
    });
    if (same === undefined || signal?.aborted === true) return pruned;
    const failed = same.length === 0 ? [] : await store.delete(same);
    pruned.failed.push(...failed);
    const still = new Set(failed.map(({ key }) => key));
    for (const key of same) {
      if (still.has(key)) continue;
      pruned.deleted.push(key);
      options.deleted?.(key);
    }
  }
  return pruned;
}

/** Keys of the orphans that still carry what they carried in the plan. */
async function unchanged(
  store: Store,
  orphans: readonly Orphan[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const limit = pLimit(LOOKED_AT_ONCE);
  const found = await limit.map(orphans, async ({ key }) => await store.fingerprint(key, signal));
  return orphans
    .filter(({ fingerprint }, index) => found[index]?.startsWith(fingerprint) === true)
    .map(({ key }) => key);
}
