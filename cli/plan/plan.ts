/** (posts, inventory) → plan. Pure: the same input gives the same plan, and nothing is touched. */
import type { RequestPost, Warning } from '../../function/contract.ts';
import type { NamedOutput } from '../config/outputs.ts';

/** One image of a post that is ready to be made: parsed, with its template resolved and its identity known. */
export interface Item extends NamedOutput {
  /** Source file, relative to the config's folder: for messages. */
  file: string;
  slug: string;
  /** The path of the post's page on its site. */
  address: string;
  /** Alternative text of the image. */
  alt: string;
  template: string;
  key: string;
  fingerprint: string;
  /** What a person should look at, whether the image is made in this run or not: what was left out. */
  warnings: readonly Warning[];
  /**
   * The post as it travels, pictures embedded. They are read when they are sent and not kept, so that memory grows with
   * posts, not with pictures.
   */
  load(): Promise<RequestPost>;
}

/** What the store holds under one key. */
export interface Held {
  /**
   * Null when the object is not ours. Where the key carries a hash, its leading digits as the name has them: the
   * listing alone is then the diff.
   */
  fingerprint: string | null;
  etag: string;
  bytes: number;
  modified: Date;
}

export type Inventory = ReadonlyMap<string, Held>;

export interface Plan {
  create: Item[];
  update: Item[];
  keep: Item[];
  /** Keys of stored images of ours that no post claims. */
  orphan: string[];
}

/**
 * Compares what is wanted with what is there. Items keep their order, orphans are sorted. An object under a post's key
 * that is not ours (somebody replaced it by hand) is updated. `force`: whatever would be kept is updated.
 */
export function makePlan(
  items: readonly Item[],
  inventory: Inventory,
  options: { force?: boolean } = {},
): Plan {
  const plan: Plan = { create: [], update: [], keep: [], orphan: [] };
  const claimed = new Set<string>();
  for (const item of items) {
    claimed.add(item.key);
    const held = inventory.get(item.key);
    if (held === undefined) plan.create.push(item);
    else if (options.force === true || !shows(held, item)) plan.update.push(item);
    else plan.keep.push(item);
  }
  for (const [key, { fingerprint }] of inventory)
    if (fingerprint !== null && !claimed.has(key)) plan.orphan.push(key);
  plan.orphan.sort();
  return plan;
}

/**
 * In the order in which they are best drawn: cards of one size and template share a loaded page, and a request has but one
 * size. What is og:image comes first. Pure.
 */
export function drawingOrder(items: readonly Item[]): Item[] {
  const rank = new Map<string | null, number>();
  for (const { outputName } of items) if (!rank.has(outputName)) rank.set(outputName, rank.size);
  const rankOf = ({ outputName }: Item) => rank.get(outputName) ?? 0;
  return [...items].sort((a, b) => rankOf(a) - rankOf(b) || a.template.localeCompare(b.template));
}

function shows({ fingerprint }: Held, item: Item): boolean {
  return fingerprint !== null && fingerprint !== '' && item.fingerprint.startsWith(fingerprint);
}
