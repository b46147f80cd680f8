/** What a renderer gives. Types alone. */
import type { Warning } from '../../function/contract.ts';
import type { GivenPost } from '../scan/given.ts';

/** One drawn card. Sizes in px. */
export interface CardImage {
  bytes: Uint8Array;
  contentType: string;
  width: number;
  height: number;
  /** The name that `sync` would store it under. */
  key: string;
  fingerprint: string;
  template: string;
  /** What a person should look at. */
  warnings: Warning[];
}

export interface DrawOptions {
  /** Takes the wish back. */
  signal?: AbortSignal;
}

/**
 * Draws cards without storing them. Its methods reject with PostError (what is wrong with the post), FunctionError (what went wrong
 * with its picture), or the signal's reason.
 */
export interface CardRenderer {
  /** The card of a post. */
  render(post: GivenPost, options?: DrawOptions): Promise<CardImage>;
  /** The card of a page, of which the HTML says all; null when the page is to have none. */
  renderPage(
    page: { address: string; html: string | Uint8Array },
    options?: DrawOptions,
  ): Promise<CardImage | null>;
  /**
   * The image of this name, as the post is now: an older hash in the name makes no difference. Null when no post of the configuration
   * has it. Sources are read again when the last reading is older than half a second.
   */
  image(key: string, options?: DrawOptions): Promise<CardImage | null>;
  /** The slugs that a post with an image of this name may have, the likeliest first; none for what is no such name. */
  slugsOf(key: string): string[];
  /** Ends the browser. */
  close(): Promise<void>;
}
