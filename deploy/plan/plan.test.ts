import { describe, expect, test } from 'vitest';
import { planRelease, planRollback, planUp } from './plan.ts';
import { planJson, planText } from '../print.ts';
import { accountWith, DIGEST, NOTHING, OLD_DIGEST, wantedOf } from '../testing/fixtures.ts';
import type { Step } from './step.ts';

const wanted = wantedOf();
const settled = accountWith(wanted);
const drifted = accountWith(wanted, {
  settings: { ...wanted.settings, memory: 512, environment: { ...wanted.settings.environment, MORE: '1' } },
  url: { url: 'https://abc.lambda-url.eu-central-1.on.aws/', auth: 'NONE', cors: '*', streaming: false },
  permissions: [
    {
      sid: 'public',
      actions: ['lambda:InvokeFunctionUrl'],
      open: true,
      conditions: { 'StringEquals:lambda:FunctionUrlAuthType': ['NONE'] },
    },
  ],
});
if (drifted.role !== null) drifted.role.policies = { ...drifted.role.policies, more: '{}' };

const ids = (steps: readonly Step[]): string[] => steps.map(({ id }) => id);

describe('the plan is shown to a person and to a machine as in the golden files for', () => {
  const GOLDEN: [string, readonly Step[]][] = [
    ['first-deploy', planUp(NOTHING, wantedOf({}, { digest: null }))],
    ['code-only', planUp(accountWith(wanted, { digest: OLD_DIGEST }), wanted)],
    ['config-drift', planUp(drifted, wanted)],
    ['rollback', planRollback(settled.function, wanted.names, null)],
    ['nothing', planUp(settled, wanted)],
  ];
  test.each(GOLDEN)('%s', async (name, steps) => {
    await expect(planText(steps, 'Plan')).toMatchFileSnapshot(`../testing/golden/${name}.txt`);
    await expect(planJson(steps)).toMatchFileSnapshot(`../testing/golden/${name}.json`);
  });
});

test('plans nothing where everything is as wanted', () => {
  expect(planUp(settled, wanted)).toEqual([]);
});

test('gives every step of a plan an id of its own', () => {
  for (const steps of [planUp(NOTHING, wanted), planUp(drifted, wanted)])
    expect(new Set(ids(steps)).size).toBe(steps.length);
});

test('refuses to release an image that is not there', () => {
  expect(() => planRelease(settled, wantedOf({}, { digest: null }))).toThrow(/There is no image .*:c0ffee1/);
});

test('never shows the token of a public URL', () => {
  const open = { OG_URL_AUTH: 'NONE', OG_TOKEN: 'MARKER-old-token-of-it' };
  const before = accountWith(wantedOf(open));
  for (const [current, next] of [
    [NOTHING, wantedOf(open)],
    [before, wantedOf({ ...open, OG_TOKEN: 'MARKER-new-token-of-it' })],
    [before, wanted],
  ] as const) {
    const steps = planUp(current, next);
    expect(planJson(steps)).toContain('environment.OG_TOKEN');
    expect(planText(steps, 'Plan') + planJson(steps)).not.toContain('MARKER');
  }
});

test('publishes again when another architecture is wanted', () => {
  const steps = planUp(accountWith(wanted, { architecture: 'arm64' }), wanted);
  expect(ids(steps).slice(0, 2)).toEqual(['function.code', 'version.publish']);
  expect(steps[0]?.change).toEqual({ architecture: { from: 'arm64', to: 'x86_64' } });
});

test('resets an image whose own command is overridden, and a URL that streams', () => {
  expect(ids(planUp(accountWith(wanted, { overridden: true }), wanted))).toContain('function.configuration');
  const url = { url: 'https://x/', auth: 'AWS_IAM', cors: null, streaming: true };
  expect(ids(planUp(accountWith(wanted, { url }), wanted))).toEqual(['url.update']);
});

test('keeps five versions, the one about to be published among them, and the live one whatever its age', () => {
  const alias = { version: '2', weighted: false, state: 'Active', stateReason: null };
  const steps = planUp(accountWith(wanted, { digest: OLD_DIGEST, alias }), wanted);
  expect(ids(steps).filter((id) => id.startsWith('version.delete'))).toEqual(['version.delete:3']);
});

test('leaves callers alone whom somebody chose, and takes the public away', () => {
  const permissions = [
    { sid: 'partner', actions: ['lambda:InvokeFunctionUrl'], open: false, conditions: {} },
    {
      sid: 'our-organisation',
      actions: ['lambda:InvokeFunctionUrl'],
      open: true,
      conditions: { 'StringEquals:aws:PrincipalOrgID': ['o-1'] },
    },
    { sid: 'anybody', actions: ['lambda:InvokeFunction'], open: true, conditions: {} },
  ];
  expect(ids(planUp(accountWith(wanted, { permissions }), wanted))).toEqual(['permission.remove:anybody']);
});

test('reserves nothing and frees nothing unless told to', () => {
  expect(planUp(accountWith(wanted, { concurrency: 0 }), wanted)).toEqual([]);
  const zero = wantedOf({ OG_RESERVED_CONCURRENCY: '0' });
  expect(ids(planUp(accountWith(zero, { concurrency: 3 }), zero))).toEqual(['function.concurrency']);
});

describe('a rollback', () => {
  test('goes to the version before the live one', () => {
    expect(planRollback(settled.function, wanted.names, null).at(-1)?.change).toEqual({
      version: { from: '7', to: '6' },
    });
  });
  test('goes where it is told, and nowhere when that is live', () => {
    expect(planRollback(settled.function, wanted.names, '3').at(-1)?.operation).toEqual({
      do: 'alias.update',
      version: '3',
    });
    expect(planRollback(settled.function, wanted.names, '7')).toEqual([]);
  });
  test('names the versions there are when the one it is told is not among them', () => {
    expect(() => planRollback(settled.function, wanted.names, '1')).toThrow(/There is no version 1/);
    expect(() => planRollback(null, wanted.names, null)).toThrow(/has no alias "live"/);
    const first = accountWith(wanted, {
      alias: { version: '2', weighted: false, state: 'Active', stateReason: null },
    });
    expect(() => planRollback(first.function, wanted.names, null)).toThrow(/no version before 2/);
  });
});

test('writes with the key of a bucket that has one, by ARN, id or alias', () => {
  const arn = 'arn:aws:kms:eu-central-1:123456789012:key/1234';
  expect(statement(null)).toBeUndefined();
  expect(statement(arn)?.['Resource']).toBe(arn);
  expect(statement('1234')?.['Resource']).toBe(arn);
  expect(JSON.stringify(statement('alias/blog'))).toContain('"kms:ResourceAliases":"alias/blog"');
  expect(wanted.image.digest).toBe(DIGEST);
});

function statement(bucketKey: string | null): Record<string, unknown> | undefined {
  return wantedOf({}, { bucketKey }).role.policy.Statement.find(({ Sid }) => Sid === 'KeyOfTheBucket');
}
