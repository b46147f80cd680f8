/** Where images live. State lives with the image: each carries its own fingerprint, no database beside it. */

import type { Output } from '../contract.ts';

/** One image on its way into a store. */
export interface Image {
  key: string;
  bytes: Uint8Array;
  contentType: `image/${Output['format']}`;
  fingerprint: string;
  /** Whether the key changes with the picture: it is then served immutable. */
  immutable: boolean;
}

/** What a listing says of one object, without opening it. `etag` is opaque: it changes when the bytes do. */
export interface Listed {
  key: string;
  etag: string;
  bytes: number;
  modified: Date;
}

/** The beginning of one object as it is served. */
export interface Peek {
  /** As much as was asked for. */
  head: Uint8Array;
  /** Of the whole object. */
  bytes: number;
  /** How long it may be kept; null where nothing is said. */
  cacheControl: string | null;
}

/** As much of an image as its type and size need. */
export const PEEK_BYTES = 65_536;

/** A text document beside the images (the index), replaced only by who has read its newest version. */
export interface Document {
  text: string;
  etag: string;
}

/**
 * Keys are relative to the store's root. All methods throw `FunctionError` `store_unavailable` or `store_refused`, and
 * `invalid_key` for a key that this store cannot hold. With a signal, waiting ends as soon as it is aborted.
 */
export interface Store {
  /** `s3://bucket/images/`, or the absolute path of a folder. */
  readonly address: string;
  /** Whether reading a fingerprint costs a request, so that a cached index pays. */
  readonly remote: boolean;
  /** Writes one whole image; a reader sees the old one or the new one, never a part. */
  put(image: Image, signal?: AbortSignal): Promise<{ etag: string }>;
  /** Every image below the root, in no promised order; private names (`.og-sync/`) are left out. */
  list(signal?: AbortSignal): AsyncIterable<Listed>;
  /** The fingerprint an image carries; null when it is not ours or not there. */
  fingerprint(key: string, signal?: AbortSignal): Promise<string | null>;
  /** The first `most` bytes of an image, by default `PEEK_BYTES`; null when it is not there. */
  peek(key: string, signal?: AbortSignal, most?: number): Promise<Peek | null>;
  /** Deletes images, many in one request where that exists. Resolves to the keys that could not be deleted, and why. */
  delete(keys: readonly string[], signal?: AbortSignal): Promise<{ key: string; reason: string }[]>;
  /** A private document (`.og-sync/<name>`); null when absent. */
  read(name: string, signal?: AbortSignal): Promise<Document | null>;
  /** Writes a private document if its ETag still is `ifMatch` (null: if absent). False: somebody was faster. */
  write(name: string, text: string, ifMatch: string | null, signal?: AbortSignal): Promise<boolean>;
}
