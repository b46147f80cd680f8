/** What every verb that looks at posts does first: scan, ask the function, make items, list the store, compare. */
import type { Description, Site } from '../function/contract.ts';
import type { Store } from '../function/store/store.ts';
import type { Config } from './config/config.ts';
import { outputsOf } from './config/outputs.ts';
import type { Dispatch } from './dispatch/dispatch.ts';
import { CliError } from './errors.ts';
import type { Emit, SyncEvent } from './events.ts';
import { toItems } from './plan/items.ts';
import type { Pictures } from './pictures/pictures.ts';
import { readInventory } from './inventory/inventory.ts';
import type { Reading } from './inventory/inventory.ts';
import { foldedNotice, refuseDuplicates } from './plan/clashes.ts';
import { makePlan } from './plan/plan.ts';
import type { Item, Plan } from './plan/plan.ts';
import { scan } from './scan/scan.ts';
import type { Problem, ScannedSite } from './scan/scan.ts';
import type { GivenSite } from './scan/given.ts';
import type { ScannedPost } from './scan/post.ts';
import { loadSite } from './pictures/site.ts';
import { untilAborted } from './tasks/until-aborted.ts';

/** What a run is made of; the composition root puts it together. */
export interface Parts {
  config: Config;
  dispatch: Dispatch;
  pictures: Pictures;
  openStore: (address: string) => Promise<Store>;
  /** What a program hands in beside the files. */
  given?: GivenSite | undefined;
}

/** What a run gets from outside while it goes on. */
export interface Run {
  emit: Emit;
  signal: AbortSignal;
  /** ms epoch */
  clock: () => number;
}

export interface PostSelection {
  /** A glob over slugs and files: other posts are left alone, and no orphans are looked for. */
  only?: string | undefined;
  /** Everything is made again. */
  force?: boolean | undefined;
}

export interface PlannedRun {
  store: Store;
  description: Description;
  reading: Reading;
  site: Site;
  items: Item[];
  plan: Plan;
  problems: Problem[];
  posts: readonly ScannedPost[];
  /** The built site; null when none is read. */
  pages: ScannedSite | null;
}

/**
 * Reads posts and store and compares them; writes nothing.
 * @throws CliError (`duplicate_key` after the other problems were emitted), or FunctionError of the store; the signal's reason once it is aborted.
 */
export async function planRun(parts: Parts, selection: PostSelection, run: Run): Promise<PlannedRun> {
  const { config, dispatch } = parts;
  const { emit, signal } = run;
  const outputs = outputsOf(config);
  // Asked first: it wakes the function while the disk is read.
  const describing = dispatch.describe();
  describing.catch(() => {});
  const { given } = parts;
  const scanned = await scan(config, { only: selection.only, given, now: new Date(run.clock()), signal });
  const description = await describing;
  signal.throwIfAborted();
  const store = await agree(parts, description);
  const reading = readInventory(store, { patterns: outputs.map(({ pattern }) => pattern), signal });
  reading.catch(() => {});
  const site = await untilAborted(loadSite(config, parts.pictures), signal);
  const context = { config, site, description, pictures: parts.pictures, signal };
  const { items, notices, ...made } = await toItems(scanned.posts, context);
  const problems = [...scanned.problems, ...made.problems];
  for (const message of [...scanned.notices, ...notices]) emit({ type: 'notice', message });
  const alike = foldedNotice(items);
  if (alike !== null) emit({ type: 'notice', message: alike });
  emit({ type: 'scanned', posts: scanned.posts.length, problems });
  refuseDuplicates(items);
  if (scanned.site !== null) emit(pagesEvent(scanned.site));
  const known = await reading;
  signal.throwIfAborted();
  const compared = makePlan(items, known.inventory, { force: selection.force === true });
  const plan = selection.only === undefined ? compared : { ...compared, orphan: [] };
  emit({ type: 'planned', plan, store: store.address, inventory: known.inventory });
  return {
    store,
    description,
    reading: known,
    site,
    items,
    plan,
    problems,
    posts: scanned.posts,
    pages: scanned.site,
  };
}

function pagesEvent({ pages, withoutPage }: ScannedSite): SyncEvent {
  const leftOut: Record<string, number> = {};
  for (const { leftOut: reason } of pages) if (reason !== null) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  return { type: 'pages', pages: pages.length, leftOut, withoutPage };
}

/** The store that both sides mean. Throws `CliError` `store_mismatch` before anything is sent. */
async function agree({ config, dispatch, openStore }: Parts, { store }: Description): Promise<Store> {
  const theirs = await openStore(store);
  if (config.function === null || config.store === null) return theirs;
  const ours = await openStore(config.store);
  if (ours.address === theirs.address) return theirs;
  throw new CliError(
    'store_mismatch',
    `The store is ${ours.address}, but the function at ${dispatch.where} writes to ${theirs.address}.`,
    'Leave "store" (--store) out to take the function\'s own, or deploy the function for this store.',
  );
}
