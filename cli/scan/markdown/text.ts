/** Text with inline markup → the text that a reader sees, and its marks. */
import type { Token } from 'markdown-it';
import { LIMITS } from '../../../function/contract.ts';
import type { Mark, MarkKind } from '../../../function/text/marks.ts';
import type { PostFields } from '../../config/schema.ts';
import { OURS, inlineOfHtml } from './inline-html.ts';
import type { Inline } from './inline-html.ts';
import { markdownParser } from './parsers.ts';

/** What titles and descriptions hold. */
export type TextKind = 'markdown' | 'html' | 'plain';

/** Most titles hold none of these, and need no parser. */
const MARKUP = /[*_`&<[\\~]/;

const MADE: Readonly<Record<string, MarkKind>> = { em: 'emphasis', strong: 'strong', s: 'struck' };

/** An element that stands alone, as in "why <ul> matters", is text; what would leave nothing stays as it is. */
export function readInline(source: string, kind: TextKind): Inline {
  const line = source.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  if (kind === 'plain' || !MARKUP.test(line)) return { text: line, marks: [] };
  const inline = inlineOfHtml(kind === 'html' ? line : fromMarkdown(line));
  return inline.text === '' ? { text: line, marks: [] } : inline;
}

/** The text alone. */
export function plainText(source: string, kind: TextKind): string {
  return readInline(source, kind).text;
}

/** Both as fields of a post: plain, and their marks where there are any. */
export function inlineFields(title: Inline | null, description: Inline | null): Partial<PostFields> {
  const marks = {
    ...(title !== null && title.marks.length > 0 && { title: marksOf(title) }),
    ...(description !== null && description.marks.length > 0 && { description: marksOf(description) }),
  };
  return {
    ...(title !== null && { title: title.text }),
    ...(description !== null && { description: description.text }),
    ...(Object.keys(marks).length > 0 && { marks }),
  };
}

/** What lies beyond the text marks nothing. */
function marksOf({ text, marks }: Inline): Mark[] {
  return marks
    .map(({ kind, from, to }) => ({ kind, from, to: Math.min(to, text.length) }))
    .filter(({ from, to }) => from < to)
    .slice(0, LIMITS.marks);
}

/** Markdown → HTML: its own marks as elements that no source can write, HTML as it stands. */
function fromMarkdown(text: string): string {
  const tokens = markdownParser().parseInline(text, {});
  return shown(tokens, isOnlyPictures(tokens));
}

/** HTML stays: whether it is markup depends on what follows. A picture is its text where there is no other. */
function shown(tokens: readonly Token[], pictures: boolean): string {
  return tokens
    .map(({ type, tag, nesting, content, children }) => {
      if (type === 'softbreak' || type === 'hardbreak') return ' ';
      if (type === 'html_inline') return content;
      if (type === 'code_inline') return element('code', escaped(content));
      if (type === 'image' && !pictures) return '';
      if (children) return shown(children, pictures);
      const mark = MADE[tag];
      if (mark === undefined || nesting === 0) return escaped(content);
      return nesting > 0 ? `<${OURS}${mark}>` : `</${OURS}${mark}>`;
    })
    .join('');
}

function isOnlyPictures(tokens: readonly Token[]): boolean {
  return tokens.every(({ type, content, children }) =>
    type === 'image' ? true : children ? isOnlyPictures(children) : content.trim() === '',
  );
}

function element(kind: MarkKind, html: string): string {
  return `<${OURS}${kind}>${html}</${OURS}${kind}>`;
}

/** What was text is not to be taken for HTML. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
