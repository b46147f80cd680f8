import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createColors } from './colors.ts';
import { wrapLine } from './wrap.ts';

describe('a line on a terminal', () => {
  const line = `    content/2024/a-file-with-a-long-name.md  ${'words that say what is wrong '.repeat(3).trim()}`;

  test.each([20, 40, 80, 200])('of %d columns fits, and keeps its indent and its words', (columns) => {
    const parts = wrapLine(line, columns).split('\n');
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(columns);
      expect(part).toMatch(columns > 20 ? /^ {4}/ : /^/);
    }
    expect(parts.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
  });

  test('counts cells, not characters: Japanese takes two each', () => {
    for (const part of wrapLine('日本語の題名'.repeat(10), 40).split('\n'))
      expect(part.replaceAll(/[^ ]/g, '##').length).toBeLessThanOrEqual(40);
  });

  test('keeps an indent that stands inside of a colour', () => {
    const { dim, bold } = createColors(true);
    for (const coloured of [dim(`    ${line.trim()}`), `  ${bold('  1')} ${line.trim()}`])
      for (const part of wrapLine(coloured, 60).split('\n'))
        expect(stripVTControlCharacters(part)).toMatch(/^ {4}\S|^ {6}\S/);
  });

  test('in a file stays whole', () => {
    expect(wrapLine(line, undefined)).toBe(line);
  });
});
