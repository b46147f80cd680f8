/** One font file as CSS sees it: a family, a style, and the characters it is declared for. */

export type Range = readonly [first: number, last: number];

export interface Face {
  family: string;
  style: 'normal' | 'italic';
  /** A CSS weight, or a range of them for a variable font: `400`, `100 900`. */
  weight: string;
  /** What the file is declared for (`unicode-range`); null: whatever it has glyphs for. */
  ranges: readonly Range[] | null;
  /** Absolute path. */
  file: string;
  /** Whether it belongs into the head of every card that names its family. Others reach a card that needs them. */
  base: boolean;
}

const RANGE = /^U\+([0-9a-f]{1,6})(?:-([0-9a-f]{1,6}))?$/i;

/** Reads a list as `unicode-range` has it: `U+0-FF,U+131`. Throws SyntaxError for anything else. */
export function parseRanges(list: string): Range[] {
  return list.split(',').map((part): Range => {
    const [, first, last] = RANGE.exec(part.trim()) ?? [];
    if (first === undefined)
      throw new SyntaxError(`${JSON.stringify(part)} is no range of Unicode code points`);
    return [parseInt(first, 16), parseInt(last ?? first, 16)];
  });
}

/** The opposite of `parseRanges`. */
export function formatRanges(ranges: readonly Range[]): string {
  return ranges
    .map(([a, b]) => `U+${a.toString(16)}${a === b ? '' : `-${b.toString(16)}`}`)
    .join()
    .toUpperCase();
}

/** Everything in Unicode but these ranges, which are in ascending order and do not touch. */
export function complement(ranges: readonly Range[]): Range[] {
  const starts = [0, ...ranges.map(([, last]) => last + 1)];
  const ends = [...ranges.map(([first]) => first - 1), 0x10_ffff];
  return starts
    .map((first, i): Range => [first, ends[i] ?? 0x10_ffff])
    .filter(([first, last]) => first <= last);
}

/** Whether the face is declared for a code point. Its file may still have no glyph: see `Coverage`. */
export function isDeclaredFor(face: Face, codePoint: number): boolean {
  return face.ranges === null || face.ranges.some(([a, b]) => codePoint >= a && codePoint <= b);
}
