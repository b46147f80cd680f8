/** What a comparison says: of each template, the cards that change, most changed first, and those that are new. */
import type { Warning } from '../../function/contract.ts';
import type { Item } from '../plan/plan.ts';
import { difference, maskPicture, thumbnail } from './pictures.ts';
import type { Decoded } from './pictures.ts';

/** A picture as it is shown, and what is said of the image itself. */
export interface Side {
  /** WebP. */
  picture: Buffer;
  /** Of the WebP, px. */
  width: number;
  height: number;
  /** Of the image: px, bytes, and its format. */
  original: { width: number; height: number; format: string; bytes: number };
}

export interface ComparedCard {
  alt: string;
  address: string;
  file: string;
  key: string;
  /** The name of its output; null where there is only one. */
  output: string | null;
  /** Null for a new card, and where the stored picture cannot be read. */
  before: Side | null;
  after: Side;
  /** WebP, red where the two differ; null where they cannot be compared. */
  mask: Buffer | null;
  /** Of the pixels that differ visibly, 0 to 1; 1 where they cannot be compared. */
  share: number;
  /** Why they cannot be compared; null where they can, or where nothing is to be. */
  note: string | null;
  warnings: readonly Warning[];
  /** What it takes in a page: pictures as text, and the text itself. */
  bytes: number;
}

export interface ComparedTemplate {
  name: string;
  changed: readonly ComparedCard[];
  /** Cards that change less than those that are shown. */
  moreChanged: number;
  /** Cards that are drawn anew and look the same. */
  same: number;
  created: readonly ComparedCard[];
  moreCreated: number;
}

/** Bytes in a page for each byte of a picture, and for each character of what is said of a card. */
const PER_BYTE = 4 / 3;
const PER_CHARACTER = 12;
const MARKUP_BYTES = 1_500;

/** An image that was decoded. */
export type Drawn = Decoded & { bytes: number };

/** One card, not yet encoded. */
export interface Look {
  share: number;
  toCard: () => Promise<ComparedCard>;
}

/** `before`: the stored picture; null when there is none; a sentence when it cannot be read. */
export function lookAt(item: Item, before: Drawn | string | null, after: Drawn): Look {
  const was = typeof before === 'string' ? null : before;
  const found = was === null ? null : difference(was, after);
  const note =
    typeof before === 'string' ? before : was !== null && found === null ? resized(was, after) : null;
  const share = found?.share ?? 1;
  return {
    share,
    toCard: async () => {
      const [left, right, mask] = await Promise.all([
        was === null ? null : sideOf(was),
        sideOf(after),
        found === null ? null : maskPicture(found.mask, after),
      ]);
      const pictures = right.picture.length + (left?.picture.length ?? 0) + (mask?.length ?? 0);
      const { alt, address, file, key, outputName, warnings } = item;
      const bytes = pictures * PER_BYTE + (alt + file + key).length * PER_CHARACTER + MARKUP_BYTES;
      const of = { alt, address, file, key, output: outputName, warnings };
      return { ...of, before: left, after: right, mask, share, note, bytes };
    },
  };
}

function resized({ original: before }: Decoded, { original: after }: Decoded): string {
  return `Its size changes from ${before.width} × ${before.height} to ${after.width} × ${after.height}.`;
}

async function sideOf(drawn: Drawn): Promise<Side> {
  const { width, height, original, bytes } = drawn;
  return { picture: await thumbnail(drawn), width, height, original: { ...original, bytes } };
}
