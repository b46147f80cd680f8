/** Of the places where the patterns of a language part a word, which are seams of a compound, and which a reader stumbles over. Pure. */

/** Their compounds show a seam by the consonants that meet there. */
const GERMANIC = new Set('af da de is nb nl nn no sv'.split(' '));
const VOWELS = 'aeiouyäöüåæøáéíóúëï';

/** A seam before one of these is none; an `s` before what follows them joins. */
const SUFFIX =
  /^(?:haft(?:e|ig|$)|heid|heit|hed|het|keit|schaft|schap|skab|skap|lich|lijk|lig|lik|loos|baar|bar|sam(?:en?|er|keit|t)?$|chen|lein|ling|nis|tum|tion|tät|tet)|^[^aeiou]{1,2}[ui]ng|^[nlk]er/u;
const JOINED = /(?:heid|heit|hed|het|keit|schaft|schap|skab|skap)$/u;
/** The syllable of a prefix belongs to what follows it. */
const PREFIX =
  /^(?:ab|an|auf|aus|be|bei|der|ein|ent|er|for|för|ge|her|hin|in|mis|mit|nach|of|om|on|ont|over|på|um|un|und|unter|under|ut|ver|vor|weg|zer|zu)$/u;
/** Of these, such as are hardly ever a syllable of anything else: a part begins with them. */
const BEGINS = /^(?:ent|ver|zer|ont|un|für|för|ut|über|unter|under)$/u;
/** What ends a syllable before a consonant in compounds alone: two sounds, or one that is written twice. */
const TWO_SOUNDS = /([bdfgklmnprt])\1$|[lmnr](?:[bdfgkpt]|pf|ch|sch)$|(?:ch|f|k|p|s|ck)t$|pf$|tz$/u;
/** The `s` that joins, behind another consonant. */
const JOINING_S = /[^aeiouyäöüåæøáéíóúëïs]s$/u;
/** `Fens-ter`, `Bürs-te`: an `s` of the word's own. */
const OWN_S = /[nrl]s$/u;

const baseOf = (language: string): string => language.toLowerCase().split('-')[0] ?? '';
const isGermanic = (language: string): boolean => GERMANIC.has(baseOf(language));
const startsWithVowel = (text: string): boolean => VOWELS.includes(text[0] ?? ' ');

/** Between two syllables of a word: what is before and after, and the syllables. */
export interface Meeting {
  before: string;
  after: string;
  last: string;
  next: string;
}

/** How good a place is: above 0 a seam, 0 a syllable's end, below 0 a place to avoid. */
export function seamAt(meeting: Meeting, language: string): number {
  if (isGermanic(language)) return germanic(meeting);
  return baseOf(language) === 'fi' ? finnish(meeting) : 0;
}

function germanic({ before, after, last, next }: Meeting): number {
  if (SUFFIX.test(after) || PREFIX.test(last)) return -1;
  if (JOINING_S.test(before) && !(OWN_S.test(before) && after.startsWith('t'))) return 2;
  if (BEGINS.test(next)) return 1;
  return TWO_SOUNDS.test(before) && !startsWithVowel(after) ? 1 : 0;
}

/** The syllables, with the `s` that joins at the end of its word, where the patterns have it before the next: `hed-ser-klæ`. */
export function withJoiningS(syllables: readonly string[], language: string): string[] {
  const moved = [...syllables];
  if (!isGermanic(language)) return moved;
  for (const [index, syllable] of moved.entries()) {
    const next = moved[index + 1] ?? '';
    if (!JOINED.test(syllable.toLowerCase()) || !/^s[aeiouyæøäöå]/u.test(next)) continue;
    moved[index] = `${syllable}s`;
    moved[index + 1] = next.slice(1);
  }
  return moved;
}

/** A part of a compound ends in a vowel, the `n` of a genitive or the `s` of a nominative; a syllable in any sound. */
function finnish({ before }: Meeting): number {
  return /(?:[aeiouyäö]|n|[uyoöi]s)$/u.test(before) ? 0 : -1;
}
