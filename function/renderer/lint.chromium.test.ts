import { afterAll, describe, expect, it } from 'vitest';
import type { Output } from '../contract.ts';
import { createRenderer } from './index.ts';
import { JPEG, OPTIONS } from './testing/fixture.ts';
import { CASE_HEAD, LINT_FAULTS, LINT_INNOCENTS } from './testing/lint-cases.ts';
import type { LintCase, Shape } from './testing/lint-cases.ts';

const renderer = createRenderer({ ...OPTIONS, browsers: 1 });
afterAll(async () => renderer.close());

const SIZES: Record<Shape, readonly [width: number, height: number]> = {
  wide: [1200, 630],
  square: [1080, 1080],
  tall: [1080, 1920],
  half: [600, 315],
};

async function found({ body, shape = 'wide' }: LintCase, more: Partial<Output> = {}): Promise<string[]> {
  const [width, height] = SIZES[shape];
  const card = { head: CASE_HEAD, body };
  const { findings } = await renderer.render(card, { ...JPEG, width, height, ...more });
  return findings.map(({ code, message }) => `${code}: ${message}`);
}

describe('what is wrong with a card', () => {
  it.each(LINT_FAULTS)('is found: $what', async (fault) => {
    const said = await found(fault);
    expect(said).toEqual([expect.stringContaining(fault.said)]);
    expect(said[0]).toMatch(new RegExp(`^${fault.code}: `));
  });

  it.each(LINT_INNOCENTS)('is not: $what', async (innocent) => {
    expect(await found(innocent)).toEqual([]);
  });
});
