/** Sending posts to a test function, quickly: real requests, short waits. */
import type { Result } from '../../function/contract.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import { unsigned } from '../dispatch/signer.ts';
import { createUrlDispatch } from '../dispatch/url.ts';
import type { RetryPolicy } from '../dispatch/retry-policy.ts';
import type { UrlOptions } from '../dispatch/url.ts';
import type { SyncEvent } from '../events.ts';
import type { Item } from '../plan/plan.ts';
import type { TestFunction } from './function.ts';
import { itemFor } from './items.ts';

/** As in production, only quicker. */
const QUICK: Partial<RetryPolicy> = {
  backoff: { baseMs: 4, capMs: 30 },
  timeoutMs: 500,
  describeTimeoutMs: 500,
  idleMs: 10_000,
};

export interface Sent {
  results: { item: Item; result: Result }[];
  events: SyncEvent[];
  /** What ended the run early. */
  error: unknown;
  stored: string[];
  failed: string[];
}

export function dispatchTo(url: string, options: Partial<UrlOptions> = {}): Dispatch {
  const policy = { ...QUICK, ...options.policy };
  return createUrlDispatch({ url, signer: unsigned, concurrency: 4, batch: 8, ...options, policy });
}

/** Items titled `post 0` … for what the function describes. */
export async function items(dispatch: Dispatch, count: number): Promise<Item[]> {
  const description = await dispatch.describe();
  return Array.from({ length: count }, (_, at) =>
    itemFor({ slug: `p${at}`, title: `post ${at}` }, description),
  );
}

/** Sends items and gathers all that comes of it. `look`: whether the store may be asked after a lost answer. */
export async function sendItems(
  dispatch: Dispatch,
  todo: readonly Item[],
  options: { store?: TestFunction['store']; signal?: AbortSignal; onResult?: (sent: Sent) => void } = {},
): Promise<Sent> {
  const { store, signal = new AbortController().signal } = options;
  const sent: Sent = { results: [], events: [], error: null, stored: [], failed: [] };
  try {
    const run = dispatch.run(todo, {
      site: {},
      stored:
        store === undefined
          ? null
          : async ({ key, fingerprint }) => (await store.fingerprint(key)) === fingerprint,
      emit: (event) => void sent.events.push(event),
      signal,
    });
    for await (const one of run) {
      sent.results.push(one);
      sent[one.result.status].push(one.item.slug);
      options.onResult?.(sent);
    }
  } catch (error) {
    sent.error = error;
  }
  return sent;
}
