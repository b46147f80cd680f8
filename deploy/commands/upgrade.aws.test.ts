/** From a script of one's own to og-deploy: a function, a role, and a public URL on $LATEST that answers every web page. */
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { failedPost, firstTimes, healthy } from '../testing/answers.ts';
import { startCloud } from '../testing/cloud.ts';
import { handIn } from '../testing/hand.ts';
import { anyBranch, blog, production } from '../testing/identity.ts';
import { BITBUCKET, deploy, pushTestImage } from '../testing/session.ts';
import { seen, visit } from '../testing/visitor.ts';
import type { Cloud } from '../testing/cloud.ts';

const FunctionName = 'og';
const NAMED = ['--replace', 'og:$LATEST'];

let cloud: Cloud;
let oldUrl: string;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

beforeEach(async () => {
  await cloud.reset();
  cloud.script(healthy);
  await theScript();
  await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET);
  await pushTestImage(cloud);
  cloud.enforce();
  cloud.seen.length = 0;
});

/** What a script with the AWS CLI makes: create-role, create-function, create-function-url-config, add-permission. */
async function theScript(): Promise<void> {
  const { iam, lambda } = handIn(cloud);
  await pushTestImage(cloud, 'latest');
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'og-image-role',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      PackageType: 'Image',
      Code: { ImageUri: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/og-sync:latest' },
      Role: Role?.Arn,
      MemorySize: 3008,
      Timeout: 30,
      // moto never changes this one afterwards.
      EphemeralStorage: { Size: 1024 },
    }),
  );
  const { FunctionUrl } = await lambda.send(
    new CreateFunctionUrlConfigCommand({
      FunctionName,
      AuthType: 'NONE',
      Cors: { AllowOrigins: ['*'], AllowMethods: ['*'], AllowHeaders: ['*'] },
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'FunctionURLAllowPublicAccess',
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'FunctionURLInvoke',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
      InvokedViaFunctionUrl: true,
    }),
  );
  oldUrl = FunctionUrl ?? '';
}

test('says what is there and changes nothing, until the URL is named', async () => {
  for (const argv of [['plan'], ['release'], ['up'], ['release', '--replace', 'og:other']]) {
    const { code, err } = await deploy(cloud, argv, production());
    expect([argv, code]).toEqual([argv, 2]);
    expect(err).toContain(
      `at $LATEST, which og-deploy did not make: its URL ${oldUrl} asks nobody to sign (NONE)`,
    );
    expect(err).toContain('answers web pages of * (CORS)');
    expect(err).toContain(
      'its permission FunctionURLAllowPublicAccess gives lambda:InvokeFunctionUrl to anybody',
    );
    expect(err).toContain("Say --replace 'og:$LATEST'");
  }
  expect(cloud.changes()).toEqual([]);
  expect(await visit(cloud, oldUrl, 'stranger')).toBe(200);
  const { out } = await deploy(cloud, ['status'], anyBranch('plan'));
  expect(out).toContain(`$LATEST: ${oldUrl} (NONE, CORS *)`);
});

test('once it is named: proves the image, takes the old URL away, and ends in a URL that is proven', async () => {
  const planned = await deploy(cloud, ['plan', '--json', ...NAMED], production());
  const { steps } = JSON.parse(planned.out) as { steps: { id: string }[] };
  expect(steps.map(({ id }) => id)).toEqual([
    'logs.create',
    'role.create:og-exec',
    'role.policy:og-exec',
    'function.trial',
    'url.delete:$LATEST',
    'permission.remove:$LATEST:FunctionURLAllowPublicAccess',
    'permission.remove:$LATEST:FunctionURLInvoke',
    'function.code',
    'function.configuration',
    'version.publish',
    'version.smoke',
    'alias.create',
    'url.create',
  ]);
  const { code, err } = await deploy(cloud, ['release', ...NAMED], production());
  expect([code, err.includes('error'), cloud.refused]).toEqual([0, false, []]);
  expect(await visit(cloud, oldUrl, 'stranger')).toBe(404);
  const { url, auth, otherUrls } = await seen(cloud);
  expect([auth, otherUrls]).toEqual(['AWS_IAM', []]);
  expect(await visit(cloud, url, blog())).toBe(200);
  expect(await visit(cloud, url, 'stranger')).toBe(403);
  const left = await deploy(cloud, ['plan', '--exit-code'], anyBranch('plan'));
  expect([left.code, left.out]).toEqual([0, expect.stringContaining('nothing to do')]);
});

test('an image that does not prove itself takes nothing away', async () => {
  cloud.script(firstTimes('lambda:InvokeFunction', 1, () => failedPost('template_failed', 'no')));
  const { code, err } = await deploy(cloud, ['release', ...NAMED], production());
  expect([code, err]).toEqual([1, expect.stringContaining('did not pass its smoke test')]);
  expect(cloud.changes()).not.toContain('lambda:DeleteFunctionUrlConfig');
  expect(cloud.changes()).not.toContain('lambda:UpdateFunctionCode');
  expect(await visit(cloud, oldUrl, 'stranger')).toBe(200);
});

test('under another name both live side by side', async () => {
  const beside = { ...BITBUCKET, FUNCTION_NAME: 'og-new' };
  // The owner, who is bound by no policy: the roles of this test belong to the function "og".
  expect((await deploy(cloud, ['bootstrap', '--apply'], beside)).code).toBe(0);
  expect((await deploy(cloud, ['release'], { FUNCTION_NAME: 'og-new' })).code).toBe(0);
  expect(await visit(cloud, oldUrl, 'stranger')).toBe(200);
});
