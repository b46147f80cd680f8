/**
 * The index: a document beside the images that remembers which fingerprint an object with a certain ETag carries. Only a
 * cache, trusted entry by entry; whatever is wrong with it, the store itself is asked. Pure.
 */

/** Name of the document in the store. */
export const INDEX = 'index.json';

/** The fingerprint is null for an object that is not ours: that, too, need not be asked again. */
export type IndexEntry = readonly [etag: string, fingerprint: string | null];
export type Index = ReadonlyMap<string, IndexEntry>;

const VERSION = 1;
/** Beyond this the text would come near the longest string JavaScript has; the inventory then asks the store. */
export const MAX_ENTRIES = 1_000_000;

/** Reads an index. What is not one, or an entry that is none, counts as missing. */
export function parseIndex(text: string): Index {
  const entries = new Map<string, IndexEntry>();
  for (const [key, entry] of Object.entries(entriesOf(text))) if (isEntry(entry)) entries.set(key, entry);
  return entries;
}

function entriesOf(text: string): object {
  try {
    const document: unknown = JSON.parse(text);
    if (!isObject(document) || document['version'] !== VERSION) return {};
    return isObject(document['entries']) ? document['entries'] : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is IndexEntry {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [etag, fingerprint] = value as unknown[];
  return typeof etag === 'string' && etag !== '' && (fingerprint === null || typeof fingerprint === 'string');
}

/** The text of an index, keys sorted: the same entries give the same bytes. */
export function formatIndex(index: Index): string {
  const sorted = [...index].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // Written by hand so that a key such as "__proto__" is a key like any other.
  const members = sorted.map(([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`);
  return `{"version":${VERSION},"entries":{${members.join(',\n')}}}\n`;
}

/** What one run knows when it ends. */
export interface Knowledge {
  /** What it saw before it began. */
  seen: Index;
  /** What it stored itself. */
  stored: Index;
  deleted: ReadonlySet<string>;
}

/**
 * The index after a run. `theirs` is what another run has written meanwhile (empty: nobody did): newer than what we saw,
 * older than what we did. A wrong guess costs one request later, since an entry counts only while its ETag is the listed one.
 */
export function mergeIndex(theirs: Index, { seen, stored, deleted }: Knowledge): Index {
  const merged = new Map([...seen, ...theirs]);
  for (const key of deleted) merged.delete(key);
  for (const [key, entry] of stored) merged.set(key, entry);
  return merged;
}
