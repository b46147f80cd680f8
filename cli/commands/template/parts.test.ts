import { createColors } from '../../report/colors.ts';
import { expect, test } from 'vitest';
import { cpuTime } from './cpu.ts';
import { countOf, findingsOf, ratioOf } from './findings.ts';
import { checkedLines } from './report.ts';
import { tableLines } from './table.ts';
import { measure } from './timing.ts';

const colors = createColors(false);
const card = { sample: 'a', output: null, provokes: null };
const cut = { code: 'text_cut', message: '“A” is cut.' };

test('what a sample is there to provoke is no finding, and the very same thing on two cards is one', () => {
  const trouble = { code: 'template_failed', message: 'm', hint: 'h', file: 'f', line: 1 };
  const findings = findingsOf(
    [
      { ...card, provokes: 'text_cut', outcome: { warnings: [cut] } },
      { ...card, sample: 'b', outcome: { warnings: [cut, { code: 'new_lint', message: 'x' }] } },
      { ...card, sample: 'c', outcome: { warnings: [cut] } },
      { ...card, sample: 'd', outcome: { trouble } },
    ],
    [{ ...trouble, code: 'sample_invalid' }],
  );
  expect(
    findings.map(({ severity, code, cards }) => [severity, code, cards.map(({ sample }) => sample)]),
  ).toEqual([
    ['error', 'sample_invalid', []],
    ['error', 'template_failed', ['d']],
    ['warning', 'text_cut', ['b', 'c']],
    ['warning', 'new_lint', ['b']],
  ]);
  expect([countOf(findings, 'error'), countOf(findings, 'warning')]).toEqual([2, 2]);
});

test('a lint that this version does not know is printed by its code, and text of a template plays no tricks', () => {
  const findings = findingsOf(
    [{ ...card, outcome: { warnings: [{ code: 'low_contrast', message: '::error::\u001b[2J' }] } }],
    [],
  );
  const lines = checkedLines(
    {
      version: '0',
      summary: { templates: 1, cards: 1, errors: 0, warnings: 1, durationMs: 5 },
      baseline: { name: 'default', timing: { ms: 10, cpuMs: 20 } },
      templates: [{ name: 'mine', folder: 't/mine', cards: 1, timing: { ms: 12, cpuMs: 30 }, findings }],
    },
    { colors, verbose: false },
  ).join('\n');
  expect(lines).toContain('low_contrast');
  expect(lines).not.toContain('\u001b');
  expect(lines).toMatch(/mine +1 +– +1 +12 ms +30 ms +1\.5×/);
});

test('times are medians, taken in turns; CPU is a mean over all cards', async () => {
  const order: string[] = [];
  let cpuMs = 0;
  const subject = (name: string, times: readonly number[]) => ({
    warm: async () => void order.push(name),
    draw: async (onCard: (tookMs: number) => void) => {
      for (const time of times) {
        cpuMs += 2 * time;
        onCard(time);
      }
    },
  });
  const timings = await measure([subject('a', [1, 100, 3]), subject('b', [6, 8])], async () => cpuMs);
  expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  expect(timings).toEqual([
    { ms: 3, cpuMs: 69.3 },
    { ms: 7, cpuMs: 14 },
  ]);
  expect(await measure([subject('c', [1])], async () => null)).toEqual([{ ms: 1, cpuMs: null }]);
  expect(ratioOf({ ms: 3, cpuMs: null }, { ms: 2, cpuMs: 9 })).toBe(1.5);
});

test('CPU time grows with work, on Linux', async () => {
  const before = await cpuTime();
  const until = performance.now() + 60;
  while (performance.now() < until);
  const after = await cpuTime();
  if (process.platform === 'linux') expect(Number(after)).toBeGreaterThan(Number(before));
  else expect(after).toBeNull();
});

test('columns are as wide as what stands in them, also where signs take two cells', () => {
  expect(
    tableLines(
      ['a', '>b'],
      [
        ['日本', '1'],
        ['x', '100'],
      ],
      colors,
    ),
  ).toEqual(['a       b', '日本    1', 'x     100']);
});
