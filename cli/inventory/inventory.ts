/** What the store holds now: one listing, and as few further requests as can be. */
import { FunctionError } from '../../function/contract.ts';
import { IMAGE_KEY, isHashed, keyHash } from '../../function/key.ts';
import type { Store } from '../../function/store/store.ts';
import { INDEX, parseIndex } from './index-cache.ts';
import type { Index } from './index-cache.ts';
import type { Held, Inventory } from '../plan/plan.ts';
import { workOff } from '../tasks/workers.ts';

/** Fingerprints asked for at once. */
const PARALLEL = 32;

export interface Reading {
  /** The key patterns it was read with. */
  patterns: readonly string[];
  inventory: Inventory;
  /** Keys that belong into the index: images whose name does not hold their fingerprint. */
  indexed: ReadonlySet<string>;
  /** The version of the index that was read; null when there was none or it could not be read. */
  etag: string | null;
  /** Whether the index says exactly what was found, so that it need not be written. */
  fresh: boolean;
}

/**
 * Lists the store and finds out the fingerprint of every image in it: from its name where the key patterns have a hash, else
 * from the index as long as the ETags agree, else from the object itself. A lost, stale or corrupt index makes it slower,
 * never wrong.
 *
 * @throws FunctionError `store_unavailable` or `store_refused`; the signal's reason once it is aborted.
 */
export async function readInventory(
  store: Store,
  options: { patterns: readonly string[]; signal?: AbortSignal },
): Promise<Reading> {
  const { patterns, signal } = options;
  const early = store.remote && !patterns.every(isHashed) ? readIndex(store, signal) : null;
  const { inventory, indexed } = await list(store, patterns, signal);
  const index = await (early ?? (store.remote && indexed.size > 0 ? readIndex(store, signal) : NO_INDEX));

  const unknown: [string, Held][] = [];
  for (const key of indexed) {
    const held = inventory.get(key);
    const entry = index.entries.get(key);
    if (held === undefined) continue;
    if (entry?.[0] === held.etag) held.fingerprint = entry[1];
    else unknown.push([key, held]);
  }
  await lookUp(store, unknown, signal);
  const fresh = unknown.length === 0 && index.entries.size === indexed.size;
  return { patterns, inventory, indexed, etag: index.etag, fresh };
}

interface IndexCopy {
  entries: Index;
  etag: string | null;
}

const NO_INDEX: IndexCopy = { entries: new Map(), etag: null };

async function readIndex(store: Store, signal?: AbortSignal): Promise<IndexCopy> {
  try {
    const document = await store.read(INDEX, signal);
    return document === null ? NO_INDEX : { entries: parseIndex(document.text), etag: document.etag };
  } catch (error) {
    // A store that is down or closed shows in the listing; an index that cannot be read is only a slower start.
    if (error instanceof FunctionError) return NO_INDEX;
    throw error;
  }
}

async function list(
  store: Store,
  patterns: readonly string[],
  signal?: AbortSignal,
): Promise<{ inventory: Map<string, Held>; indexed: Set<string> }> {
  const hashOf = keyHash(patterns);
  const inventory = new Map<string, Held>();
  const indexed = new Set<string>();
  for await (const { key, etag, bytes, modified } of store.list(signal)) {
    signal?.throwIfAborted();
    const hash = hashOf(key);
    inventory.set(key, { fingerprint: hash, etag, bytes, modified });
    // Pages and styles of a site that lives in the same bucket are none of ours: not a request is spent on them.
    if (hash === null && IMAGE_KEY.test(key)) indexed.add(key);
  }
  return { inventory, indexed };
}

async function lookUp(store: Store, unknown: readonly [string, Held][], signal?: AbortSignal): Promise<void> {
  await workOff(unknown.values(), { count: PARALLEL }, async ([key, held]) => {
    signal?.throwIfAborted();
    held.fingerprint = await store.fingerprint(key, signal);
  });
}
