/** What a program hears of a run: the events of the core, in plain data. */
import type { ImageLine } from '../report/documents.ts';
import type { Problem } from '../scan/attempt.ts';

export type RunEvent =
  | { type: 'scanned'; posts: number; problems: Problem[] }
  /** `store`: its address. How many images are to be made, made anew, are there already, and belong to no post. */
  | { type: 'planned'; store: string; create: number; update: number; keep: number; orphan: number }
  /** `where`: who renders. `images`: how many there are to make. */
  | { type: 'started'; where: string; images: number }
  /** An image was made, or failed. */
  | { type: 'image'; image: ImageLine }
  /** The size of an image whose answer was lost. */
  | { type: 'measured'; key: string; bytes: number }
  /** Something went wrong with this many posts; they are tried again after `delayMs`. */
  | { type: 'retry'; reason: string; delayMs: number; posts: number }
  /** The store or the function is busy; it is asked again after `delayMs`. */
  | { type: 'waiting'; reason: string; delayMs: number }
  | { type: 'deleted'; key: string }
  /** The pages of the built site: how many, how many are no posts and why, and posts that no page shows. */
  | {
      type: 'pages';
      pages: number;
      leftOut: Readonly<Record<string, number>>;
      withoutPage: readonly string[];
    }
  /** Tags were written into pages or, in a plan, would be. */
  | { type: 'injected'; written: number; same: number; problems: Problem[] }
  /** Worth a person's attention, and no post's fault. `failure`: something was left undone. */
  | { type: 'notice'; message: string; failure?: boolean };
