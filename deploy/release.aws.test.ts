import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { healthy } from './testing/answers.ts';
import { startCloud } from './testing/cloud.ts';
import { BITBUCKET, deploy, planned, pushImage } from './testing/session.ts';
import type { Cloud } from './testing/cloud.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  await cloud.reset();
  cloud.script(healthy);
});

test('from nothing, bootstrap and release leave nothing to do', async () => {
  const set = await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET);
  expect(set.err).toContain('Set-up of account');
  expect(set.code).toBe(0);
  await pushImage(cloud);
  const first = await deploy(cloud, ['release']);
  console.log(first.err, first.out);
  expect(first.code).toBe(0);
  expect(await planned(cloud)).toEqual([]);
});
