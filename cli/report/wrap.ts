/** Lines → lines that fit a terminal. */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** Columns: with less, an indent would leave no room for words. */
const LEAST = 20;
const HANG = '  ';

/**
 * The line broken between words so that each part has at most `columns` cells; the parts after the first are indented
 * a little more than it is. Without `columns` (a file, a pipe, a CI log) the line stays whole.
 */
export function wrapLine(line: string, columns: number | undefined): string {
  if (columns === undefined || columns < LEAST) return line;
  const plain = stripVTControlCharacters(line);
  const lead = plain.length - plain.trimStart().length;
  const indent = ' '.repeat(Math.min(lead, columns - LEAST));
  const width = columns - indent.length - HANG.length;
  // Without its leading spaces, which may stand inside of a colour.
  let text = line;
  for (let at = 0; at < lead; at += 1) text = text.replace(' ', '');
  const [first = '', ...others] = wrapAnsi(text, width, { hard: true }).split('\n');
  return [indent + first, ...others.map((part) => indent + HANG + part)].join('\n');
}

/** A stream that may be a terminal. */
export interface LineOutput {
  write(text: string): unknown;
  /** Known of a terminal only. */
  columns?: number;
}

/** Writes lines so that they fit the stream as wide as it is at that moment. */
export function lineWriter(stream: LineOutput): (line: string) => void {
  return (line) => void stream.write(`${wrapLine(line, stream.columns)}\n`);
}

/** The line as it is where it fits; else its beginning without colours, in at most `columns` cells, the last one of them `…`. */
export function cutLine(line: string, columns: number): string {
  if (stringWidth(line) <= columns) return line;
  let shown = '';
  let width = 1;
  for (const { segment } of new Intl.Segmenter().segment(stripVTControlCharacters(line))) {
    width += stringWidth(segment);
    if (width > columns) break;
    shown += segment;
  }
  return `${shown}…`;
}
