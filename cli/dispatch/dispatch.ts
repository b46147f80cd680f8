/** Sending batches to where pictures are made: in this process, or over HTTP to a Function URL. */
import type { Description, Result, Site } from '../../function/contract.ts';
import type { Emit } from '../events.ts';
import type { Item } from '../plan/plan.ts';

export interface Dispatch {
  /** In-process: `this process`; else the Function URL. */
  readonly where: string;
  /** Templates, digests, limits and the store of whoever renders. Asked first. */
  describe(): Promise<Description>;
  /**
   * The run is to make images: a browser that will surely be needed starts now. Resolves
   * when its process runs, or there is none to start; never rejects. Absent where `describe` does as much.
   */
  warm?(): Promise<void>;
  /**
   * Renders and stores the items; yields one result per item, in no promised order. A failing post is a result, not an
   * exception. After `signal` aborts, what is in flight is finished and nothing more is started.
   */
  run(items: readonly Item[], options: DispatchOptions): AsyncIterable<{ item: Item; result: Result }>;
  close(): Promise<void>;
}

export interface DispatchOptions {
  site: Site;
  /**
   * Whether the store holds exactly this item's picture: asked when an answer was lost, before anything is sent twice.
   * Null: the store cannot be asked, or everything is to be made anew.
   */
  stored: ((item: Item) => Promise<boolean>) | null;
  emit: Emit;
  signal: AbortSignal;
}
