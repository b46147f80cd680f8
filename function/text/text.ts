/** What of a text can be seen. Stands alone: both sides of the wire use it. */

/**
 * White space, control codes, what Unicode says to draw as nothing (joiners, tags, soft hyphens, Hangul fillers), and
 * what has a blank for its glyph: the empty Braille pattern, the null notehead, blanks of hieroglyphs, anchors of
 * interlinear notes.
 */
const UNSEEN =
  /^[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\u{1d159}\u{13441}\u{13442}]*$/v;

/** Whether nothing of a text would be seen. */
export function isBlank(text: string): boolean {
  return UNSEEN.test(text);
}
