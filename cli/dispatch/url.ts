/** Dispatch to a Function URL: batches in parallel, no more in flight than the function bears, each healed until done. */
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { LIMITS } from '../../function/contract.ts';
import type { Description, FailedResult, RenderResponse, Result } from '../../function/contract.ts';
import { VERSION } from '../../function/package.ts';
import type { Item } from '../plan.ts';
import { composeBody, envelopeBytes, readBatches } from './batches.ts';
import type { BatchLimits, Parcel } from './batches.ts';
import { createChannel } from './channel.ts';
import { createClient } from './client.ts';
import { createGate } from './concurrency.ts';
import type { Load } from './concurrency.ts';
import type { Dispatch, DispatchOptions } from './dispatch.ts';
import { heal } from './heal.ts';
import type { HealPorts, Patience } from './heal.ts';
import { fresh } from './judge.ts';
import type { Outcome } from './outcome.ts';
import type { Signer } from './signer.ts';

export interface UrlOptions {
  url: string;
  signer: Signer;
  /** Requests in flight at most. */
  concurrency: number;
  /** Posts in a request at most. */
  batch: number;
  /** Ends the first question, whose answer nobody waits for any more; not what is being rendered. */
  signal?: AbortSignal;
  /** For tests: how long things may take. */
  pace?: Partial<Pace>;
}

export interface Pace extends Patience {
  /** ms for one request, all told. */
  timeoutMs: number;
  describeTimeoutMs: number;
  describeTries: number;
  random: () => number;
}

/** A Lambda has 60 s unless told otherwise; its 502 for a killed one arrives a little later than that. */
const PACE: Pace = {
  backoff: { baseMs: 250, capMs: 10_000 },
  tries: { post: 3, connect: 6 },
  idleMs: 300_000,
  timeoutMs: 90_000,
  describeTimeoutMs: 30_000,
  describeTries: 4,
  random: Math.random,
};

/** Requests to the store at once, when it is asked what has arrived. */
const READS = 16;

function load(outcome: Outcome<unknown>): Load {
  if (outcome.kind === 'answered') return 'ok';
  return outcome.kind === 'busy' ? 'throttled' : 'other';
}

/** What is known of an image that was found in the store after its answer was lost. */
function recovered(item: Item, { output }: DispatchOptions): Result {
  const { slug, key, fingerprint } = item;
  const { width, height } = output;
  return { status: 'stored', slug, key, fingerprint, bytes: 0, width, height, renderMs: 0, warnings: [] };
}

export function createUrlDispatch(options: UrlOptions): Dispatch {
  const pace: Pace = { ...PACE, ...options.pace };
  const url = new URL(options.url);
  const where = url.href;
  const client = createClient({
    ...pace,
    url,
    signer: options.signer,
    userAgent: `og-sync/${VERSION}`,
    sleep: (ms) => delay(ms),
    clock: Date.now,
  });
  let described: Promise<Description> | null = null;
  const describe = (): Promise<Description> => (described ??= client.describe(options.signal));

  async function* run(
    items: readonly Item[],
    run: DispatchOptions,
  ): AsyncGenerator<{ item: Item; result: Result }, void, void> {
    const { limits } = await describe();
    const channel = createChannel<{ item: Item; result: Result }>();
    const gate = createGate(options.concurrency);
    const halt = new AbortController();
    const signal = AbortSignal.any([run.signal, halt.signal]);
    const read = pLimit(READS);
    let progress = Date.now();
    const size: BatchLimits = {
      posts: Math.max(1, Math.min(options.batch, limits.posts)),
      bytes: Math.min(limits.bodyBytes, LIMITS.bodyBytes) - envelopeBytes(run),
    };

    function settle(item: Item, result: Result): void {
      if (result.status === 'stored') progress = Date.now();
      channel.push({ item, result });
    }

    async function send({ parcels }: { parcels: Parcel[] }): Promise<Outcome<RenderResponse> | null> {
      const leave = await gate.enter();
      let said: Load = 'other';
      try {
        if (signal.aborted) return null;
        const outcome = await client.render(composeBody(run, parcels));
        said = load(outcome);
        // What the function cannot finish in its time, it is not given again.
        if (outcome.kind === 'answered' && outcome.value.unprocessed.length > 0)
          size.posts = Math.max(1, Math.min(size.posts, outcome.value.results.length));
        return outcome;
      } finally {
        leave(said);
      }
    }

    async function stored(asked: readonly Item[]): Promise<Map<Item, Result>> {
      const look = run.stored;
      if (look === null) return new Map();
      const found = await Promise.all(
        // A store that cannot be read just now is no reason to fail: the post is sent again.
        asked.map((item) => read(() => look(item).catch(() => false))),
      );
      return new Map(asked.filter((_, at) => found[at]).map((item) => [item, recovered(item, run)]));
    }

    const ports: HealPorts = {
      where,
      send,
      stored,
      settle,
      async probe() {
        await client.describe();
        progress = Date.now();
      },
      pause: (ms) => delay(ms, undefined, { signal }).catch(() => undefined),
      stopping: () => signal.aborted,
      lastProgress: () => progress,
      clock: Date.now,
      random: pace.random,
      emit: run.emit,
    };

    const batches = readBatches(
      items,
      () => size,
      settle satisfies (item: Item, result: FailedResult) => void,
    );
    async function worker(): Promise<void> {
      while (!signal.aborted) {
        const next = await batches.next();
        if (next.done === true || signal.aborted) return;
        await heal(fresh(next.value), pace, ports);
      }
    }

    let fatal: unknown;
    const workers = Array.from({ length: options.concurrency }, () =>
      worker().catch((error: unknown) => {
        fatal ??= error;
        halt.abort();
      }),
    );
    // Closed last: what was in flight when one worker failed is still told.
    void Promise.all(workers).then(() => channel.close(fatal));
    try {
      yield* channel;
    } finally {
      halt.abort();
    }
  }

  return { where, describe, run, close: async () => undefined };
}
