import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionUrlConfigCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failedPost, firstTimes } from '../testing/answers.ts';
import { startCloud } from '../testing/cloud.ts';
import { drifted, released } from '../testing/drift.ts';
import { handIn } from '../testing/hand.ts';
import { deploy, planned } from '../testing/session.ts';
import type { Cloud } from '../testing/cloud.ts';
import type { Drift } from '../testing/drift.ts';

const FunctionName = 'og';
const live = { FunctionName, Qualifier: 'live' };
/** What puts a changed function live. */
const GOES_LIVE = ['version.publish', 'version.smoke', 'alias.update'];
const PUT_LIVE = ['lambda:PublishVersion', 'lambda:UpdateAlias'];
const settings = { OG_RESERVED_CONCURRENCY: '7' };
const open = { ...settings, OG_URL_AUTH: 'NONE', OG_TOKEN: 'a-token-of-some-length' };

const FUNCTION_DRIFTS: Drift[] = [
  {
    name: 'the function has less memory',
    make: ({ lambda }) =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 512 })),
    steps: ['function.configuration', ...GOES_LIVE],
    calls: ['lambda:UpdateFunctionConfiguration', ...PUT_LIVE],
  },
  {
    name: 'the function has another timeout',
    make: ({ lambda }) => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 3 })),
    steps: ['function.configuration', ...GOES_LIVE],
    calls: ['lambda:UpdateFunctionConfiguration', ...PUT_LIVE],
  },
  {
    name: 'an environment variable was added by hand',
    make: ({ lambda }) =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName,
          Environment: {
            Variables: { OG_BUCKET: 'blog-images', OG_PREFIX: 'images/', OG_AUTH: 'iam', MORE: '1' },
          },
        }),
      ),
    steps: ['function.configuration', ...GOES_LIVE],
    calls: ['lambda:UpdateFunctionConfiguration', ...PUT_LIVE],
  },
  {
    name: 'the function runs another image',
    make: ({ lambda }) =>
      lambda.send(
        new UpdateFunctionCodeCommand({
          FunctionName,
          ImageUri: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/og-sync@sha256:${'9'.repeat(64)}`,
        }),
      ),
    steps: ['function.code', ...GOES_LIVE],
    calls: ['lambda:UpdateFunctionCode', ...PUT_LIVE],
  },
  {
    name: 'no instance is reserved any more',
    make: ({ lambda }) =>
      lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 })),
    steps: ['function.concurrency'],
    calls: ['lambda:PutFunctionConcurrency'],
  },
];

const LIVE_DRIFTS: Drift[] = [
  {
    name: 'the alias points to a version that is set up otherwise',
    make: async ({ lambda }) => {
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 512 }));
      const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName }));
      await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion }));
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 2048 }));
    },
    steps: ['version.smoke', 'alias.update'],
    calls: ['lambda:UpdateAlias'],
  },
  {
    name: 'a share of the calls goes to an old version',
    make: ({ lambda }) =>
      lambda.send(
        new UpdateAliasCommand({
          FunctionName,
          Name: 'live',
          RoutingConfig: { AdditionalVersionWeights: { '1': 0.5 } },
        }),
      ),
    steps: ['alias.update'],
    calls: ['lambda:UpdateAlias'],
  },
  {
    name: 'the alias is gone',
    make: ({ lambda }) => lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' })),
    steps: ['version.smoke', 'alias.create'],
    calls: ['lambda:CreateAlias'],
  },
  {
    name: 'the URL is public',
    make: ({ lambda }) => lambda.send(new UpdateFunctionUrlConfigCommand({ ...live, AuthType: 'NONE' })),
    steps: ['url.update'],
    calls: ['lambda:UpdateFunctionUrlConfig'],
  },
  {
    name: 'the URL answers any web page',
    make: ({ lambda }) =>
      lambda.send(new UpdateFunctionUrlConfigCommand({ ...live, Cors: { AllowOrigins: ['*'] } })),
    steps: ['url.update'],
    calls: ['lambda:UpdateFunctionUrlConfig'],
  },
  {
    name: 'the URL is gone',
    make: ({ lambda }) => lambda.send(new DeleteFunctionUrlConfigCommand(live)),
    steps: ['url.create'],
    calls: ['lambda:CreateFunctionUrlConfig'],
  },
  {
    name: 'anybody may invoke the function',
    make: ({ lambda }) =>
      lambda.send(
        new AddPermissionCommand({
          FunctionName,
          Qualifier: 'live',
          StatementId: 'oops',
          Action: 'lambda:InvokeFunction',
          Principal: '*',
        }),
      ),
    steps: ['permission.remove:oops'],
    calls: ['lambda:RemovePermission'],
  },
];

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

describe('a release repairs, and touches nothing else, when', () => {
  beforeAll(() => released(cloud, settings));
  test.each(FUNCTION_DRIFTS)('$name', async (drift) => {
    expect(await drifted(cloud, drift, settings)).toEqual({ steps: drift.steps, calls: drift.calls });
  });

  test('all of that happened, and nothing is left to do', async () => {
    expect(await planned(cloud, settings)).toEqual([]);
  });
});

describe('a release repairs, and publishes nothing, when', () => {
  beforeAll(() => released(cloud, settings));
  test.each(LIVE_DRIFTS)('$name', async (drift) => {
    expect(await drifted(cloud, drift, settings)).toEqual({ steps: drift.steps, calls: drift.calls });
  });

  test('all of that happened, and nothing is left to do', async () => {
    expect(await planned(cloud, settings)).toEqual([]);
  });
});

describe('with a public URL, a release', () => {
  beforeAll(() => released(cloud, open));

  test.each([
    ['to call the URL', 'og-sync-url', 'permission.add:url'],
    ['to invoke through it', 'og-sync-url-invoke', 'permission.add:invoke'],
  ])('gives the permission %s back', async (_, StatementId, step) => {
    const make: Drift['make'] = ({ lambda }) =>
      lambda.send(new RemovePermissionCommand({ FunctionName, Qualifier: 'live', StatementId }));
    expect(await drifted(cloud, { make }, open)).toEqual({
      steps: [step],
      calls: ['lambda:AddPermission'],
    });
  });

  test('closes the URL before a version that trusts it goes live', async () => {
    expect(await planned(cloud, settings)).toEqual([
      'function.configuration',
      'version.publish',
      'version.smoke',
      'url.update',
      'permission.remove:og-sync-url',
      'permission.remove:og-sync-url-invoke',
      'alias.update',
    ]);
    expect((await deploy(cloud, ['release'], settings)).code).toBe(0);
    expect(await planned(cloud, settings)).toEqual([]);
  });
});

const becomesZip: Drift['make'] = async ({ lambda }) => {
  await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: 'arn:aws:iam::123456789012:role/og-exec',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from('PK') },
    }),
  );
};

test('a function that is a Zip is left alone unless it is named, and then replaced only once the image has proved itself', async () => {
  await released(cloud);
  await becomesZip(handIn(cloud));
  cloud.seen.length = 0;
  for (const argv of [['plan'], ['release'], ['release', '--replace', 'other']]) {
    const { code, err } = await deploy(cloud, argv);
    expect([code, err]).toEqual([2, expect.stringContaining('its code is a Zip')]);
    expect(err).toContain('--replace og');
  }
  expect(cloud.changes()).toEqual([]);

  const replace = ['release', '--replace', 'og'];
  cloud.script(firstTimes('lambda:InvokeFunction', 1, () => failedPost('template_failed', 'no')));
  const failed = await deploy(cloud, replace);
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining('did not pass its smoke test')]);
  // The trial alone came and went.
  expect(cloud.changes()).toEqual([
    'lambda:DeleteFunction',
    'lambda:CreateFunction',
    'lambda:DeleteFunction',
  ]);
  expect(cloud.raw.filter((one) => one.startsWith('lambda:DeleteFunction')).join()).not.toContain('/og?');

  cloud.seen.length = 0;
  const { code, out } = await deploy(cloud, ['plan', '--json', '--replace', 'og']);
  expect([code, (JSON.parse(out) as { steps: { id: string }[] }).steps.map(({ id }) => id)]).toEqual([
    0,
    [
      'function.trial',
      'function.delete',
      'function.create',
      'version.publish',
      'version.smoke',
      'alias.create',
      'url.create',
    ],
  ]);
  expect((await deploy(cloud, replace)).code).toBe(0);
  expect(cloud.changes()).toEqual([
    'lambda:DeleteFunction',
    'lambda:CreateFunction',
    'lambda:DeleteFunction',
    'lambda:DeleteFunction',
    'lambda:CreateFunction',
    'lambda:PublishVersion',
    'lambda:CreateAlias',
    'lambda:CreateFunctionUrlConfig',
  ]);
  expect(await planned(cloud)).toEqual([]);
});
