/** Each command under the policies of the very role that runs it: those that bootstrap made, and no more. */
import { ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { healthy } from '../testing/answers.ts';
import { startCloud } from '../testing/cloud.ts';
import { handIn } from '../testing/hand.ts';
import { anyBranch, blog, blogBranch, production } from '../testing/identity.ts';
import { BITBUCKET, deploy, pushTestImage } from '../testing/session.ts';
import { seen, visit } from '../testing/visitor.ts';
import type { Cloud } from '../testing/cloud.ts';

const OPEN = { OG_URL_AUTH: 'NONE', OG_TOKEN: 'a-token-of-some-length' };

let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

async function setUp(env: Record<string, string> = {}, flags: string[] = []): Promise<void> {
  await cloud.reset();
  cloud.script(healthy);
  const { code, err } = await deploy(cloud, ['bootstrap', '--apply', ...flags], { ...BITBUCKET, ...env });
  if (code !== 0) throw new Error(err);
  await pushTestImage(cloud);
  await pushTestImage(cloud, 'second');
  cloud.enforce();
  cloud.seen.length = 0;
}

const release = (env: Record<string, string | undefined> = {}, ...flags: string[]) =>
  deploy(cloud, ['release', ...flags], { ...production(), ...env });

describe('from the first deploy on, the deployer', () => {
  beforeAll(() => setUp());

  test('releases, and the URL lets the blog in and nobody else', async () => {
    const { code, err, out } = await release();
    expect([code, err.includes('error'), cloud.refused]).toEqual([0, false, []]);
    const { url, auth } = await seen(cloud);
    expect([auth, out.includes(url)]).toEqual(['AWS_IAM', true]);
    expect(await visit(cloud, url, blog())).toBe(200);
    expect(await visit(cloud, url, 'stranger')).toBe(403);
    await expect(visit(cloud, url, blogBranch())).rejects.toThrow(/Not authorized to perform sts/);
    cloud.refused.length = 0;
    expect(await visit(cloud, url, anyBranch('plan'))).toBe(403);
    expect(await visit(cloud, url, anyBranch('pull-request'))).toBe(403);
  });

  test('upgrades code, configuration and concurrency, and deletes old versions', async () => {
    for (const [index, memory] of ['1024', '1536', '2048', '2560', '3008', '3072'].entries()) {
      const { code, err } = await release({
        BITBUCKET_COMMIT: index === 0 ? 'second' : 'c0ffee1',
        OG_MEMORY: memory,
        OG_RESERVED_CONCURRENCY: index % 2 === 0 ? '3' : 'none',
      });
      expect([code, err.includes('error')]).toEqual([0, false]);
    }
    expect(cloud.changes()).toContain('lambda:UpdateFunctionCode');
    expect(cloud.changes()).toContain('lambda:DeleteFunctionConcurrency');
    expect(cloud.changes()).toContain('lambda:DeleteFunction');
    expect(cloud.refused).toEqual([]);
  });

  test('rolls back and forward', async () => {
    for (const version of ['4', '5']) {
      const { code, out, err } = await deploy(cloud, ['rollback', '--to', version], production());
      expect([code, out, err]).toEqual([
        0,
        expect.stringContaining(`Version ${version} is live`),
        expect.any(String),
      ]);
    }
    expect(cloud.refused).toEqual([]);
  });

  test('sees what IAM says of the execution role, and a right that is missing or too many', async () => {
    const good = await deploy(cloud, ['status', '--simulate'], production());
    expect([good.code, good.out]).toEqual([0, expect.stringContaining('✓ s3:PutObject')]);
    await handIn(cloud).iam.send(
      new PutRolePolicyCommand({
        RoleName: 'og-exec',
        PolicyName: 'og-sync',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'logs:*', Resource: '*' },
            { Effect: 'Deny', Action: 's3:PutObject', Resource: '*' },
          ],
        }),
      }),
    );
    const bad = await deploy(cloud, ['status', '--simulate', '--json'], anyBranch('plan'));
    const { simulation } = JSON.parse(bad.out) as { simulation: { action: string; decision: string }[] };
    expect(bad.code).toBe(1);
    expect(simulation.find(({ action }) => action === 's3:PutObject')?.decision).toBe('explicitDeny');
    expect((await release()).code).toBe(0);
    expect((await deploy(cloud, ['status', '--simulate'], production())).code).toBe(0);
    expect(cloud.refused).toEqual([]);
  });
});

describe('a step that is not the deployer:', () => {
  beforeAll(async () => {
    await setUp();
    await release();
  });
  beforeEach(() => {
    cloud.seen.length = 0;
    cloud.refused.length = 0;
  });

  test('the plan role plans and reads the status, from any branch', async () => {
    for (const argv of [['plan'], ['plan', '--exit-code'], ['status'], ['status', '--simulate']])
      expect([argv, (await deploy(cloud, argv, anyBranch('plan'))).code]).toEqual([argv, 0]);
    const changed = { ...anyBranch('plan'), OG_MEMORY: '3008' };
    expect((await deploy(cloud, ['plan', '--exit-code'], changed)).code).toBe(1);
    expect((await deploy(cloud, ['plan'], changed)).code).toBe(0);
    expect([cloud.changes(), cloud.refused]).toEqual([[], []]);
  });

  test('the plan role can change nothing, invoke nothing and push nothing', async () => {
    const { code, err } = await deploy(cloud, ['release'], { ...anyBranch('plan'), OG_MEMORY: '3008' });
    expect([code, err]).toEqual([3, expect.stringContaining('Allow lambda:UpdateFunctionConfiguration')]);
    expect(cloud.changes()).toEqual(['lambda:UpdateFunctionConfiguration']);
    expect(cloud.refused).toHaveLength(1);
    expect((await deploy(cloud, ['rollback', '--to', '1'], anyBranch('plan'))).code).not.toBe(130);
    expect((await deploy(cloud, ['login'], anyBranch('plan'))).code).toBe(3);
  });

  test('a pull request pushes to its own repository alone', async () => {
    const pushes = (repositoryName: string) => async (): Promise<void> => {
      const { credentialsFromEnvironment } = await import('../aws/credentials.ts');
      const credentials = credentialsFromEnvironment({
        ...anyBranch('pull-request'),
        AWS_ENDPOINT_URL: cloud.url,
      });
      const ecr = new ECRClient({ region: 'eu-central-1', endpoint: cloud.url, credentials });
      await ecr.send(
        new PutImageCommand({
          repositoryName,
          imageManifest: JSON.stringify({
            schemaVersion: 2,
            mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
            config: { size: 1 },
            layers: [{ digest: `sha256:${'1'.repeat(64)}` }],
          }),
          imageTag: 'x',
        }),
      );
    };
    const docker = (repository: string) => ({
      login: () => Promise.resolve(),
      logout: () => Promise.resolve(),
      build: () => Promise.resolve(),
      push: pushes(repository),
    });
    const env = { ...anyBranch('pull-request'), BITBUCKET_PR_ID: '7' };
    expect((await deploy(cloud, ['image'], env, { docker: docker('og-sync-pr') })).code).toBe(0);
    expect(cloud.refused).toEqual([]);
    await deploy(cloud, ['image'], env, { docker: docker('og-sync') });
    expect(cloud.refused).toEqual([expect.stringContaining('og-pull-request ecr:PutImage')]);
  });

  test.each([
    ['no environment', anyBranch('deployer')],
    ['the production environment, asking for the role of pull requests', production('pull-request')],
    ['the production environment, asking for the role of the blog', production('caller')],
  ])('%s is not trusted', async (_, env) => {
    const { code, err } = await deploy(cloud, ['release'], env);
    expect([code, err]).toEqual([3, expect.stringContaining('did not let this step assume')]);
    expect(cloud.changes()).toEqual([]);
  });
});

describe('a rollback across a change of authorization, both ways,', () => {
  beforeAll(async () => {
    await setUp({ OG_URL_AUTH: 'NONE' });
    await release();
    await release(OPEN);
  });

  test('from the token back to IAM closes the URL', async () => {
    const { url } = await seen(cloud);
    expect(await visit(cloud, url, { token: OPEN.OG_TOKEN })).toBe(200);
    const { code, out } = await deploy(cloud, ['rollback'], production());
    expect([code, out]).toEqual([0, expect.stringContaining('(AWS_IAM)')]);
    expect(await seen(cloud)).toMatchObject({ live: '1 (Active)', url, auth: 'AWS_IAM' });
    expect(await visit(cloud, url, { token: OPEN.OG_TOKEN })).toBe(403);
    expect(await visit(cloud, url, blog())).toBe(200);
  });

  test('from IAM forward to the token opens it, for those who show the token', async () => {
    const { code } = await deploy(cloud, ['rollback', '--to', '2'], production());
    const { url, auth } = await seen(cloud);
    expect([code, auth]).toEqual([0, 'NONE']);
    expect(await visit(cloud, url, { token: OPEN.OG_TOKEN })).toBe(200);
    expect(await visit(cloud, url, { token: 'another' })).toBe(401);
    expect(await visit(cloud, url, 'stranger')).toBe(401);
    expect(cloud.refused).toEqual([]);
  });

  test('by a deployer that may not open a URL ends where it began', async () => {
    await deploy(cloud, ['rollback', '--to', '1'], production());
    // The owner bootstraps again, without a public URL.
    const again = await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET);
    expect(again.code).toBe(0);
    const before = await seen(cloud);
    const { code, err } = await deploy(cloud, ['rollback', '--to', '2'], production());
    expect([code, err]).toEqual([3, expect.stringContaining('Allow lambda:UpdateFunctionUrlConfig')]);
    expect(err).toContain('Version 1, which was live before, is live again with its URL as it was.');
    expect(await seen(cloud)).toEqual(before);
    expect(await visit(cloud, before.url, blog())).toBe(200);
    expect(await visit(cloud, before.url, 'stranger')).toBe(403);
  });
});

/** The deployer may call the URL no more: what it then sees is what a broken URL shows. */
async function cannotCall(): Promise<void> {
  await handIn(cloud).iam.send(
    new PutRolePolicyCommand({
      RoleName: 'og-deployer',
      PolicyName: 'zz',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'lambda:InvokeFunctionUrl', Resource: '*' }],
      }),
    }),
  );
}

describe('a URL that does not prove itself', () => {
  beforeEach(async () => {
    await setUp();
    await release();
  });

  test('ends a release loudly, with what was live put back', async () => {
    await cannotCall();
    const { code, err, out } = await release({ OG_MEMORY: '1024' });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(
      'is not as it should be: a caller who signs with the credentials of this release got 403',
    );
    // The version before cannot be proven either, and that is said.
    expect(err).toContain('ATTENTION: version 1, which was live before, could not be restored');
    expect(await seen(cloud)).toMatchObject({ live: '1 (Active)', auth: 'AWS_IAM' });
  });

  test('ends a release that had nothing to do loudly, too', async () => {
    await cannotCall();
    expect([(await release()).code, (await release({}, '--skip-smoke')).code]).toEqual([1, 0]);
  });
});
