/** Text → the characters that need a glyph of their own. */
import { emojiRuns } from './emoji.ts';

/** What every Latin font of ours is known to draw: most cards hold nothing else and cost nothing here. */
const BASIC = /^[\t\n\r\x20-\x7e\xa0-\xac\xae-\xff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]*$/;

/**
 * Nothing is drawn for these: control and format characters (joiners, directions, tags), white space, variation
 * selectors.
 */
const UNDRAWN = /^[\p{Cc}\p{Cf}\p{White_Space}\p{Variation_Selector}]$/u;

export interface Character {
  text: string;
  codePoint: number;
  /** Drawn from the emoji font first, because Unicode says so or because an emoji selector follows. */
  emoji: boolean;
}

/** Whether a text holds nothing but what any Latin font draws. */
export function isBasic(text: string): boolean {
  return BASIC.test(text);
}

/**
 * The characters of a text beyond basic Latin that need a glyph, each once, in order of appearance. Composed first
 * (NFC), as the shaper does it.
 */
export function charactersOf(text: string): Character[] {
  if (isBasic(text)) return [];
  const found = new Map<string, Character>();
  for (const run of emojiRuns(text.normalize('NFC')))
    for (const character of run.text) {
      const { emoji } = run;
      if (UNDRAWN.test(character) || (isBasic(character) && !emoji)) continue;
      const key = `${character}${emoji}`;
      if (!found.has(key))
        found.set(key, { text: character, codePoint: character.codePointAt(0) ?? 0, emoji });
    }
  return [...found.values()];
}
