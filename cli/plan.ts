/** (posts, inventory) → plan. Pure: the same input gives the same plan, and nothing is touched. */
import type { RequestPost } from '../function/contract.ts';

/** A post that is ready to be made: parsed, with its template resolved and its identity known. */
export interface Item {
  /** Source file, relative to the config's folder: for messages. */
  file: string;
  slug: string;
  title: string;
  template: string;
  key: string;
  fingerprint: string;
  /**
   * The post as it travels, pictures embedded. They are read when they are sent and not kept, so that memory grows with
   * posts, not with pictures.
   */
  load(): Promise<RequestPost>;
}

/** What the store holds under one key; `fingerprint` is null when the object is not ours. */
export interface Held {
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
