/** Columns for a terminal. Pure. */
import widthOf from 'fast-string-width';
import type { Colors } from '../../report/colors.ts';

/** A head that begins with ">" sets its column to the right. Cells may not hold colours. */
export function tableLines(heads: readonly string[], rows: readonly string[][], colors: Colors): string[] {
  const titles = heads.map((head) => head.replace(/^>/, ''));
  const widths = titles.map((title, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? '')].map((cell) => widthOf(cell))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => {
        const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell)));
        return heads[at]?.startsWith('>') === true ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [colors.dim(line(titles)), ...rows.map(line)];
}
