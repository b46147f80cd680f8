/** Dispatch to a Function URL. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Agents } from '../../deploy/aws/http.ts';
import type { Description } from '../../function/contract.ts';
import { VERSION } from '../../function/package.ts';
import { createClient } from './client.ts';
import { sendAll } from './send-all.ts';
import type { Dispatch } from './dispatch.ts';
import { RETRY_POLICY } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { Signer } from './signer.ts';

export interface UrlOptions {
  url: string;
  signer: Signer;
  /** Through a proxy, where one is to be used. */
  agents?: Agents | undefined;
  /** Requests in flight at most. */
  concurrency: number;
  /** Posts in a request at most. */
  batch: number;
  /** Ends the first question, whose answer nobody waits for any more; not what is being rendered. */
  signal?: AbortSignal;
  /** Called before each wait for the answer to the first question. */
  onWait?: (reason: string, delayMs: number) => void;
  /** For tests: how long things may take. */
  policy?: Partial<RetryPolicy>;
}

function sleep(ms: number, signal?: AbortSignal): Promise<unknown> {
  return delay(ms, undefined, signal && { signal });
}

/** Batches in parallel, no more in flight than the function bears, each sent until every post of it is settled. */
export function createUrlDispatch(options: UrlOptions): Dispatch {
  const { signer, agents, concurrency, batch, signal, onWait = () => {} } = options;
  const policy: RetryPolicy = { ...RETRY_POLICY, ...options.policy };
  const url = new URL(options.url);
  const where = url.href;
  const userAgent = `og-sync/${VERSION}`;
  const client = createClient({ ...policy, url, signer, agents, userAgent, sleep, clock: Date.now, onWait });
  let described: Promise<Description> | null = null;
  const describe = (): Promise<Description> => (described ??= client.describe(signal));
  return {
    where,
    describe,
    async *run(items, order) {
      const { limits } = await describe();
      yield* sendAll(items, { where, client, policy, limits, concurrency, batch }, order);
    },
    close: async () => undefined,
  };
}
