import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { workOff } from './workers.ts';

async function* slowly(numbers: readonly number[]): AsyncGenerator<number, void, void> {
  for (const number of numbers) {
    await delay(1);
    yield number;
  }
}
const NUMBERS = Array.from({ length: 50 }, (_, at) => at);

test('does the work for everything a queue gives, at most so many at a time', async () => {
  for (const [queue, ms] of [
    [NUMBERS.values(), 2],
    [slowly(NUMBERS), 20],
  ] as const) {
    let busy = 0;
    let most = 0;
    const done: number[] = [];
    await workOff<number>(queue, { count: 4 }, async (number: number) => {
      most = Math.max(most, ++busy);
      await delay(ms);
      busy -= 1;
      done.push(number);
    });
    expect(done.sort((a, b) => a - b)).toEqual(NUMBERS);
    expect(most).toBe(4);
  }
});

test('takes nothing more after an error, and throws it when what is under way has ended', async () => {
  const ended: number[] = [];
  const told: unknown[] = [];
  const options = { count: 2, onError: (error: unknown) => void told.push(error) };
  const working = workOff(NUMBERS.values(), options, async (number) => {
    await delay(number === 0 ? 1 : 20);
    if (number === 0) throw new Error('no');
    ended.push(number);
  });
  await expect(working).rejects.toThrow('no');
  expect(ended).toEqual([1]);
  expect(told).toMatchObject([{ message: 'no' }]);
});

test('takes nothing more once it is told to stop', async () => {
  const done: number[] = [];
  await workOff(NUMBERS.values(), { count: 2, stopped: () => done.length >= 3 }, async (number) => {
    await delay(1);
    done.push(number);
  });
  expect(done.length).toBeLessThan(6);
});
