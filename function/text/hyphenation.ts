/** Words → where they may be hyphenated, by the patterns of TeX (the package `hyphen`). Loaded when a language first needs them. */
import { seamAt, withJoiningS } from './seams.ts';

const SOFT_HYPHEN = '\u00ad';
/** Of a word, at least so many letters stay on a line and go to the next one; of a long one, more. */
const LEAST = 3;
const LONG = { from: 12, least: 4 };
/** A part that is longer is parted once more, for narrow lines. */
const LONGEST_PART = 20;
/** A seam this far from the middle, as a part of the length, is as good as a syllable in the middle. */
const SEAM_WEIGHT = 0.2;

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
    return [word, parted(parts, language).join(SOFT_HYPHEN)];
  });
  return Object.fromEntries(found.filter(([word, soft]) => soft !== word));
}

/**
 * The parts of a word between its best places: all good seams; where there are none, or a part is still long, the place
 * nearest to its middle that is none to avoid.
 */
function parted(syllables: readonly string[], language: string): string[] {
  const word = syllables.join('');
  // Letter by letter, since `İ` becomes two.
  const lower = withJoiningS(syllables.map(lowered), language);
  const least = word.length < LONG.from ? LEAST : LONG.least;
  const places = lower.slice(0, -1).map((last, index): Place => {
    const [before, after] = [lower.slice(0, index + 1).join(''), lower.slice(index + 1).join('')];
    const meeting = { before, after, last, next: lower[index + 1] ?? '' };
    return { at: before.length, seam: seamAt(meeting, language) };
  });
  const allowed = places.filter(({ at }) => at >= least && word.length - at >= least);
  const ends = [...chosen(allowed, 0, word.length, true)].sort((a, b) => a - b);
  return [...ends, word.length].map((end, index) => word.slice(ends[index - 1] ?? 0, end));
}

function lowered(text: string): string {
  return text.replaceAll(/\p{Lu}/gu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });
}

interface Place {
  at: number;
  seam: number;
}

function chosen(places: readonly Place[], from: number, to: number, isWord: boolean): number[] {
  if (!isWord && to - from <= LONGEST_PART) return [];
  const inside = places.filter(({ at }) => at > from && at < to);
  const far = ({ at, seam }: Place): number =>
    Math.abs((at - from) / (to - from) - 0.5) - (seam < 0 ? -1 : seam * SEAM_WEIGHT);
  const [best] = inside.toSorted((a, b) => far(a) - far(b));
  if (best === undefined) return [];
  return [...chosen(places, from, best.at, false), best.at, ...chosen(places, best.at, to, false)];
}
