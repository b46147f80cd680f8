/** How a release ends when something after the new version went live does not succeed, or is to stop it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { altered, failure, healthy } from '../testing/answers.ts';
import { startCloud } from '../testing/cloud.ts';
import { production } from '../testing/identity.ts';
import { BITBUCKET, deploy, pushTestImage } from '../testing/session.ts';
import { seen } from '../testing/visitor.ts';
import type { Cloud } from '../testing/cloud.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

async function setUp(): Promise<void> {
  await cloud.reset();
  cloud.script(healthy);
  await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET);
  await pushTestImage(cloud);
  cloud.enforce();
}

const release = (env: Record<string, string> = {}) => deploy(cloud, ['release'], { ...production(), ...env });

test('trouble with an old version is a warning, and the release ends with its URL', async () => {
  await setUp();
  for (const memory of ['1024', '1536', '2048', '2560', '3008']) await release({ OG_MEMORY: memory });
  cloud.script((call) =>
    call.operation === 'lambda:DeleteFunction'
      ? failure(call, 400, 'InvalidParameterValueException', 'Version is in use')
      : null,
  );
  const { code, err, out } = await release({ OG_MEMORY: '3072' });
  expect(code).toBe(0);
  expect(err).toContain('WARNING: version.delete:1 did not succeed, and the release is done without it');
  expect(out).toContain('export OG_FUNCTION_URL=http');
});

test('a function that cannot be stopped at the end keeps its new version, and the failure is named', async () => {
  await setUp();
  await release();
  cloud.script((call) =>
    call.operation === 'lambda:PutFunctionConcurrency'
      ? failure(call, 400, 'InvalidParameterValueException', 'Not now')
      : null,
  );
  const { code, err } = await release({ OG_MEMORY: '1024', OG_RESERVED_CONCURRENCY: '0' });
  expect([code, err]).toEqual([
    3,
    expect.stringContaining('lambda:PutFunctionConcurrency on function og failed'),
  ]);
  expect(err).not.toContain('is live again');
  expect((await seen(cloud)).live).toBe('2 (Active)');
});

test('a function that is stopped at the end says so, and its URL is not asked', async () => {
  await setUp();
  // moto shows no reservation where it is 0.
  let reserved: number | null = null;
  cloud.script((call) => {
    if (call.operation === 'lambda:PutFunctionConcurrency')
      reserved = (JSON.parse(call.body) as { ReservedConcurrentExecutions: number })
        .ReservedConcurrentExecutions;
    if (call.operation === 'lambda:DeleteFunctionConcurrency') reserved = null;
    if (call.operation !== 'lambda:GetFunction' || reserved === null) return null;
    return altered(call, (json) => {
      json['Concurrency'] = { ReservedConcurrentExecutions: reserved };
    });
  });
  const { code, err } = await release({ OG_RESERVED_CONCURRENCY: '0' });
  expect([code, err]).toEqual([0, expect.stringContaining('The function is stopped')]);
  const again = await release({ OG_MEMORY: '1024' });
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('Nothing was changed')]);
  expect((await release({ OG_MEMORY: '1024', OG_RESERVED_CONCURRENCY: 'none' })).code).toBe(0);
  expect(cloud.refused).toEqual([]);
});
