/** Which parts of a text stay on one line, and where long ones may break. docs/typography.md names the conventions. */
import type { Mark, Part } from './marks.ts';

export interface Units {
  /** Parts that stay on one line as long as they fit it. */
  whole: Part[];
  /** The same, around parts of which each stays whole when the outer one no longer fits: the host of an address. */
  hosts: Part[];
  /** Places inside words where a line may end without a sign. */
  breaks: number[];
}

/** Words in scripts whose words have spaces between them; a dash of a sentence ends one. */
const TOKEN =
  /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}、。，．！？：；「」『』（）【】《》〈〉—]+—?/gu;
/** Where a browser might end a line inside of a word: at a sign, and before an emoji. */
const BREAKABLE = /[^\p{L}\p{M}\p{N}\s].|.\p{Extended_Pictographic}/u;
/** An emoji or an arrow behind a letter of a script that has no spaces: it begins no line. */
const CLINGING =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー、。！？」』）】》〉][\p{So}\p{Sm}…][\p{So}\p{Sm}\p{Sk}\p{M}\p{Cf}…]{0,11}/gu;
/** What is not longer than that stays whole. */
const SHORT = 28;
const ADDRESS =
  /^[("'“‘«<[]*(?:[a-z][a-z0-9+.-]*:\/\/|www\.|~?\.{0,2}\/\S*\/|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\/|[\w.@-]+\/[\w.@-]+\/)/iu;
/** After these an address may break, not within a pair of them. */
const AFTER_IN_ADDRESS = /(?<=[/?&.])(?=[^/?&.\s])/gu;
/** Where the path of an address begins. */
const PATH = /(?<=[^/:]\/)/u;
/** A compound: after its hyphens; a name of code: after its points, signs and underlines, where words follow. */
const AFTER_IN_WORD = /(?<=\p{L}\p{L}[-‐/–_.:]{1,2})(?=\p{L}\p{L})/gu;
/** Code that is not longer than that stays whole, with its spaces. */
const SHORT_CODE = 28;

export function unitsOf(text: string, marks: readonly Mark[], language: string): Units {
  const units: Units = { whole: [], hosts: [], breaks: [] };
  for (const { kind, from, to } of marks)
    if (kind === 'code' && to - from <= SHORT_CODE) units.whole.push({ from, to });
  for (const match of text.matchAll(TOKEN)) addToken(units, match[0], match.index);
  if (/^zh\b/.test(language)) units.whole.push(...phrasesOf(text));
  for (const { 0: part, index } of text.matchAll(CLINGING))
    units.whole.push({ from: index, to: index + part.length });
  return { ...units, whole: joined(units.whole) };
}

/** Parts that cross become one, since elements cannot. */
function joined(parts: readonly Part[]): Part[] {
  const whole: Part[] = [];
  let last: Part = { from: 0, to: 0 };
  for (const { from, to } of parts.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (from < last.to && to > last.to) {
      last.to = to;
      continue;
    }
    const part = { from, to };
    whole.push(part);
    if (from >= last.to) last = part;
  }
  return whole;
}

function addToken(units: Units, token: string, at: number): void {
  if (token.length < 2 || !BREAKABLE.test(token)) return;
  const isAddress = token.length > SHORT && ADDRESS.test(token);
  const places =
    token.length <= SHORT ? [] : [...token.matchAll(isAddress ? AFTER_IN_ADDRESS : AFTER_IN_WORD)];
  const host = isAddress ? token.search(PATH) : 0;
  if (host > 1) units.hosts.push({ from: at, to: at + host });
  const ends = [...places.map(({ index }) => index), token.length];
  let from = 0;
  for (const to of ends) {
    if (to - from > 1 && BREAKABLE.test(token.slice(from, to)))
      units.whole.push({ from: at + from, to: at + to });
    if (to < token.length) units.breaks.push(at + to);
    from = to;
  }
}

const segmenters = new Map<string, Intl.Segmenter>();

function words(text: string): Intl.SegmentData[] {
  const segmenter = segmenters.get('zh') ?? new Intl.Segmenter('zh', { granularity: 'word' });
  segmenters.set('zh', segmenter);
  return [...segmenter.segment(text)];
}

const HAN = /^\p{Script=Han}+$/u;
/** Of one character, said of what stands before: structure, aspect, mood, endings of words. */
const AFTER = new Set(
  '的地得了着過过们們吗嗎呢吧啊呀性化度家者员員器机機率学學式型量力区區页頁版法'.split(''),
);
/** Of one character, and belongs to what follows. */
const BEFORE = new Set(
  '小大新老第几多全半非超双多单一把被与與和在是用从從向对對给給让讓将將为為以于於就都也不很最更再还還又每各该該这這那'.split(
    '',
  ),
);
const LONGEST_PHRASE = 6;

/**
 * Chinese by phrase: the words of the dictionary, with single characters joined to what they belong to. Browsers break
 * Japanese by phrase themselves, Chinese between any two characters.
 */
function phrasesOf(text: string): Part[] {
  const parts: (Part & { open: boolean; closed?: boolean })[] = [];
  for (const { segment, index } of words(text)) {
    const last = parts.at(-1);
    const to = index + segment.length;
    if (!HAN.test(segment)) {
      if (last?.to === index && /^[、。，．！？：；」』）】》〉]$/u.test(segment))
        Object.assign(last, { to, closed: true });
      continue;
    }
    const single = segment.length === 1;
    const joins =
      last?.to === index &&
      last.closed !== true &&
      to - last.from <= LONGEST_PHRASE &&
      (last.open || (single && (AFTER.has(segment) || !BEFORE.has(segment))));
    // What was single waits for the next one: "博" and "客", or "与" and what it joins.
    const open = single && !AFTER.has(segment) && !(joins && last.to - last.from > 1);
    if (joins) Object.assign(last, { to, open: open && !last.open });
    else parts.push({ from: index, to, open });
  }
  return parts.filter(({ from, to }) => to - from > 1);
}
