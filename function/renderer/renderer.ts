/** The renderer's interface: HTML in, bytes and measurements out. It knows no post, no store and no HTTP. */
import type { Output } from '../contract.ts';
import type { Finding, Inspection, Place } from './in-page/inspect.ts';

export type { Place } from './in-page/inspect.ts';

/** One document. Cards with an equal `head` share a loaded page; of the body only changed children are replaced. */
export interface Card {
  /** Content of `<head>`: styles and font faces. The same for all cards of a template. */
  head: string;
  /** Content of `<body>`. */
  body: string;
  /**
   * `@font-face` rules that this card needs beyond its head. A page keeps each it has seen until it loads another head,
   * so the same rule travels once. They must not change what other cards look like.
   */
  fonts?: readonly string[];
  /** Where words break that are wider than their line: each with soft hyphens. Asked for only when there are such. */
  soften?: (words: readonly string[]) => Promise<Readonly<Record<string, string>>>;
  /** Characters whose places on the picture are wanted. */
  find?: readonly string[];
}

/** Something a person should look at, found while the picture was made. */
export interface CardFinding {
  code: Finding['code'] | 'over_budget';
  message: string;
  /** The text that it is about; left out where it concerns the whole. */
  text?: string;
  /** Where on the picture; left out where it concerns the whole. */
  place?: Place;
}

export interface Picture {
  bytes: Uint8Array;
  /** px */
  width: number;
  height: number;
  /** The JPEG quality that met the byte budget; 100 for PNG. */
  quality: number;
  /** From the moment a page was free to the last byte, in ms. */
  renderMs: number;
  findings: CardFinding[];
  /** All text the card shows, for the check of glyph coverage. */
  text: string;
  /** Where the characters stand that the card asked to find. */
  found: Inspection['found'];
}

/** Throws `FunctionError` `render_failed`, `render_timeout` or `browser_unavailable`. */
export interface Renderer {
  /** Pictures made at once; more calls wait for a free page. */
  readonly pages: number;
  render(card: Card, output: Output, signal?: AbortSignal): Promise<Picture>;
  /** Chromium's version if known without starting it, else null. */
  readonly chromium: string | null;
  /** Starts the browser if none runs, so that the first picture does not wait for it. */
  warm(): Promise<void>;
  /** Ends every process and removes every temporary file. Idempotent. */
  close(): Promise<void>;
}
