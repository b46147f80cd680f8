import { describe, expect, test } from 'vitest';
import { planRelease, planRollback, planUp } from './plan.ts';
import { planJson, planText } from '../print.ts';
import { accountWith, DIGEST, NOTHING, OLD_DIGEST, wantedOf } from '../testing/fixtures.ts';
import type { Current, Door } from '../current/current.ts';
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

const concurrencyOf = (env: Record<string, string>, concurrency: number | null) =>
  planUp(accountWith(wantedOf(env), { concurrency, digest: OLD_DIGEST }), wantedOf(env)).flatMap(
    ({ id, operation }): unknown[] => {
      if (operation.do === 'function.concurrency') return [operation.value];
      return id === 'alias.update' ? [id] : [];
    },
  );

const door = (auth: string, cors: string | null, qualifier = '$LATEST') => ({
  qualifier,
  url: { url: 'https://old/', auth, cors, streaming: false },
  permissions: [],
});
const planWith = (otherDoors: Door[], replace: string[] = []) =>
  ids(planUp(accountWith(wanted, { otherDoors }), wanted, { replace, proving: true }));

const alias = (version: string) => ({ version, weighted: false, state: 'Active', stateReason: null });

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

describe('reserved concurrency', () => {
  test.each<[string | undefined, number | null, unknown[]]>([
    [undefined, null, ['alias.update']],
    [undefined, 3, ['alias.update']],
    ['3', 3, ['alias.update']],
    // Before the version has to prove itself.
    ['3', null, [3, 'alias.update']],
    ['3', 0, [3, 'alias.update']],
    ['none', 3, ['none', 'alias.update']],
    ['none', 0, ['none', 'alias.update']],
    ['none', null, ['alias.update']],
    // After everything.
    ['0', 3, ['alias.update', 0]],
    ['0', null, ['alias.update', 0]],
  ])('wanted %s, found %s', (text, found, steps) => {
    expect(concurrencyOf(text === undefined ? {} : { OG_RESERVED_CONCURRENCY: text }, found)).toEqual(steps);
  });

  test.each([{}, { OG_RESERVED_CONCURRENCY: '0' }])(
    'a function that stays stopped (%j) can prove nothing: refused before anything changes',
    (env) => {
      const stopped = wantedOf(env);
      const current = accountWith(stopped, { concurrency: 0, digest: OLD_DIGEST });
      expect(() => planUp(current, stopped)).toThrow(/stopped .*Nothing was changed/);
      expect(() => planRollback(current.function, stopped.names, null)).toThrow(/stopped/);
      expect(ids(planUp(current, stopped, { replace: [], proving: false }))).toContain('alias.update');
      expect(planUp(accountWith(stopped, { concurrency: 0 }), stopped)).toEqual([]);
    },
  );
});

describe('what og-deploy did not make', () => {
  const foreign = accountWith(wanted, {
    digest: OLD_DIGEST,
    alias: null,
    url: null,
    versions: [],
    settings: { ...wanted.settings, environment: { API_KEY: 'x' } },
  });
  const plan = (current: Current, ...replace: string[]) =>
    planUp(current, wanted, { replace, proving: true });

  test('a function of the same name keeps its code and its configuration, unless it is named', () => {
    expect(() => plan(foreign)).toThrow(/og-deploy did not make it.*Nothing was changed/);
    expect(() => plan(foreign, 'another')).toThrow(/did not make it/);
    for (const name of ['og', 'og:$LATEST'])
      expect(ids(plan(foreign, name)).slice(0, 3)).toEqual([
        'function.trial',
        'function.code',
        'function.configuration',
      ]);
  });

  test('a release that was interrupted before there was an alias just goes on', () => {
    const half = accountWith(wanted, { alias: null, url: null, versions: [], digest: OLD_DIGEST });
    expect(ids(plan(half))).toContain('function.code');
  });

  test('a role of the same name keeps its policies, unless it is named', () => {
    const attached = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    const current = {
      ...settled,
      role: { trust: undefined, boundaryArn: null, policies: { own: '{}' }, attached },
    };
    expect(() => plan(current)).toThrow(/would take away own, arn:aws:iam::aws:policy\/AdministratorAccess/);
    expect(ids(plan(current, 'og-exec'))).toContain('role.policy.delete:og-exec:own');
    const empty = { ...settled, role: { trust: undefined, boundaryArn: null, policies: {}, attached: [] } };
    expect(ids(plan(empty))).toContain('role.policy:og-exec');
  });
});

describe('another way into the function', () => {
  test.each([
    [door('NONE', null), /asks nobody to sign/],
    [door('AWS_IAM', '*'), /answers web pages of \* \(CORS\)/],
    [door('NONE', null, 'beta'), /at beta/],
    [
      {
        qualifier: '$LATEST',
        url: null,
        permissions: [{ sid: 'all', actions: ['lambda:InvokeFunction'], open: true, conditions: {} }],
      },
      /its permission all gives lambda:InvokeFunction to anybody/,
    ],
  ])('is refused where it is open to strangers, and taken away once it is named: %j', (open, message) => {
    expect(() => planWith([open])).toThrow(message);
    expect(() => planWith([open], ['og:other'])).toThrow(message);
    for (const name of [`og:${open.qualifier}`, 'og']) expect(planWith([open], [name])).toHaveLength(1);
  });

  test('is left alone where it is not, unless it is named', () => {
    expect(planWith([door('AWS_IAM', null)])).toEqual([]);
    expect(planWith([door('AWS_IAM', null)], ['og:$LATEST'])).toEqual(['url.delete:$LATEST']);
  });

  test('is taken away only after the new image has proved itself', () => {
    const current = accountWith(wanted, { otherDoors: [door('NONE', null)], digest: OLD_DIGEST });
    expect(ids(planUp(current, wanted, { replace: ['og'], proving: true })).slice(0, 3)).toEqual([
      'function.trial',
      'url.delete:$LATEST',
      'function.code',
    ]);
  });
});

describe('a rollback', () => {
  test('restores the URL that belongs to the version: opened after the alias moves, closed before', () => {
    const token = { ...wanted.settings.environment, OG_AUTH: 'token', OG_TOKEN: 'x'.repeat(16) };
    const versions = [wanted.settings.environment, token].map((environment, index) => ({
      version: String(index + 1),
      codeSha: 's',
      architecture: wanted.architecture,
      settings: { ...wanted.settings, environment },
    }));
    const atOne = accountWith(wanted, { versions, alias: alias('1') }).function;
    expect(ids(planRollback(atOne, wanted.names, '2'))).toEqual([
      'version.smoke',
      'alias.update',
      'url.update',
      'permission.add:url',
      'permission.add:invoke',
    ]);
    const open = { url: 'https://x/', auth: 'NONE', cors: null, streaming: false };
    const atTwo = accountWith(wanted, { versions, alias: alias('2'), url: open }).function;
    expect(ids(planRollback(atTwo, wanted.names, '1'))).toEqual([
      'version.smoke',
      'url.update',
      'alias.update',
    ]);
    // The live version behind a URL of the other kind is repaired.
    const wrong = accountWith(wanted, { versions, alias: alias('1'), url: open }).function;
    expect(ids(planRollback(wrong, wanted.names, '1'))).toEqual(['url.update']);
  });
  test('goes to the version before the live one', () => {
    expect(planRollback(settled.function, wanted.names, null).at(-1)?.change).toEqual({
      version: { from: '7', to: '6' },
    });
  });
  test('goes to the version that is asked for, and nowhere when that is live', () => {
    expect(planRollback(settled.function, wanted.names, '3').at(-1)?.operation).toEqual({
      do: 'alias.update',
      version: '3',
    });
    expect(planRollback(settled.function, wanted.names, '7')).toEqual([]);
  });
  test('names the versions there are when the one that is asked for is not among them', () => {
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
