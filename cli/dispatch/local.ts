/** Dispatch inside this process: the very function that runs on Lambda, without the network. */
import { setTimeout, setImmediate as turn } from 'node:timers/promises';
import type { App } from '../../function/app.ts';
import { responseSchema } from '../../function/contract.ts';
import type { Description } from '../../function/contract.ts';
import type { Renderer } from '../../function/renderer/renderer.ts';
import type { Item } from '../plan/plan.ts';
import { readBatches, unsent } from './batches.ts';
import type { Parcel } from './batches.ts';
import type { Dispatch, DispatchOptions } from './dispatch.ts';
import { createResults } from './results.ts';
import { LOCAL } from './run-failures.ts';
import type { Settled } from './run-failures.ts';
import { makeRoom } from '../process/heap.ts';
import { workOff } from '../tasks/workers.ts';

type Browsers = Pick<Renderer, 'warm' | 'close'>;

export interface LocalOptions<R extends Browsers> {
  describe: () => Promise<Description>;
  /**
   * Called once, when something is to be drawn: a run that has nothing to do loads no browser. `onSpawn` is called when the
   * browser's process runs.
   */
  renderer: (onSpawn: () => void) => Promise<R>;
  /** The function that draws with it. */
  app: (renderer: R) => Promise<Pick<App, 'render'>>;
  /** Whether the store holds nothing yet: then every post lacks its image. */
  isEmpty: () => Promise<boolean>;
  /** Posts in a batch. */
  batch: number;
}

/** Two batches keep every page of the browser busy while one ends; more would only hold memory. */
const BATCHES = 2;
/** A browser that is unpacked first, once on each machine, is not waited for, ms. */
const PATIENCE_MS = 150;

export function createLocalDispatch<R extends Browsers>(options: LocalOptions<R>): Dispatch {
  let opened: Promise<R> | null = null;
  let ahead: Promise<unknown> | null = null;
  let made: Promise<Pick<App, 'render'>> | null = null;
  const spawned = Promise.withResolvers<void>();
  const open = (): Promise<R> => (opened ??= options.renderer(spawned.resolve));
  const start = (): Promise<Pick<App, 'render'>> => (made ??= open().then(options.app));
  /** Throws what no picture could escape. */
  const warm = async (): Promise<void> => (await open()).warm();

  async function* run(items: readonly Item[], run: DispatchOptions): AsyncGenerator<Settled, void, void> {
    if (items.length === 0) return;
    makeRoom();
    const app = await start();
    const { limits } = await options.describe();
    const halt = new AbortController();
    const signal = AbortSignal.any([run.signal, halt.signal]);
    const results = createResults(LOCAL, () => halt.abort());
    const { settle, end } = results;
    const size = { posts: Math.min(options.batch, limits.posts), bytes: limits.bodyBytes };

    async function render(parcels: readonly Parcel[]): Promise<void> {
      const posts: unknown[] = parcels.map(({ json }) => JSON.parse(json));
      const answer = responseSchema.parse(
        await app.render({ site: run.site, output: parcels[0]?.item.output, posts }, { signal }),
      );
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
    async warm() {
      if (!(await options.isEmpty().catch(() => false))) return;
      // What fails here fails again, and is reported, when it is needed.
      ahead ??= warm().catch(() => undefined);
      await Promise.race([ahead, spawned.promise, setTimeout(PATIENCE_MS, undefined, { ref: false })]);
    },
    run,
    async close() {
      await ahead;
      const renderer = await opened?.catch(() => null);
      await renderer?.close();
    },
  };
}
