/** After a run: what it saw and did goes into the index, so that the next one need not ask again. */
import { FunctionError } from '../../function/contract.ts';
import { keyHash } from '../../function/key.ts';
import type { Store } from '../../function/store/store.ts';
import { INDEX, MAX_ENTRIES, formatIndex, mergeIndex, parseIndex } from './index-cache.ts';
import type { IndexEntry, Index, Knowledge } from './index-cache.ts';
import type { Reading } from './inventory.ts';

/** Each lost race means that somebody else's write succeeded, so few are needed. */
const TRIES = 8;

export interface Changes {
  /** Images this run has stored. One without an ETag is left out: the next run asks for it. */
  stored: Iterable<{ key: string; etag?: string | undefined; fingerprint: string }>;
  deleted: Iterable<string>;
}

/**
 * Rewrites the index where something changed, on the condition that nobody else has meanwhile; what another run has
 * written is merged in. Keys that carry a hash need no entry. Resolves to why it could not be saved, or null:
 * without an index the next run is slower, not wrong.
 */
export async function saveIndex(
  store: Store,
  reading: Reading,
  changes: Changes,
): Promise<FunctionError | null> {
  if (!store.remote) return null;
  const knowledge = gather(reading, changes);
  if (reading.fresh && knowledge.stored.size === 0 && knowledge.deleted.size === 0) return null;
  try {
    return await write(store, knowledge, reading.etag);
  } catch (error) {
    if (error instanceof FunctionError) return error;
    throw error;
  }
}

function gather(reading: Reading, changes: Changes): Knowledge {
  const hashOf = keyHash(reading.patterns);
  const seen = new Map<string, IndexEntry>();
  for (const key of reading.indexed) {
    const held = reading.inventory.get(key);
    if (held !== undefined) seen.set(key, [held.etag, held.fingerprint]);
  }
  const stored = new Map<string, IndexEntry>();
  for (const { key, etag, fingerprint } of changes.stored)
    if (etag !== undefined && hashOf(key) === null) stored.set(key, [etag, fingerprint]);
  const deleted = new Set([...changes.deleted].filter((key) => hashOf(key) === null));
  return { seen, stored, deleted };
}

async function write(store: Store, knowledge: Knowledge, read: string | null): Promise<FunctionError | null> {
  let etag = read;
  let theirs: Index = new Map();
  for (let tries = 0; tries < TRIES; tries += 1) {
    const next = mergeIndex(theirs, knowledge);
    if (next.size > MAX_ENTRIES)
      return new FunctionError(
        'store_refused',
        `The index would have more than ${MAX_ENTRIES} entries and is not written.`,
        'Put {hash} into the key pattern, or split the blog into several prefixes: see docs/scaling.md.',
      );
    if (await store.write(INDEX, formatIndex(next), etag)) return null;
    const newest = await store.read(INDEX);
    etag = newest?.etag ?? null;
    theirs = parseIndex(newest?.text ?? '');
  }
  return new FunctionError(
    'store_unavailable',
    `The index was changed by others ${TRIES} times while it was written.`,
    'The next run asks the store for what is missing in it; nothing else is lost.',
  );
}
