/** The filter `inline`: a plain text and its marks → HTML, with its words held together as its language does it. */
import { spannedHtml, spansOf } from '../text/marks.ts';
import type { Mark, Span } from '../text/marks.ts';
import { bound } from '../text/spacing.ts';
import { unitsOf } from '../text/units.ts';
import type { View } from './view.ts';

/** Stays on one line as long as it fits it. */
export const WHOLE = 'og-whole';
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
  const { whole, breaks } = unitsOf(text, marks, language);
  const spans = [
    ...spansOf(marks),
    ...whole.map((part): Span => ({ element: WHOLE, from: part.from, to: part.to })),
    ...hanging(text),
  ];
  return spannedHtml(text, spans, breaks);
}

/** Code keeps its spaces, and its last letter is no word of the language. */
function heldTogether(source: string, marks: readonly Mark[], language: string): string {
  let text = bound(source, language);
  for (const { kind, from, to } of marks)
    if (kind === 'code') text = text.slice(0, from) + source.slice(from, to + 1) + text.slice(to + 1);
  return text;
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
