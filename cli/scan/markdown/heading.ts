/** The first heading below the front matter of a file. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Token } from 'markdown-it';
import { markdownParser } from './parsers.ts';
import type { Inline } from './inline-html.ts';
import { readInline } from './text.ts';

/** A heading further down than this is no title. */
const MAX_BYTES = 65_536;

/** The first heading of a file; null when there is none. */
export function readHeading(path: string, which: 'first' | 'level-1' = 'first'): Inline | null {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(MAX_BYTES);
    const length = readSync(file, bytes, 0, MAX_BYTES, 0);
    return headingOf(bytes.toString('utf8', 0, length), which);
  } finally {
    closeSync(file);
  }
}

/** The same of a text. */
export function headingOf(text: string, which: 'first' | 'level-1' = 'first'): Inline | null {
  const tokens = markdownParser().parse(body(text), {});
  let first: Inline | null = null;
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open' || token.level > 0) continue;
    const heading = titleOf(tokens[index + 1]);
    if (heading === null) continue;
    if (token.tag === 'h1') return heading;
    first ??= heading;
  }
  return which === 'first' ? first : null;
}

/** `{#id}` after a heading is an attribute in Docusaurus, VitePress, Hugo and kramdown. */
const ATTRIBUTES = /\{[#.:][^{}]*\}$/;

function titleOf(inline: Token | undefined): Inline | null {
  const { text, marks } = readInline(inline?.content ?? '', 'markdown');
  const title = text.replace(ATTRIBUTES, '').trimEnd();
  return title === '' ? null : { text: title, marks };
}

/** What follows the front matter. */
function body(text: string): string {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const fence = start.slice(0, 3);
  if (fence !== '---' && fence !== '+++') return text;
  const close = start.indexOf(`\n${fence}`, 3);
  if (close < 0) return '';
  const after = start.indexOf('\n', close + 1);
  return after < 0 ? '' : start.slice(after + 1);
}
