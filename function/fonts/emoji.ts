/** Which parts of a text are emoji: the sequences of Unicode (UTS 51), as far as they are to be drawn in colour. */

/**
 * What has emoji presentation by itself and no VS15 behind it; what VS16 gives it; keycaps, flags, skin tones, tags; and
 * what joiners hold together. One after the other: one match.
 */
const EMOJI =
  /(?:(?:\p{Regional_Indicator}{2}|[#*0-9]\uFE0F\u20E3|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Emoji}\uFE0F|\p{Emoji_Presentation}(?!\uFE0E)|\p{Extended_Pictographic}(?=\u200D\p{Extended_Pictographic})|(?<=\u200D)\p{Extended_Pictographic})[\u{E0020}-\u{E007F}]*\u200D?)+/gu;

/** A part of a text, and whether it is drawn in colour. */
export interface EmojiRun {
  text: string;
  emoji: boolean;
}

/** The text in parts that are emoji, or are not, in turn. */
export function emojiRuns(text: string): EmojiRun[] {
  const runs: EmojiRun[] = [];
  let at = 0;
  for (const { 0: sequence, index } of text.matchAll(EMOJI)) {
    if (index > at) runs.push({ text: text.slice(at, index), emoji: false });
    runs.push({ text: sequence, emoji: true });
    at = index + sequence.length;
  }
  if (at < text.length) runs.push({ text: text.slice(at), emoji: false });
  return runs;
}
