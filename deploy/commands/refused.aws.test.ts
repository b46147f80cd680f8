import { afterAll, beforeAll, expect, test } from 'vitest';
import { deny, failure, healthy } from '../testing/answers.ts';
import { startCloud } from '../testing/cloud.ts';
import { isRead } from '../testing/operation.ts';
import { BITBUCKET, deploy, planned, pushTestImage } from '../testing/session.ts';
import type { Cloud } from '../testing/cloud.ts';

const OPEN = { OG_URL_AUTH: 'NONE', OG_TOKEN: 'a-token-of-some-length', OG_RESERVED_CONCURRENCY: '3' };

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

/** The actions a command sends, in order of appearance, each once. */
async function actionsOf(argv: string[], env = {}): Promise<string[]> {
  cloud.seen.length = 0;
  await deploy(cloud, argv, env);
  return [...new Set(cloud.seen)];
}

/** Runs a command while one action is refused. */
async function refused(action: string, argv: string[], env = {}) {
  let on = true;
  cloud.script((call) => (on ? deny(action)(call) : null));
  cloud.seen.length = 0;
  const ran = await deploy(cloud, argv, env);
  on = false;
  return { ...ran, changes: cloud.changes() };
}

/** Where one of them is refused, a run ends by naming it, and nothing is done after it but to put back what was live. */
async function everyRefusalOf(actions: string[], argv: string[], env = {}): Promise<string[]> {
  const wrong: string[] = [];
  for (const action of actions) {
    const { code, err, changes } = await refused(action, argv, env);
    const named = code === 3 && err.includes(`AWS refused ${action} on `) && err.includes(`Allow ${action}`);
    // Once callers could notice, what was live is put back.
    const stopped = isRead(action)
      ? changes.length === 0
      : changes.at(-1) === action || err.includes('is live again with its URL as it was');
    if (!named || (!stopped && action !== 'lambda:InvokeFunction')) wrong.push(`${action}: ${code} ${err}`);
  }
  return wrong;
}

async function fromNothing(): Promise<void> {
  await cloud.reset();
  cloud.script(healthy);
  await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET);
  await pushTestImage(cloud);
}

test(
  'each action of a first release that is refused is named, and never taken for "not there"',
  { timeout: 120_000 },
  async () => {
    await fromNothing();
    const actions = await actionsOf(['release'], OPEN);
    expect(actions.length).toBeGreaterThan(25);
    await fromNothing();
    expect(
      await everyRefusalOf(
        actions.filter(
          (action) =>
            !/GetRolePolicy|GetAlias|ListFunctionUrl|lambda:GetPolicy|ListVersions|GetFunctionConfiguration/.test(
              action,
            ),
        ),
        ['release'],
        OPEN,
      ),
    ).toEqual([]);
    expect((await deploy(cloud, ['release'], OPEN)).code).toBe(0);
    expect(
      await everyRefusalOf(
        [
          'iam:GetRolePolicy',
          'lambda:GetAlias',
          'lambda:ListFunctionUrlConfigs',
          'lambda:GetPolicy',
          'lambda:ListVersionsByFunction',
          'lambda:GetFunctionConfiguration',
        ],
        ['release'],
        OPEN,
      ),
    ).toEqual([]);
  },
);

test('each action of a release that changes everything is named when it is refused', async () => {
  await fromNothing();
  await deploy(cloud, ['release']);
  await pushTestImage(cloud, 'second');
  const changed = { ...OPEN, BITBUCKET_COMMIT: 'second', OG_MEMORY: '3008' };
  const actions = [
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
    'lambda:PutFunctionConcurrency',
    'lambda:PublishVersion',
    'lambda:UpdateAlias',
    'lambda:UpdateFunctionUrlConfig',
    'lambda:AddPermission',
  ];
  expect(await everyRefusalOf(actions, ['release'], changed)).toEqual([]);
  expect((await deploy(cloud, ['release'], changed)).code).toBe(0);
  expect(
    await everyRefusalOf(['lambda:RemovePermission'], ['release'], { ...changed, OG_URL_AUTH: 'AWS_IAM' }),
  ).toEqual([]);
  expect(await planned(cloud, changed)).not.toEqual([]);
});

test('each action of bootstrap that is refused is named', async () => {
  await cloud.reset();
  const actions = await actionsOf(['bootstrap', '--apply'], BITBUCKET);
  await cloud.reset();
  const later =
    /GetRolePolicy|ListRolePolicies|ListAttached|GetRepositoryPolicy|GetLifecyclePolicy|GetPolicyVersion/;
  expect(
    await everyRefusalOf(
      actions.filter((action) => !later.test(action)),
      ['bootstrap', '--apply'],
      BITBUCKET,
    ),
  ).toEqual([]);
  expect((await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET)).code).toBe(0);
});

test('names iam:PassRole when that is what lambda:CreateFunction lacks', async () => {
  await fromNothing();
  const message =
    'User: x is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/og-exec';
  cloud.script((call) =>
    call.operation === 'lambda:CreateFunction' ? failure(call, 403, 'AccessDeniedException', message) : null,
  );
  const { code, err } = await deploy(cloud, ['release']);
  expect(code).toBe(3);
  expect(err).toContain('Allow iam:PassRole');
});
