import type { Content } from '../design.ts';

/** Somebody who can draw the card. */
export interface Contender {
  /** Pictures asked for at once: what its documentation advises for this many cores. */
  concurrency: number;
  /** Resolves to the encoded picture. */
  render(content: Content): Promise<Uint8Array>;
  close?(): Promise<void>;
}

export type Create = (cores: number) => Promise<Contender>;
