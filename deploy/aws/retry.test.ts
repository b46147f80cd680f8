import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pause, realClock, retry } from './retry.ts';
import type { RetryBounds, Clock } from './retry.ts';

const bounds = fc.record({
  base: fc.integer({ min: 1, max: 5000 }),
  cap: fc.integer({ min: 1, max: 60_000 }),
  total: fc.integer({ min: 0, max: 600_000 }),
});
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function jumping(random: number): Clock {
  let now = 0;
  return {
    now: () => now,
    random: () => random,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

test('a pause is never zero, never above the cap, and jittered below its step', () => {
  fc.assert(
    fc.property(bounds, chance, fc.nat(1000), (given: RetryBounds, random, number) => {
      const step = Math.min(given.cap, given.base * 2 ** Math.min(number, 30));
      const ms = pause(jumping(random), given, number);
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThanOrEqual(step);
    }),
  );
});

test('what fails for ever is tried for the total time, and one last time after it', async () => {
  await fc.assert(
    fc.asyncProperty(bounds, chance, async (given, random) => {
      const clock = jumping(random);
      let last = 0;
      const attempt = (): Promise<never> => {
        last = clock.now();
        return Promise.reject(new Error('no'));
      };
      await expect(
        retry(clock, { ...given, cap: given.cap + 1000, base: given.base + 1000 }, () => true, attempt),
      ).rejects.toThrow('no');
      expect(last).toBeGreaterThanOrEqual(given.total);
      expect(last).toBeLessThanOrEqual(given.total + given.cap + 1000);
    }),
    { numRuns: 30 },
  );
});

test('what is not worth another try is thrown as it is', async () => {
  let tries = 0;
  const attempt = (): Promise<never> => {
    tries += 1;
    return Promise.reject(new Error('no'));
  };
  await expect(retry(jumping(0), { base: 1, cap: 1, total: 100 }, () => false, attempt)).rejects.toThrow(
    'no',
  );
  expect(tries).toBe(1);
});

test('the real clock sleeps, and wakes at once when it is interrupted', async () => {
  const interruption = new AbortController();
  const clock = realClock(interruption.signal);
  await clock.sleep(1);
  const long = clock.sleep(60_000);
  interruption.abort();
  await expect(long).rejects.toMatchObject({ code: 'interrupted', exitCode: 130 });
  await expect(clock.sleep(1)).rejects.toMatchObject({ code: 'interrupted' });
});
