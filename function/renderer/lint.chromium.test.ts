import { afterAll, describe, expect, it } from 'vitest';
import type { Output } from '../contract.ts';
import { createRenderer } from './index.ts';
import { JPEG, OPTIONS } from './testing/fixture.ts';
import { CASE_HEAD } from './testing/lint-cases.ts';
import type { LintCase, Shape } from './testing/lint-cases.ts';
import { LINT_FAULTS } from './testing/lint-faults.ts';
import { LINT_INNOCENTS } from './testing/lint-innocents.ts';

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

const draw = async (body: string) => (await renderer.render({ head: CASE_HEAD, body }, JPEG)).bytes;

describe('what is wrong with a card', () => {
  it.each(LINT_FAULTS)('is found: $what', async (fault) => {
    const said = await found(fault);
    expect(said).toEqual([expect.stringContaining(fault.said)]);
    expect(said[0]).toMatch(new RegExp(`^${fault.code}: `));
  });

  it.each(LINT_INNOCENTS)('is not: $what', async (innocent) => {
    expect(await found(innocent)).toEqual([]);
  });

  it('is the same in every format, each time, after other cards', async () => {
    const faults = LINT_FAULTS.filter(({ code, shape }) => code === 'low_contrast' && shape === undefined);
    const first = await Promise.all(faults.map(async (fault) => found(fault)));
    for (const format of ['png', 'webp', 'jpeg'] as const) {
      const again: string[][] = [];
      for (const fault of faults.toReversed())
        again.push(await found(fault, { format, maxBytes: 8_000_000 }));
      expect(again.toReversed()).toEqual(first);
    }
  });

  it('leaves no trace on the card: what is drawn next is as it was', async () => {
    const plain = '<h1 style="margin:100px">A title</h1>';
    const before = await draw(plain);
    for (const { body } of LINT_FAULTS.slice(0, 14)) {
      const bytes = await draw(body);
      expect(Buffer.compare(await draw(body), bytes)).toBe(0);
    }
    expect(Buffer.compare(await draw(plain), before)).toBe(0);
  });
});
