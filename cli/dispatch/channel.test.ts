import { expect, test } from 'vitest';
import { createChannel } from './channel.ts';

async function drain<T>(source: AsyncIterable<T>, into: T[]): Promise<T[]> {
  for await (const value of source) into.push(value);
  return into;
}

test('everything that was pushed arrives in order, before and after somebody listens', async () => {
  const channel = createChannel<number>();
  channel.push(1);
  const got: number[] = [];
  const done = drain(channel, got);
  channel.push(2);
  await Promise.resolve();
  channel.push(3);
  channel.close();
  expect(await done).toEqual([1, 2, 3]);
});

test('an error arrives after what was pushed before it', async () => {
  const channel = createChannel<number>();
  channel.push(1);
  channel.close(new Error('broken'));
  const got: number[] = [];
  await expect(drain(channel, got)).rejects.toThrow('broken');
  expect(got).toEqual([1]);
});
