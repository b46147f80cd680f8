/** Words → where they may be hyphenated, by the patterns of TeX (the package `hyphen`). Loaded when a language first needs them. */

const SOFT_HYPHEN = '\u00ad';
/** Of a word, at least so many letters stay on a line and go to the next one. */
const LEAST = 3;

type Load = () => Promise<{ default: Hyphenator }>;

/** Languages that hyphenate with a sign at the line's end. Each is a file of its own, so each import is written out. */
const PATTERNS: Readonly<Record<string, Load>> = {
  af: () => import('hyphen/af/index.js'),
  be: () => import('hyphen/be/index.js'),
  bg: () => import('hyphen/bg/index.js'),
  ca: () => import('hyphen/ca/index.js'),
  cs: () => import('hyphen/cs/index.js'),
  cy: () => import('hyphen/cy/index.js'),
  da: () => import('hyphen/da/index.js'),
  de: () => import('hyphen/de/index.js'),
  'en-gb': () => import('hyphen/en-gb/index.js'),
  es: () => import('hyphen/es/index.js'),
  et: () => import('hyphen/et/index.js'),
  eu: () => import('hyphen/eu/index.js'),
  fi: () => import('hyphen/fi/index.js'),
  fr: () => import('hyphen/fr/index.js'),
  ga: () => import('hyphen/ga/index.js'),
  gl: () => import('hyphen/gl/index.js'),
  hr: () => import('hyphen/hr/index.js'),
  hu: () => import('hyphen/hu/index.js'),
  hy: () => import('hyphen/hy/index.js'),
  id: () => import('hyphen/id/index.js'),
  is: () => import('hyphen/is/index.js'),
  it: () => import('hyphen/it/index.js'),
  ka: () => import('hyphen/ka/index.js'),
  lt: () => import('hyphen/lt/index.js'),
  lv: () => import('hyphen/lv/index.js'),
  mk: () => import('hyphen/mk/index.js'),
  nb: () => import('hyphen/nb/index.js'),
  nl: () => import('hyphen/nl/index.js'),
  nn: () => import('hyphen/nn/index.js'),
  pl: () => import('hyphen/pl/index.js'),
  pt: () => import('hyphen/pt/index.js'),
  ro: () => import('hyphen/ro/index.js'),
  ru: () => import('hyphen/ru/index.js'),
  sk: () => import('hyphen/sk/index.js'),
  sl: () => import('hyphen/sl/index.js'),
  sq: () => import('hyphen/sq/index.js'),
  sv: () => import('hyphen/sv/index.js'),
  tr: () => import('hyphen/tr/index.js'),
  uk: () => import('hyphen/uk/index.js'),
  'de-ch': () => import('hyphen/de-ch-1901/index.js'),
  el: () => import('hyphen/el-monoton/index.js'),
  en: () => import('hyphen/en-us/index.js'),
  no: () => import('hyphen/nb/index.js'),
  bs: () => import('hyphen/sh-latn/index.js'),
  sr: () => import('hyphen/sr-cyrl/index.js'),
  'sr-latn': () => import('hyphen/sh-latn/index.js'),
  'en-au': () => import('hyphen/en-gb/index.js'),
  'en-ie': () => import('hyphen/en-gb/index.js'),
  'en-nz': () => import('hyphen/en-gb/index.js'),
  'en-in': () => import('hyphen/en-gb/index.js'),
  'en-za': () => import('hyphen/en-gb/index.js'),
};

interface Hyphenator {
  hyphenateSync(this: void, text: string, options: { hyphenChar: string; minWordLength: number }): string;
}

const loaded = new Map<Load, Promise<Hyphenator>>();

/** The patterns of a language: of its whole tag, else of what the tag begins with. */
function patternsOf(language: string): Load | undefined {
  const parts = language.toLowerCase().split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const load = PATTERNS[parts.slice(0, length).join('-')];
    if (load !== undefined) return load;
  }
  return undefined;
}

/** Each word that can be hyphenated, with soft hyphens where. Words without are left out. */
export async function softened(
  words: readonly string[],
  language: string,
): Promise<Readonly<Record<string, string>>> {
  const load = patternsOf(language);
  if (load === undefined) return {};
  const hyphenator = loaded.get(load) ?? load().then((module) => module.default);
  loaded.set(load, hyphenator);
  const { hyphenateSync } = await hyphenator;
  const found = words.map((word): [string, string] => {
    const parts = hyphenateSync(word, { hyphenChar: SOFT_HYPHEN, minWordLength: 2 * LEAST }).split(
      SOFT_HYPHEN,
    );
    return [word, joined(parts)];
  });
  return Object.fromEntries(found.filter(([word, soft]) => soft !== word));
}

function joined(parts: readonly string[]): string {
  const length = parts.join('').length;
  let word = '';
  let at = 0;
  for (const part of parts) {
    if (at >= LEAST && length - at >= LEAST) word += SOFT_HYPHEN;
    word += part;
    at += part.length;
  }
  return word;
}
