/** Items → batches of one output, bounded by count and by bytes: a cover in each post makes a body heavy long before it is long. */
import { isDeepStrictEqual } from 'node:util';
import { FunctionError } from '../../function/contract.ts';
import type { FailedResult, Output, Site } from '../../function/contract.ts';
import type { Item } from '../plan/plan.ts';

/** One post as it will be sent. */
export interface Parcel {
  item: Item;
  json: string;
  /** UTF-8 bytes of `json`. */
  bytes: number;
}

export interface BatchLimits {
  /** Posts in one request. */
  posts: number;
  /** Bytes that the posts of one request may have together, commas included. */
  bytes: number;
}

function head(site: string, output: Output | undefined): string {
  return `{"site":${site},"output":${JSON.stringify(output ?? {})},"posts":[`;
}

/** Bytes that the body of any batch of these items has around its posts. */
export function envelopeBytes(site: Site, items: readonly Item[]): number {
  const text = JSON.stringify(site);
  const outputs = new Set(items.map(({ output }) => output));
  return Math.max(0, ...[...outputs].map((output) => Buffer.byteLength(head(text, output)) + 2));
}

/** The body of `POST /` for posts of one output. */
export function composeBody(site: Site, parcels: readonly Parcel[]): string {
  const posts = parcels.map(({ json }) => json).join(',');
  return `${head(JSON.stringify(site), parcels[0]?.item.output)}${posts}]}`;
}

/** Splits parcels, in order, so that no batch breaks a limit. A parcel that breaks one alone stands alone. */
export function pack(parcels: readonly Parcel[], limits: BatchLimits): Parcel[][] {
  const batches: Parcel[][] = [];
  let current: Parcel[] = [];
  let bytes = 0;
  for (const parcel of parcels) {
    const grown = bytes + parcel.bytes + 1;
    if (current.length > 0 && (current.length >= limits.posts || grown > limits.bytes)) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(parcel);
    bytes += parcel.bytes + 1;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}

/** A post that could not even be sent. */
export function unsent(item: Item, code: FailedResult['error']['code'], message: string): FailedResult {
  const { slug, key, fingerprint } = item;
  return { status: 'failed', slug, key, fingerprint, warnings: [], error: { code, message } };
}

/** The first items, as far as they have one output: a request has but one. */
function alike(items: readonly Item[]): readonly Item[] {
  const end = items.findIndex(({ output }) => !isDeepStrictEqual(output, items[0]?.output));
  return end < 0 ? items : items.slice(0, end);
}

async function parcel(item: Item, limits: BatchLimits): Promise<Parcel | FailedResult> {
  try {
    const json = JSON.stringify(await item.load());
    const bytes = Buffer.byteLength(json);
    if (bytes <= limits.bytes) return { item, json, bytes };
    return unsent(item, 'too_large', `It has ${bytes} bytes; a request may have ${limits.bytes}.`);
  } catch (error) {
    const code = error instanceof FunctionError ? error.code : 'invalid_image';
    return unsent(item, code, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads the items as they are needed and yields them packed; what cannot be read or is too heavy alone goes to `fail`.
 * `limits` is asked before each batch: it may shrink while the run goes on. Nothing is read ahead, so that memory holds
 * the pictures of what is in flight and no more.
 */
export async function* readBatches(
  items: readonly Item[],
  limits: () => BatchLimits,
  fail: (item: Item, result: FailedResult) => void,
): AsyncGenerator<Parcel[], void, void> {
  for (let at = 0; at < items.length;) {
    const now = limits();
    const slice = alike(items.slice(at, at + now.posts));
    at += slice.length;
    const read = await Promise.all(slice.map((item) => parcel(item, now)));
    const good: Parcel[] = [];
    for (const [index, one] of read.entries()) {
      const item = slice[index];
      if ('json' in one) good.push(one);
      else if (item !== undefined) fail(item, one);
    }
    yield* pack(good, now);
  }
}
