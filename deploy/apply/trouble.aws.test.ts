import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { altered, failedPost, failure, firstTimes, healthy, invoked } from '../testing/answers.ts';
import { startCloud } from '../testing/cloud.ts';
import { deploy, planned, pushTestImage } from '../testing/session.ts';
import type { Cloud } from '../testing/cloud.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  await cloud.reset();
  cloud.script(healthy);
  await pushTestImage(cloud);
});

const CONFIGURATION = 'lambda:GetFunctionConfiguration';
const state = (members: Record<string, string>) => (json: Record<string, unknown>) =>
  void Object.assign(json, members);

/** The version that the alias points to, or null. */
async function live(): Promise<string | null> {
  const { out } = await deploy(cloud, ['status', '--json']);
  return (JSON.parse(out) as { live?: string | null }).live ?? null;
}

test('waits while a new function and a new version are Pending', async () => {
  cloud.script(firstTimes(CONFIGURATION, 6, (call) => altered(call, state({ State: 'Pending' }))));
  const { code, slept } = await deploy(cloud, ['release']);
  expect(code).toBe(0);
  expect(slept).toBeGreaterThan(2000);
  expect(await planned(cloud)).toEqual([]);
});

test('gives up on a function that stays Pending, and says what it saw', async () => {
  cloud.script(
    firstTimes(CONFIGURATION, Infinity, (call) =>
      altered(call, state({ State: 'Pending', StateReason: 'Creating' })),
    ),
  );
  const { code, err, slept } = await deploy(cloud, ['release']);
  expect(code).toBe(1);
  expect(err).toContain('did not come to rest within 5 minutes: State Pending');
  expect(err).toContain('Creating');
  expect(slept).toBeLessThan(6 * 60_000);
});

test('waits for an update in progress, and tries again what meets another one', async () => {
  await deploy(cloud, ['release']);
  cloud.script(
    firstTimes(CONFIGURATION, 4, (call) => altered(call, state({ LastUpdateStatus: 'InProgress' }))),
  );
  const conflict = firstTimes('lambda:UpdateFunctionConfiguration', 3, (call) =>
    failure(
      call,
      409,
      'ResourceConflictException',
      'The operation cannot be performed at this time. An update is in progress for resource',
    ),
  );
  cloud.script(conflict);
  cloud.seen.length = 0;
  expect((await deploy(cloud, ['release'], { OG_MEMORY: '1024' })).code).toBe(0);
  expect(cloud.seen.filter((action) => action === 'lambda:UpdateFunctionConfiguration')).toHaveLength(4);
  expect(await live()).toBe('2 (Active)');
});

test('gives the reason when an update fails, moves nothing, and sets all anew the next time', async () => {
  await deploy(cloud, ['release']);
  await pushTestImage(cloud, 'second');
  const second = { BITBUCKET_COMMIT: 'second' };
  const bad = state({
    LastUpdateStatus: 'Failed',
    LastUpdateStatusReasonCode: 'ImageAccessDenied',
    LastUpdateStatusReason: 'Lambda does not have permission',
  });
  let updated = false;
  let broken = true;
  cloud.script((call) => {
    if (call.operation === 'lambda:UpdateFunctionCode') updated = true;
    return broken && updated && call.operation === CONFIGURATION && !call.url.includes('Qualifier')
      ? altered(call, bad)
      : null;
  });
  const { code, err } = await deploy(cloud, ['release'], second);
  expect(code).toBe(1);
  expect(err).toContain('ImageAccessDenied: Lambda does not have permission');
  expect(await live()).toBe('1 (Active)');
  broken = false;
  cloud.script((call) =>
    updated && call.operation === 'lambda:GetFunction'
      ? altered(
          call,
          ({ Configuration }) => void Object.assign(Configuration as object, { LastUpdateStatus: 'Failed' }),
        )
      : null,
  );
  expect((await planned(cloud, second)).slice(0, 2)).toEqual(['function.code', 'function.configuration']);
});

test('makes a function anew whose creation failed and from which nothing was published', async () => {
  cloud.script(
    firstTimes(CONFIGURATION, 1, (call) =>
      altered(call, state({ State: 'Failed', StateReason: 'The image is broken' })),
    ),
  );
  const first = await deploy(cloud, ['release']);
  expect(first.err).toContain('The image is broken');
  cloud.script(
    firstTimes('lambda:GetFunction', 2, (call) =>
      altered(
        call,
        ({ Configuration }) =>
          void Object.assign(Configuration as object, {
            State: 'Failed',
            StateReason: 'The image is broken',
          }),
      ),
    ),
  );
  expect(await planned(cloud)).toContain('function.delete');
  expect((await deploy(cloud, ['release'])).code).toBe(0);
  expect(cloud.changes()).toContain('lambda:DeleteFunction');
  expect(await planned(cloud)).toEqual([]);
});

test('wakes an inactive live version by a call', async () => {
  await deploy(cloud, ['release']);
  cloud.script(
    firstTimes(CONFIGURATION, 3, (call) =>
      altered(call, state({ State: 'Inactive', StateReasonCode: 'Idle' })),
    ),
  );
  cloud.script(
    firstTimes('lambda:InvokeFunction', 2, (call) =>
      failure(call, 409, 'ResourceConflictException', 'The function is inactive and is being activated'),
    ),
  );
  expect(await planned(cloud)).toEqual(['version.smoke']);
  cloud.seen.length = 0;
  const { code, out } = await deploy(cloud, ['release']);
  expect(code).toBe(0);
  expect(out).toContain('a card of 48213 bytes');
  expect(cloud.changes()).toEqual([]);
});

test('waits until a new role can be assumed, for as long as that may take', async () => {
  const message = 'The role defined for the function cannot be assumed by Lambda.';
  cloud.script(
    firstTimes('lambda:CreateFunction', 5, (call) =>
      failure(call, 400, 'InvalidParameterValueException', message),
    ),
  );
  expect((await deploy(cloud, ['release'])).code).toBe(0);
  expect(cloud.seen.filter((action) => action === 'lambda:CreateFunction')).toHaveLength(6);

  await cloud.reset();
  await pushTestImage(cloud);
  cloud.script(
    firstTimes('lambda:CreateFunction', Infinity, (call) =>
      failure(call, 400, 'InvalidParameterValueException', message),
    ),
  );
  const { code, err, slept } = await deploy(cloud, ['release']);
  expect(code).toBe(3);
  expect(err).toContain('cannot be assumed by Lambda');
  expect(slept).toBeLessThan(3 * 60_000);
});

test('tries throttled calls again, and names the action when that has no end', async () => {
  const counts = new Map<string, number>();
  cloud.script((call) => {
    const count = (counts.get(call.operation) ?? 0) + 1;
    counts.set(call.operation, count);
    return count <= 2 && call.operation !== 'sts:GetCallerIdentity'
      ? failure(call, 429, 'TooManyRequestsException', 'Rate exceeded')
      : null;
  });
  expect((await deploy(cloud, ['release'])).code).toBe(0);
  cloud.script((call) =>
    call.operation === 'lambda:GetFunction'
      ? failure(call, 429, 'TooManyRequestsException', 'Rate exceeded')
      : null,
  );
  const { code, err, slept } = await deploy(cloud, ['release']);
  expect(code).toBe(3);
  expect(err).toContain('AWS throttled lambda:GetFunction on function og ');
  expect(slept).toBeLessThan(2 * 60_000);
});

test('an answer that is lost after the change was made is no trouble', async () => {
  const lost = new Set<string>();
  cloud.script(async (call) => {
    if (/:(Get|List|Describe|Invoke)/.test(call.operation) || lost.has(call.operation)) return null;
    lost.add(call.operation);
    await call.pass();
    return 'cut';
  });
  const { code } = await deploy(cloud, ['release'], {
    OG_URL_AUTH: 'NONE',
    OG_TOKEN: 'a-token-of-some-length',
  });
  expect(code).toBe(0);
  expect(lost.size).toBeGreaterThan(8);
  expect(await planned(cloud, { OG_URL_AUTH: 'NONE', OG_TOKEN: 'a-token-of-some-length' })).toEqual([]);
});

test.each([
  [
    'the function dies',
    () =>
      invoked(
        { errorType: 'Runtime.ExitError', errorMessage: 'RequestId: 1 Error: Runtime exited' },
        'FATAL no libnss3',
        'Unhandled',
      ),
    ['Runtime.ExitError', '| FATAL no libnss3'],
  ],
  [
    'the card cannot be rendered',
    () => failedPost('template_failed', 'card.html:3: unknown tag'),
    ['template_failed: card.html:3: unknown tag', '| REPORT'],
  ],
  [
    'the bucket refuses for good',
    () => failedPost('store_refused', 'S3 answered AccessDenied'),
    ['store_refused: S3 answered AccessDenied'],
  ],
  ['it answers something else', () => invoked('0.1.0'), ["none of og-sync's"]],
  [
    'it refuses the request',
    () => invoked({ error: { code: 'bad_request', message: 'no' } }),
    ['bad_request: no'],
  ],
  [
    'nothing was rendered in time',
    () => invoked({ results: [], unprocessed: ['og-sync-smoke-test'] }),
    ['rendered nothing before its deadline'],
  ],
])('leaves the alias where it is when %s', async (_, answer, texts) => {
  await deploy(cloud, ['release']);
  cloud.script(firstTimes('lambda:InvokeFunction', Infinity, answer));
  const { code, err } = await deploy(cloud, ['release'], { OG_MEMORY: '3008' });
  expect(code).toBe(1);
  expect(err).toContain('Version 2 did not pass its smoke test');
  for (const text of texts) expect(err).toContain(text);
  expect(await live()).toBe('1 (Active)');
});

test('gives a new role the time to reach the bucket', async () => {
  cloud.script(
    firstTimes('lambda:InvokeFunction', 2, () => failedPost('store_refused', 'S3 answered AccessDenied')),
  );
  expect((await deploy(cloud, ['release'])).code).toBe(0);
});

test('--skip-smoke calls nothing and says loudly that nothing was proven', async () => {
  const { code, err, out } = await deploy(cloud, ['release', '--skip-smoke']);
  expect(code).toBe(0);
  expect(err).toContain('WARNING: --skip-smoke: nothing proves');
  expect(out).not.toContain('smoke test');
  expect(cloud.seen).not.toContain('lambda:InvokeFunction');
});
