/** Text with inline markup → the text that a reader sees. */
import type { Token } from 'markdown-it';
import { htmlParsers, markdownParser } from './parsers.ts';

/** What titles and descriptions hold. */
export type TextKind = 'markdown' | 'html' | 'plain';

/** Most titles hold none of these, and need no parser. */
const MARKUP = /[*_`&<[\\~]/;
/** Names that code writes so, such as `__init__`: no emphasis. */
const DUNDER = /(^|[^\p{L}\p{N}_])__(\p{L}[\p{L}\p{N}_]*)__(?![\p{L}\p{N}_])/gu;

/** The text on one line, without its markup. An element that stands alone, as in "why <ul> matters", is text. */
export function plainText(text: string, kind: TextKind): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (kind === 'plain' || !MARKUP.test(line)) return line;
  const html = kind === 'html' ? line : fromMarkdown(line);
  return withoutElements(html).replaceAll(/ +/g, ' ').trim() || line;
}

/** Markdown → HTML without the markup that is markdown's. */
function fromMarkdown(text: string): string {
  const kept = text.replaceAll(
    DUNDER,
    (_all, before: string, name: string) => `${before}\\_\\_${name}\\_\\_`,
  );
  const tokens = markdownParser().parseInline(kept, {});
  return shown(tokens, false).trim() === '' ? shown(tokens, true) : shown(tokens, false);
}

/** HTML stays: whether it is markup depends on what follows. A picture is its text where there is no other. */
function shown(tokens: readonly Token[], pictures: boolean): string {
  return tokens
    .map(({ type, content, children }) => {
      if (type === 'softbreak' || type === 'hardbreak') return ' ';
      if (type === 'html_inline') return content;
      if (type === 'image' && !pictures) return '';
      return children ? shown(children, pictures) : escaped(content);
    })
    .join('');
}

/** What was text is not to be taken for HTML. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Elements that are never closed. */
const VOID = ['br', 'hr', 'img', 'wbr'];
const SILENT = new Set(['script', 'style', 'svg', 'template']);

/** Elements with an end, and those that never have one, are markup; entities become signs. */
function withoutElements(html: string): string {
  const parts: { text: string; tag?: string }[] = [];
  const closed = new Set(VOID);
  let silent = 0;
  const { Parser } = htmlParsers();
  const parser = new Parser({
    onopentag(name) {
      const text = html.slice(parser.startIndex, parser.endIndex + 1);
      if (text.endsWith('/>')) closed.add(name);
      if (SILENT.has(name)) silent++;
      parts.push({ text, tag: name });
    },
    onclosetag(name, implied) {
      if (SILENT.has(name)) silent--;
      if (!implied) closed.add(name);
    },
    ontext(text) {
      if (silent === 0) parts.push({ text });
    },
  });
  parser.end(html);
  return parts
    .map(({ text, tag }) => (tag === undefined || !closed.has(tag) ? text : tag === 'br' ? ' ' : ''))
    .join('');
}
