/** Text → the clusters of characters that need glyphs of their own. */
import { emojiRuns } from './emoji.ts';

/** What every Latin font of ours is known to draw: most cards hold nothing else and cost nothing here. */
const BASIC = /^[\t\n\r\x20-\x7e\xa0-\xac\xae-\xff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]*$/;

/**
 * Nothing is drawn for these: control and format characters (joiners, directions, tags), white space, variation
 * selectors.
 */
const UNDRAWN = /^[\p{Cc}\p{Cf}\p{White_Space}\p{Variation_Selector}]$/u;

/** What is drawn as one: a letter with its marks, a syllable of an Indic script, an emoji sequence. */
export interface Cluster {
  text: string;
  /** Those that need a glyph. Fonts are asked for all of them together: no browser mixes two in one cluster. */
  codePoints: number[];
  /** Drawn from the emoji font first, because Unicode says so or because an emoji selector follows. */
  emoji: boolean;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Whether a text holds nothing but what any Latin font draws. */
export function isBasic(text: string): boolean {
  return BASIC.test(text);
}

/**
 * The clusters of a text beyond basic Latin that need glyphs, each once, in order of appearance. Composed first (NFC), as
 * the shaper does it.
 */
export function clustersOf(text: string): Cluster[] {
  if (isBasic(text)) return [];
  const found = new Map<string, Cluster>();
  for (const { text: run, emoji } of emojiRuns(text.normalize('NFC')))
    for (const cluster of emoji ? run : graphemesOf(run)) {
      const drawn = Array.from(cluster).filter((character) => !UNDRAWN.test(character));
      const shown = drawn.join('');
      if (shown === '' || (isBasic(shown) && !emoji)) continue;
      const key = `${shown}${emoji}`;
      if (!found.has(key))
        found.set(key, {
          text: shown,
          codePoints: drawn.map((character) => character.codePointAt(0) ?? 0),
          emoji,
        });
    }
  return [...found.values()];
}

function graphemesOf(text: string): string[] {
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}
