/** Languages (BCP 47): which tags are sound, which language a text suggests, and what follows from one. */

const TAG = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;

/** Scripts that are written from right to left (Unicode's bidi classes R and AL). */
const RIGHT_TO_LEFT = new Set('Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi'.split(' '));

/**
 * Scripts whose letters suggest a language; which one, Unicode's likely subtags say. Kana are Japanese. Cyrillic is left
 * out: a Russian month on a Ukrainian or Bulgarian card is worse than an English one.
 */
const SCRIPTS: readonly (readonly [letters: RegExp, language: string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Armenian}/u, 'hy'],
  [/\p{Script=Bengali}/u, 'bn'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Ethiopic}/u, 'am'],
  [/\p{Script=Georgian}/u, 'ka'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Gujarati}/u, 'gu'],
  [/\p{Script=Gurmukhi}/u, 'pa'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Kannada}/u, 'kn'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Malayalam}/u, 'ml'],
  [/\p{Script=Myanmar}/u, 'my'],
  [/\p{Script=Sinhala}/u, 'si'],
  [/\p{Script=Tamil}/u, 'ta'],
  [/\p{Script=Telugu}/u, 'te'],
  [/\p{Script=Thaana}/u, 'dv'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Tibetan}/u, 'bo'],
];

/** The tag in lower case, with `-`, old codes replaced (`iw` is `he`); null for what is none. */
export function languageTag(value: unknown): string | null {
  if (typeof value !== 'string' || !TAG.test(value)) return null;
  try {
    return Intl.getCanonicalLocales(value.replaceAll('_', '-'))[0]?.toLowerCase() ?? null;
  } catch {
    return null;
  }
}

/**
 * The language that most letters of a text suggest by their script, null when that is Latin or there is none. A text
 * with kana among its ideographs is Japanese.
 */
export function languageOfText(text: string): string | null {
  const letters = text.match(/\p{L}/gu) ?? [];
  const count = (script: RegExp): number => letters.filter((letter) => script.test(letter)).length;
  const found = new Map(SCRIPTS.map(([script, language]) => [language, count(script)]));
  const [kana, han] = [found.get('ja') ?? 0, found.get('zh') ?? 0];
  if (kana > 0) found.set('ja', kana + han).set('zh', 0);
  for (const [language, number] of found) if (number * 2 > letters.length) return language;
  return null;
}

/** The script of a language (ISO 15924): as it says, else the one it is mostly written in. */
export function scriptOf(language: string): string {
  try {
    return new Intl.Locale(language).maximize().script ?? 'Latn';
  } catch {
    return 'Latn';
  }
}

/** The direction a language is written in. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(scriptOf(language)) ? 'rtl' : 'ltr';
}
