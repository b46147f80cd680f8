/** All items of a run → results: workers send batches in parallel, each until it is settled or the run must end. */
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { LIMITS } from '../../function/contract.ts';
import type { Description, RenderResponse, Result } from '../../function/contract.ts';
import type { Item } from '../plan/plan.ts';
import { composeBody, envelopeBytes, readBatches } from './batches.ts';
import type { BatchLimits } from './batches.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker } from './breaker.ts';
import type { Client } from './client.ts';
import { createGate } from './concurrency.ts';
import type { Gate, Load } from './concurrency.ts';
import type { DispatchOptions } from './dispatch.ts';
import { sendUntilSettled } from './send-until-settled.ts';
import type { SettlePorts } from './send-until-settled.ts';
import { newBatch } from './next-sends.ts';
import type { Batch } from './next-sends.ts';
import type { SendOutcome } from './outcome.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { createResults } from './results.ts';
import type { Settled } from './run-failures.ts';
import { workOff } from '../tasks/workers.ts';

export interface SendAllOptions {
  where: string;
  client: Client;
  policy: RetryPolicy;
  limits: Description['limits'];
  /** Requests in flight at most. */
  concurrency: number;
  /** Posts in a request at most. */
  batch: number;
}

/** Requests to the store at once, when it is asked what has arrived. */
const READS = 16;

function loadOf(outcome: SendOutcome<unknown>): Load {
  if (outcome.kind === 'answered') return 'ok';
  return outcome.kind === 'busy' ? 'throttled' : 'other';
}

/** What is known of an image that was found in the store after its answer was lost: not its bytes, which are given as 0. */
function recovered(item: Item): Result {
  const { slug, key, fingerprint, output } = item;
  const { width, height } = output;
  return { status: 'stored', slug, key, fingerprint, bytes: 0, width, height, renderMs: 0, warnings: [] };
}

/** Asks the store which of these items it holds; empty when it cannot be asked. */
function createLookup(order: DispatchOptions): SettlePorts['stored'] {
  const read = pLimit(READS);
  return async (asked) => {
    const look = order.stored;
    if (look === null) return new Map();
    // A store that cannot be read just now is no reason to fail: the post is sent again.
    const found = await Promise.all(asked.map((item) => read(() => look(item).catch(() => false))));
    return new Map(asked.filter((_, at) => found[at]).map((item) => [item, recovered(item)]));
  };
}

interface SendOptions {
  client: Client;
  gate: Gate;
  breaker: Breaker;
  size: BatchLimits;
  order: DispatchOptions;
  signal: AbortSignal;
  pause: (ms: number) => Promise<void>;
  /** Ends the run. */
  end: (error: unknown) => void;
}

/** Sends one batch when the gate lets it in. What the function cannot finish in its time makes later batches smaller. */
function createSend(options: SendOptions): (batch: Batch) => Promise<SendOutcome<RenderResponse> | null> {
  const { client, gate, breaker, size, order, signal, pause, end } = options;
  return async ({ parcels }) => {
    const leave = await gate.enter();
    let load: Load = 'other';
    try {
      const single = breaker.isOpen();
      if (single && !signal.aborted) {
        const delayMs = breaker.waitMs();
        order.emit({ type: 'waiting', reason: 'the function fails one request after the other', delayMs });
        await pause(delayMs);
      }
      if (signal.aborted) return null;
      const outcome = await client.render(composeBody(order.site, parcels));
      load = loadOf(outcome);
      const error = breaker.learn(outcome, single);
      // Before the next batch is let in.
      if (error !== null) end(error);
      if (outcome.kind === 'answered' && outcome.value.unprocessed.length > 0)
        size.posts = Math.max(1, Math.min(size.posts, outcome.value.results.length));
      return outcome;
    } finally {
      leave(load);
    }
  };
}

/**
 * Yields one result per item, in no order. What is in flight when the run stops is still reported.
 * @throws CliError when the run must end: after everything that was in flight.
 */
export async function* sendAll(
  items: readonly Item[],
  options: SendAllOptions,
  order: DispatchOptions,
): AsyncGenerator<Settled, void, void> {
  const { where, client, policy, limits, concurrency } = options;
  const halt = new AbortController();
  const results = createResults(where, () => halt.abort());
  const signal = AbortSignal.any([order.signal, halt.signal]);
  const size: BatchLimits = {
    posts: Math.max(1, Math.min(options.batch, limits.posts)),
    bytes: Math.min(limits.bodyBytes, LIMITS.bodyBytes) - envelopeBytes(order.site, items),
  };
  const breaker = createBreaker(where, policy.backoff, policy.random);
  const pause = (ms: number): Promise<void> => delay(ms, undefined, { signal }).catch(() => undefined);
  const gate = createGate(concurrency, () => breaker.isOpen());
  let alive = Date.now();

  function settle(item: Item, result: Result): void {
    if (result.status === 'stored') alive = Date.now();
    results.settle(item, result);
  }

  const ports: SettlePorts = {
    where,
    settle,
    send: createSend({ client, gate, breaker, size, order, signal, pause, end: results.end }),
    stored: createLookup(order),
    async probe() {
      try {
        await client.describe(signal);
        alive = Date.now();
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    pause,
    stopping: () => signal.aborted,
    aliveAt: () => alive,
    clock: Date.now,
    random: policy.random,
    emit: order.emit,
  };

  const batches = readBatches(items, () => size, settle);
  const workers = { count: concurrency, stopped: () => signal.aborted, onError: results.end };
  const working = workOff(batches, workers, (parcels) => sendUntilSettled(newBatch(parcels), policy, ports));
  void results.closeAfter(working);
  try {
    yield* results;
  } finally {
    halt.abort();
  }
}
