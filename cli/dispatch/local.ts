/** Dispatch inside this process: the very function that runs on Lambda, without the network. */
import { setImmediate as turn } from 'node:timers/promises';
import type { App } from '../../function/app.ts';
import { responseSchema } from '../../function/contract.ts';
import type { Description, Result } from '../../function/contract.ts';
import type { Item } from '../plan/plan.ts';
import { readBatches, unsent } from './batches.ts';
import type { Parcel } from './batches.ts';
import { createChannel } from './channel.ts';
import type { Dispatch, DispatchOptions } from './dispatch.ts';
import { browserError, storeError } from './store-error.ts';
import { workOff } from '../workers.ts';

/** The function, running: its browser starts with its first picture. */
interface Running {
  app: Pick<App, 'render'>;
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

  async function* run(
    items: readonly Item[],
    run: DispatchOptions,
  ): AsyncGenerator<{ item: Item; result: Result }, void, void> {
    if (items.length === 0) return;
    const { app } = await start();
    const { limits } = await options.describe();
    const channel = createChannel<{ item: Item; result: Result }>();
    const size = { posts: Math.min(options.batch, limits.posts), bytes: limits.bodyBytes };
    const settle = (item: Item, result: Result): void => channel.push({ item, result });
    const batches = readBatches(items, () => size, settle);

    async function render(parcels: readonly Parcel[]): Promise<void> {
      const posts: unknown[] = parcels.map(({ json }) => JSON.parse(json));
      const { site, output } = run;
      const answer = responseSchema.parse(await app.render({ site, output, posts }));
      const fatal = storeError(answer.results) ?? browserError(answer.results);
      const byKey = new Map(answer.results.map((result) => [result.key, result]));
      for (const { item } of parcels)
        settle(item, byKey.get(item.key) ?? unsent(item, 'internal', 'It was not rendered.'));
      if (fatal !== null) throw fatal;
    }

    void workOff(batches, { count: BATCHES, stopped: () => run.signal.aborted }, async (parcels) => {
      // Signals are heard between batches, however busy the renderer keeps the process.
      await turn();
      if (!run.signal.aborted) await render(parcels);
    }).then(
      () => channel.close(),
      (error: unknown) => channel.close(error),
    );
    yield* channel;
  }

  return {
    where: 'this process',
    describe: options.describe,
    run,
    async close() {
      const started = await running?.catch(() => null);
      await started?.close();
    },
  };
}
