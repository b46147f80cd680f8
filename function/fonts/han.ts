/** Which way to draw the ideographs of a text: Unicode gives Japan, China, Taiwan and Korea the same code points. */
import { languageTag, scriptOf } from '../text/language.ts';
import type { Han } from './shipped.ts';

const ALL: readonly Han[] = ['JP', 'SC', 'TC', 'KR'];
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;
const BY_SCRIPT: Readonly<Record<string, Han>> = { Jpan: 'JP', Kore: 'KR', Hans: 'SC', Hant: 'TC' };

/** All four, the right one first: by the language (BCP 47) if it says so, else by the script, else simplified Chinese. */
export function hanOrder(language: string, text: string): Han[] {
  const first = byLanguage(language) ?? byScript(text);
  return [first, ...ALL.filter((han) => han !== first)];
}

function byLanguage(language: string): Han | null {
  return BY_SCRIPT[scriptOf(languageTag(language) ?? '')] ?? null;
}

function byScript(text: string): Han {
  if (KANA.test(text)) return 'JP';
  return HANGUL.test(text) ? 'KR' : 'SC';
}
