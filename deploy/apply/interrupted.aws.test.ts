import { afterAll, beforeAll, expect, test } from 'vitest';
import { healthy } from '../testing/answers.ts';
import { startCloud } from '../testing/cloud.ts';
import { isRead } from '../testing/operation.ts';
import { deploy, planned, pushTestImage } from '../testing/session.ts';
import type { Cloud } from '../testing/cloud.ts';

const OPEN = { OG_URL_AUTH: 'NONE', OG_TOKEN: 'a-token-of-some-length' };

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

/**
 * A run that gets Ctrl-C at its first change, which reaches AWS or does not; its answer never arrives. The change, or
 * null when the run had nothing to change.
 */
async function interrupted(reached: boolean): Promise<{ code: number; change: string | null }> {
  const interruption = new AbortController();
  let change: string | null = null;
  let on = true;
  cloud.script(async (call) => {
    if (!on || change !== null || isRead(call.operation)) return null;
    change = call.operation;
    if (reached) await call.pass();
    interruption.abort();
    return 'cut';
  });
  const { code } = await deploy(cloud, ['release'], OPEN, { signal: interruption.signal });
  on = false;
  return { code, change };
}

test(
  'a release that is interrupted at every single change ends right when it is run again',
  { timeout: 120_000 },
  async () => {
    await cloud.reset();
    cloud.script(healthy);
    await pushTestImage(cloud);
    const made: string[] = [];
    for (;;) {
      const { code, change } = await interrupted(true);
      if (change === null) {
        expect(code).toBe(0);
        break;
      }
      expect(code).toBe(130);
      made.push(change);
    }
    // Each was made once: no run did again what an interrupted one had done.
    expect(made.length).toBeGreaterThan(10);
    expect(
      made.filter(
        (change) => change !== 'lambda:AddPermission' && made.indexOf(change) !== made.lastIndexOf(change),
      ),
    ).toEqual([]);
    expect(await planned(cloud, OPEN)).toEqual([]);
  },
);

test('a change that never reached AWS is made by the next run', async () => {
  await cloud.reset();
  cloud.script(healthy);
  await pushTestImage(cloud);
  for (let count = 0; count < 3; count += 1) {
    expect((await interrupted(false)).code).toBe(130);
    await interrupted(true);
  }
  expect((await deploy(cloud, ['release'], OPEN)).code).toBe(0);
  expect(await planned(cloud, OPEN)).toEqual([]);
});
