/** What the core reports while it works. The terminal, the plain log and the JSON report subscribe; the core never prints. */
import type { Result } from '../function/contract.ts';
import type { Inventory, Item, Plan } from './plan/plan.ts';
import type { Problem } from './scan/scan.ts';

export type SyncEvent =
  | { type: 'scanned'; posts: number; problems: Problem[] }
  /** `store`: its address. `inventory`: what it held before. */
  | { type: 'planned'; plan: Plan; store: string; inventory: Inventory }
  /** `where`: who renders. `images`: how many there are to make. */
  | { type: 'started'; where: string; images: number }
  /** `bytes` and `renderMs` are 0 when its answer was lost and it was found in the store. */
  | { type: 'image'; item: Item; result: Result }
  /** The size of such an image, from a listing. */
  | { type: 'measured'; key: string; bytes: number }
  /** Something went wrong with this many posts; they are tried again after `delayMs`. */
  | { type: 'retry'; reason: string; delayMs: number; posts: number }
  /** The store or the function is busy; it is asked again after `delayMs`. */
  | { type: 'waiting'; reason: string; delayMs: number }
  | { type: 'deleted'; key: string }
  /** The pages of a built site: how many there are, how many are no posts and why, and posts that no page shows. */
  | {
      type: 'pages';
      pages: number;
      leftOut: Readonly<Record<string, number>>;
      withoutPage: readonly string[];
    }
  /** Tags were written into pages or, in a dry run, would be. */
  | { type: 'injected'; written: number; same: number; problems: Problem[] }
  /** Worth a person's attention, and no post's fault. `failure`: the exit code will not be 0. */
  | { type: 'notice'; message: string; failure?: boolean };

export type Emit = (event: SyncEvent) => void;
