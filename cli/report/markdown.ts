/** Text of strangers in Markdown. */
import { safe } from './format.ts';

/** What Markdown or HTML may read as more than text. A mention would call a person. */
const SPECIAL = /[\\`*_{}[\]()<>#+\-.!|~&@:$^=]/g;

/** Text of strangers as Markdown that shows it and does nothing. */
export function inMarkdown(text: string): string {
  return safe(text).replaceAll(SPECIAL, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A line of a table; the cells are Markdown. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
