/** A store → what this identity may do there, tried out so that nothing is left behind. */
import { randomUUID } from 'node:crypto';
import { FunctionError } from '../../../function/contract.ts';
import type { Store } from '../../../function/store/store.ts';
import { count } from '../../report/format.ts';
import { failed, ok, softened, warning } from './check.ts';
import type { Fact } from './check.ts';

/** One white dot. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGXnGVgAAAABJRU5ErkJggg==',
  'base64',
);
/** Images of which a listing is read: one page of S3. */
const LISTED = 1000;
/** ms in which the probe is stored and removed, also when nobody waits any more. */
const TIDY_MS = 15_000;

export interface Wanted {
  /** A run stores images itself; else the function does, and a run writes the index alone. */
  images: boolean;
}

/**
 * Lists, reads, writes, deletes. An image is stored only where it may be deleted again, which is tried first; elsewhere a
 * write is tried whose condition cannot hold. The probe is removed whatever happens; the signal ends all but that.
 */
export async function probeStore(store: Store, { images }: Wanted, signal: AbortSignal): Promise<Fact[]> {
  const listing = await list(store, signal);
  const facts = [listing.fact];
  if (listing.ended) return facts;
  const key = `og-sync-doctor-${randomUUID()}.png`;
  const deleting = await tryDeleting(store, key, signal);
  signal.throwIfAborted();
  if (images && deleting.sign === 'ok') facts.push(...(await storeProbe(store, key, signal)));
  else {
    if (listing.first !== null) facts.push(await tryReading(store, listing.first, signal));
    if (store.remote) facts.push(await tryConditionalWrite(store, { images }, signal));
  }
  return [...facts, deleting];
}

interface Listing {
  fact: Fact;
  /** A key that is there. */
  first: string | null;
  /** Nothing else needs to be tried. */
  ended: boolean;
}

async function list(store: Store, signal: AbortSignal): Promise<Listing> {
  let first: string | null = null;
  let images = 0;
  try {
    for await (const { key } of store.list(signal)) {
      first ??= key;
      images += 1;
      if (images >= LISTED) break;
    }
  } catch (error) {
    return { fact: failed(error, { reach: true }), first, ended: isForAll(error) };
  }
  const held = `${images >= LISTED ? 'at least ' : ''}${count(images, 'image')}`;
  return { fact: ok(`${store.address} can be listed; it holds ${held}.`), first, ended: false };
}

/** Whether every other request would end the same. */
function isForAll(error: unknown): boolean {
  if (!(error instanceof FunctionError)) return true;
  const everywhere = (error.details as { everywhere?: boolean } | undefined)?.everywhere === true;
  return error.code === 'store_unavailable' || everywhere;
}

/** Of a key that is not there: a store says all the same whether it may be deleted. */
async function tryDeleting(store: Store, key: string, signal: AbortSignal): Promise<Fact> {
  try {
    const [refused] = await store.delete([key], signal);
    if (refused === undefined) return ok('Images may be deleted.');
    return warning(`Images may not be deleted: ${refused.reason}.`.replace('..', '.'), DELETE_CURE);
  } catch (error) {
    return softened(failed(error));
  }
}

const DELETE_CURE =
  'Only "og-sync prune" and --prune need it: allow s3:DeleteObject to a build that prunes (docs/aws.md).';

async function tryReading(store: Store, key: string, signal: AbortSignal): Promise<Fact> {
  try {
    await store.fingerprint(key, signal);
    return ok('Images may be read.');
  } catch (error) {
    return failed(error, { reach: true });
  }
}

/** No version of a document that is not there matches, so that nothing is written; a missing right is told all the same. */
async function tryConditionalWrite(store: Store, { images }: Wanted, signal: AbortSignal): Promise<Fact> {
  try {
    await store.write(`doctor-${randomUUID()}.json`, '{}', '"none"', signal);
    return ok(
      images ? 'Objects may be written.' : 'The index may be written; images are written by the function.',
    );
  } catch (error) {
    const fact = failed(error, { reach: true });
    // Without its index a run is slower, and no worse.
    return images ? fact : softened(fact);
  }
}

async function storeProbe(store: Store, key: string, signal: AbortSignal): Promise<Fact[]> {
  const facts: Fact[] = [];
  const tidy = AbortSignal.timeout(TIDY_MS);
  try {
    // Not broken off: what is on its way to a store may arrive after it was removed.
    await store.put(
      { key, bytes: PIXEL, contentType: 'image/png', fingerprint: '0'.repeat(64), immutable: false },
      tidy,
    );
    facts.push(ok('Images may be written.'));
    signal.throwIfAborted();
    const isThere = (await store.fingerprint(key, signal)) !== null;
    facts.push(
      isThere
        ? ok('Images may be read.')
        : warning(
            'An image that was just written cannot be read.',
            'Allow s3:GetObject (docs/aws.md), and see that the store is no cache of another one.',
          ),
    );
  } catch (error) {
    signal.throwIfAborted();
    facts.push(failed(error, { reach: true }));
  } finally {
    facts.push(...(await remove(store, key)));
  }
  return facts;
}

async function remove(store: Store, key: string): Promise<Fact[]> {
  const reason = await store.delete([key], AbortSignal.timeout(TIDY_MS)).then(
    ([refused]) => refused?.reason ?? null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (reason === null) return [];
  return [warning(`The probe ${key} may have stayed in ${store.address}: ${reason}`, `Delete ${key} there.`)];
}
