/** Dispatch inside this process: the very function that runs on Lambda, without the network. */
import { setImmediate as turn } from 'node:timers/promises';
import type { App } from '../../function/app.ts';
import { responseSchema } from '../../function/contract.ts';
import type { Description } from '../../function/contract.ts';
import type { Item } from '../plan/plan.ts';
import { readBatches, unsent } from './batches.ts';
import type { Parcel } from './batches.ts';
import type { Dispatch, DispatchOptions } from './dispatch.ts';
import { createResults } from './results.ts';
import { LOCAL } from './run-failures.ts';
import type { Settled } from './run-failures.ts';
import { workOff } from '../work/workers.ts';

/** The function, running: its browser starts with its first picture. */
interface Running {
  app: Pick<App, 'render'>;
  /** Starts the browser; throws what no picture could escape. */
  warm: () => Promise<void>;
  close(): Promise<void>;
}

export interface LocalOptions {
  describe: () => Promise<Description>;
  /** Called with the first batch: a run that has nothing to do loads no browser. */
  start: () => Promise<Running>;
  /** Posts in a batch. */
  batch: number;
}

/** Two batches keep every page of the browser busy while one ends; more would only hold memory. */
const BATCHES = 2;

export function createLocalDispatch(options: LocalOptions): Dispatch {
  let running: Promise<Running> | null = null;
  const start = (): Promise<Running> => (running ??= options.start());

  async function* run(items: readonly Item[], run: DispatchOptions): AsyncGenerator<Settled, void, void> {
    if (items.length === 0) return;
    const { app, warm } = await start();
    const { limits } = await options.describe();
    const halt = new AbortController();
    const signal = AbortSignal.any([run.signal, halt.signal]);
    const results = createResults(LOCAL, () => halt.abort());
    const { settle, end } = results;
    const size = { posts: Math.min(options.batch, limits.posts), bytes: limits.bodyBytes };

    async function render(parcels: readonly Parcel[]): Promise<void> {
      const posts: unknown[] = parcels.map(({ json }) => JSON.parse(json));
      const { site, output } = run;
      const answer = responseSchema.parse(await app.render({ site, output, posts }, { signal }));
      const byKey = new Map(answer.results.map((result) => [result.key, result]));
      for (const { item } of parcels) {
        const result = byKey.get(item.key);
        if (result !== undefined) settle(item, result);
        else if (!signal.aborted) settle(item, unsent(item, 'internal', 'It was not rendered.'));
      }
    }

    async function work(): Promise<void> {
      const batches = readBatches(items, () => size, settle);
      const workers = { count: BATCHES, stopped: () => signal.aborted, onError: end };
      await workOff(batches, workers, async (parcels) => {
        // Signals are heard between batches, however busy the renderer keeps the process.
        await turn();
        if (!signal.aborted) await render(parcels);
      });
    }

    // A browser that does not start says so once, and not for each picture that waits for it.
    const warming = warm().catch(end);
    void results.closeAfter(Promise.all([warming, work()]));
    yield* results;
  }

  return {
    where: LOCAL,
    describe: options.describe,
    run,
    async close() {
      const started = await running?.catch(() => null);
      await started?.close();
    },
  };
}
