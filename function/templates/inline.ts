/** The filter `inline`: a plain text and its marks → HTML. */
import type { View } from './view.ts';
import { spannedHtml, spansOf } from '../text/marks.ts';
import type { Mark } from '../text/marks.ts';

/** The HTML of a text. Where it is the post's title or description, with their marks; any other text has none. */
export function inlineOf(value: unknown, post: Partial<View['post']>): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return spannedHtml(text, spansOf(marksOf(text, post)));
}

function marksOf(text: string, { title, description, marks }: Partial<View['post']>): readonly Mark[] {
  if (text === title) return marks?.title ?? [];
  if (text === description) return marks?.description ?? [];
  return [];
}
