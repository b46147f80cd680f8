import { afterAll, beforeAll, expect, test } from 'vitest';
import { healthy } from './testing/answers.ts';
import { startCloud } from './testing/cloud.ts';
import { isRead } from './testing/operation.ts';
import { deploy, planned, pushImage } from './testing/session.ts';
import type { Cloud } from './testing/cloud.ts';

const OPEN = { OG_URL_AUTH: 'NONE', OG_TOKEN: 'a-token-of-some-length' };

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

async function empty(): Promise<void> {
  await cloud.reset();
  cloud.script(healthy);
  await pushImage(cloud);
}

/** Ctrl-C at the change with this number, before it reached AWS or just after; the answer never arrives. */
async function interruptedAt(number: number, reached: boolean): Promise<number> {
  const interruption = new AbortController();
  let changes = 0;
  cloud.script(async (call) => {
    if (isRead(call.operation)) return null;
    changes += 1;
    if (changes !== number) return null;
    if (reached) await call.pass();
    interruption.abort();
    return 'cut';
  });
  return (await deploy(cloud, ['release'], OPEN, { signal: interruption.signal })).code;
}

test('a first release that is interrupted at any change ends right when it is run again', async () => {
  await empty();
  expect((await deploy(cloud, ['release'], OPEN)).code).toBe(0);
  const changes = cloud.changes().filter((action) => action !== 'ecr:CreateRepository').length;
  expect(changes).toBeGreaterThan(10);
  const whole = await remains();
  for (let number = 1; number <= changes; number += 1) {
    await empty();
    expect(await interruptedAt(number, number % 2 === 0)).toBe(130);
    expect((await deploy(cloud, ['release'], OPEN)).code).toBe(0);
    expect(await planned(cloud, OPEN)).toEqual([]);
    expect(await remains()).toEqual(whole);
  }
});

/** What a release leaves, without what is made up by chance. */
async function remains(): Promise<unknown> {
  const { out } = await deploy(cloud, ['status', '--json'], OPEN);
  return { ...(JSON.parse(out) as object), url: null };
}
