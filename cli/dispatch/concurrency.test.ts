import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGate } from './concurrency.ts';
import type { Gate } from './concurrency.ts';

/** How many are let in at once now. Nobody may be inside; nobody is afterwards. */
async function places(gate: Gate): Promise<number> {
  const inside: ((load: 'other') => void)[] = [];
  const all = Array.from({ length: 40 }, async () => inside.push(await gate.enter()));
  await new Promise((resolve) => setImmediate(resolve));
  const admitted = inside.length;
  while (inside.length > 0) {
    inside.shift()?.('other');
    await Promise.resolve();
    await Promise.resolve();
  }
  await Promise.all(all);
  for (const leave of inside.splice(0)) leave('other');
  return admitted;
}

test('never more are let in than there are places', async () => {
  const gate = createGate(3);
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const leave = await gate.enter();
      inside += 1;
      most = Math.max(most, inside);
      await Promise.resolve();
      inside -= 1;
      leave('ok');
    }),
  );
  expect(most).toBe(3);
  expect(await places(gate)).toBe(3);
});

test('requests that were turned away together halve the places once', async () => {
  const gate = createGate(8);
  const leaves = await Promise.all(Array.from({ length: 8 }, () => gate.enter()));
  for (const leave of leaves) leave('throttled');
  expect(await places(gate)).toBe(4);
});

test('places fall to one and creep back to what was allowed', async () => {
  const gate = createGate(8);
  for (let turn = 0; turn < 6; turn += 1) (await gate.enter())('throttled');
  expect(await places(gate)).toBe(1);
  let answers = 0;
  while ((await places(gate)) < 8) {
    (await gate.enter())('ok');
    answers += 1;
  }
  // One place a round: 1 + 2 + … + 7 answers, give or take the rounding.
  expect(answers).toBeGreaterThan(20);
  expect(answers).toBeLessThan(40);
});

test('whatever happens, at least one place stays and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 16 }),
      fc.array(fc.constantFrom('ok' as const, 'throttled' as const, 'other' as const), { maxLength: 60 }),
      async (max, loads) => {
        const gate = createGate(max);
        for (const load of loads) {
          (await gate.enter())(load);
          const now = await places(gate);
          expect(now).toBeGreaterThanOrEqual(1);
          expect(now).toBeLessThanOrEqual(max);
        }
      },
    ),
  );
});

test('has one place as long as it is to be narrow', async () => {
  let narrow = true;
  const gate = createGate(8, () => narrow);
  expect(await places(gate)).toBe(1);
  narrow = false;
  expect(await places(gate)).toBe(8);
});
