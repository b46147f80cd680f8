/** The filter `inline`: a plain text and its marks → HTML, with its words held together as its language does it. */
import { keptCase } from '../text/case.ts';
import { spannedHtml, spansOf } from '../text/marks.ts';
import type { Mark, Part, Span } from '../text/marks.ts';
import { bound } from '../text/spacing.ts';
import { unitsOf } from '../text/units.ts';
import type { View } from './view.ts';

/** Stays on one line as long as it fits it. */
export const WHOLE = 'og-whole';
/** The same, around several of these. */
export const HOST = 'og-host';
/** Keeps its case in a text that is set in capitals. */
export const AS_IS = 'og-asis';
/** An opening quote or bracket: where it begins a line, it hangs before it. The space before it makes up for that. */
export const HANG = 'og-hang';
export const GAP = 'og-gap';

/** The HTML of a text. Where it is the post's title or description, with their marks; any other text has none. */
export function inlineOf(value: unknown, post: Partial<View['post']>, language: string): string {
  const source = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const marks = marksOf(source, post)
    .map(({ kind, from, to }): Mark => ({ kind, from, to: Math.min(to, source.length) }))
    .filter(({ from, to }) => from < to);
  const text = heldTogether(source, marks, language);
  const { whole, hosts, breaks } = unitsOf(text, marks, language);
  const spans = [
    ...spansOf(marks),
    ...spansOfParts(AS_IS, keptCase(text)),
    ...spansOfParts(HOST, hosts),
    ...spansOfParts(WHOLE, whole),
    ...hanging(text),
  ];
  return spannedHtml(text, spans, breaks);
}

const spansOfParts = (element: string, parts: readonly Part[]): Span[] =>
  parts.map(({ from, to }) => ({ element, from, to }));

/** Stands for each character of code while spaces are looked at: of no script and no class. */
const CODE = '\ue000';

/** Code keeps its spaces, and its letters are no words of the language. */
function heldTogether(source: string, marks: readonly Mark[], language: string): string {
  const codes = marks.filter(({ kind }) => kind === 'code');
  const put = (text: string, what: (from: number, to: number) => string): string =>
    codes.reduce((all, { from, to }) => all.slice(0, from) + what(from, to) + all.slice(to), text);
  const masked = put(source, (from, to) => CODE.repeat(to - from));
  return put(bound(masked, language), (from, to) => source.slice(from, to));
}

function marksOf(text: string, { title, description, marks }: Partial<View['post']>): readonly Mark[] {
  if (text === title) return marks?.title ?? [];
  if (text === description) return marks?.description ?? [];
  return [];
}

/** Brackets of East Asia have a blank half of their own, which the style sheet trims. */
const OPENING = /(?<= |^)["'“„«‹‘‚([{](?=[\S\u00a0])/gu;

function hanging(text: string): Span[] {
  return [...text.matchAll(OPENING)].flatMap(({ index }) => {
    const sign = { element: HANG, from: index, to: index + 1 };
    return index === 0 ? [sign] : [{ element: GAP, from: index - 1, to: index }, sign];
  });
}
