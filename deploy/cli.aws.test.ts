import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDocker } from './apply/docker.ts';
import { DeployError } from './error.ts';
import { currentCommit } from './git.ts';
import { altered, healthy } from './testing/answers.ts';
import { startCloud } from './testing/cloud.ts';
import { BITBUCKET, deploy, planned, pushTestImage } from './testing/session.ts';
import type { Docker } from './apply/docker.ts';
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

/** A docker that notes what it is asked for, pushes for real into the cloud, or fails at one verb. */
function noting(fails?: string): Docker & { said: string[] } {
  const said: string[] = [];
  const note = (verb: string, text: string): Promise<void> => {
    said.push(`${verb} ${text}`);
    return verb === fails
      ? Promise.reject(new DeployError('docker', `docker ${verb} ended with exit code 1.`, 'See above.'))
      : Promise.resolve();
  };
  return {
    said,
    login: (registry, password) =>
      note('login', `${registry} ${password === '' ? 'without' : 'with'} a password`),
    logout: (registry) => note('logout', registry),
    build: ({ reference, platform, templates }) => note('build', `${platform} ${templates} ${reference}`),
    push: async (reference) => {
      await note('push', reference);
      await pushTestImage(cloud, reference.slice(reference.lastIndexOf(':') + 1));
    },
  };
}

const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

describe('og-deploy image', () => {
  test('makes the repository, builds, logs in, pushes, logs out and prints the digest; the second time it builds nothing', async () => {
    const docker = noting();
    const first = await deploy(cloud, ['image'], {}, { docker });
    expect([first.code, first.out]).toEqual([0, expect.stringMatching(/og-sync@sha256:[0-9a-f]{64}\n$/)]);
    expect(docker.said).toEqual([
      `build linux/amd64 templates ${REGISTRY}/og-sync:c0ffee1`,
      `login ${REGISTRY} with a password`,
      `push ${REGISTRY}/og-sync:c0ffee1`,
      `logout ${REGISTRY}`,
    ]);
    const again = noting();
    expect((await deploy(cloud, ['image'], {}, { docker: again })).out).toBe(first.out);
    expect(again.said).toEqual([]);
  });

  test('logs out of the registry when the push fails', async () => {
    const docker = noting('push');
    expect((await deploy(cloud, ['image'], {}, { docker })).code).toBe(1);
    expect(docker.said.at(-1)).toBe(`logout ${REGISTRY}`);
  });

  test('refuses an index of images, which Lambda would refuse', async () => {
    cloud.script((call) =>
      call.operation === 'ecr:DescribeImages'
        ? altered(
            call,
            ({ imageDetails }) =>
              void Object.assign((imageDetails as object[])[0] ?? {}, {
                imageManifestMediaType: 'application/vnd.oci.image.index.v1+json',
              }),
          )
        : null,
    );
    await pushTestImage(cloud);
    const { code, err } = await deploy(cloud, ['release']);
    expect([code, err]).toEqual([1, expect.stringContaining('BUILDX_NO_DEFAULT_ATTESTATIONS=1')]);
  });

  test('up is image and release in one', async () => {
    const { code, out } = await deploy(cloud, ['up', '--json'], {}, { docker: noting() });
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ version: '1', auth: 'iam', store: 's3://blog-images/images/' }),
    ]);
  });
});

test('login prints the password and nothing else on standard output', async () => {
  const { code, out, err } = await deploy(cloud, ['login']);
  expect([code, out.trim().split('\n').length]).toEqual([0, 1]);
  expect(err).toContain(`--password-stdin ${REGISTRY}`);
});

test('release without an image says how to make one', async () => {
  const { code, err } = await deploy(cloud, ['release']);
  expect([code, err]).toEqual([1, expect.stringContaining('Run "og-deploy image" first')]);
});

test('status of an account where nothing is', async () => {
  const { code, out } = await deploy(cloud, ['status']);
  expect([code, out]).toEqual([0, expect.stringContaining('absent')]);
});

test.each([
  [['deploy'], 2, "unknown command 'deploy'"],
  [['plan', '--jsn'], 2, "unknown option '--jsn'"],
  [['bootstrap', '--provider', 'jenkins'], 2, '--provider is "jenkins"'],
])('%j is refused with what is wrong', async (argv, exit, text) => {
  const { code, err } = await deploy(cloud, argv);
  expect([code, err]).toEqual([exit, expect.stringContaining(text)]);
});

test('names every missing variable and shows no stack trace', async () => {
  const { code, err } = await deploy(cloud, ['plan'], { ECR_REPO: '', OG_BUCKET: '', FUNCTION_NAME: '' });
  expect(code).toBe(2);
  expect(err).toContain('Missing: ECR_REPO, FUNCTION_NAME, OG_BUCKET.');
  expect(err).not.toContain('    at ');
});

test.each([
  [
    'us-gov-west-1',
    'arn:aws:sts::123456789012:user/x',
    'AWS_REGION is us-gov-west-1, but these credentials are of the partition "aws"',
  ],
  ['eu-central-1', 'arn:aws-cn:sts::123456789012:user/x', 'of the partition "aws-cn"'],
])('a region (%s) that the account has no part in is refused', async (AWS_REGION, arn, text) => {
  cloud.script(async (call) => {
    if (call.operation !== 'sts:GetCallerIdentity') return null;
    const answer = await call.pass();
    return { ...answer, body: answer.body.replace(/<Arn>[^<]*</, `<Arn>${arn}<`) };
  });
  const { code, err } = await deploy(cloud, ['plan'], { AWS_REGION });
  expect([code, err]).toEqual([2, expect.stringContaining(text)]);
});

test.each([
  ['IMMUTABLE', [], []],
  ['IMMUTABLE_WITH_EXCLUSION', ['dev-*', 'latest'], []],
  ['IMMUTABLE_WITH_EXCLUSION', ['a*'], ['repository.tags:og-sync']],
  ['IMMUTABLE_WITH_EXCLUSION', ['*'], ['repository.tags:og-sync']],
  ['MUTABLE', [], ['repository.tags:og-sync']],
  ['MUTABLE_WITH_EXCLUSION', ['release-*'], ['repository.tags:og-sync']],
])('a repository that is %s except %j', async (imageTagMutability, filters, steps) => {
  await pushTestImage(cloud);
  cloud.script((call) =>
    call.operation === 'ecr:DescribeRepositories'
      ? altered(
          call,
          ({ repositories }) =>
            void Object.assign((repositories as object[])[0] ?? {}, {
              imageTagMutability,
              imageTagMutabilityExclusionFilters: filters.map((filter) => ({
                filterType: 'WILDCARD',
                filter,
              })),
            }),
        )
      : null,
  );
  const ids = await planned(cloud);
  expect(ids.filter((id) => id.startsWith('repository.tags'))).toEqual(steps);
});

describe('on Bitbucket, bootstrap', () => {
  const { OG_GUARD: _, ...env } = BITBUCKET;
  const all = { ...env, AWS_ACCOUNT_ID: '123456789012' };

  test('asks what keeps other branches from deploying, and claims no more than that', async () => {
    const silent = await deploy(cloud, ['bootstrap'], all);
    expect([silent.code, silent.err]).toEqual([
      2,
      expect.stringContaining('every branch can name the production environment'),
    ]);
    expect(silent.err).toContain('--guard deployment-permissions');
    expect((await deploy(cloud, ['bootstrap', '--guard', 'hope'], all)).err).toContain('--guard is "hope"');
    const own = await deploy(cloud, ['bootstrap', '--guard', 'own-repository'], all);
    expect([own.code, own.err]).toEqual([0, expect.stringContaining('Whoever can push to any branch')]);
    const asked = await deploy(cloud, ['bootstrap'], all, { answer: '1' });
    expect([asked.code, asked.err]).toEqual([0, expect.stringContaining('og-deploy cannot see them')]);
  });

  test.each(['BLOG_REPO_UUID', 'BLOG_DEPLOYMENT_ENVIRONMENT_UUID'])('wants %s', async (name) => {
    const { code, err } = await deploy(cloud, ['bootstrap'], { ...BITBUCKET, ...all, [name]: '' });
    expect([code, err]).toEqual([2, expect.stringContaining(`${name} is not set`)]);
  });
});

test('an AWS that cannot be reached is named with the action', async () => {
  const { code, err } = await deploy(cloud, ['plan'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
  expect([code, err]).toEqual([
    3,
    expect.stringContaining('AWS could not be reached for sts:GetCallerIdentity'),
  ]);
});

test('a bucket that is not there yet is a note, not an error', async () => {
  const { code, err } = await deploy(cloud, ['plan']);
  expect([code, err]).toEqual([0, expect.stringContaining('There is no bucket blog-images yet')]);
});

test('docker that is missing, or fails, is reported in a sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'og-docker-'));
  const { signal } = new AbortController();
  const missing = createDocker({ PATH: folder }, folder, signal);
  await expect(missing.push('x')).rejects.toThrow(/docker push could not be started/);
  await writeFile(join(folder, 'docker'), '#!/bin/sh\nexit 137\n', { mode: 0o755 });
  const failing = createDocker({ PATH: `${folder}:/bin:/usr/bin` }, folder, signal);
  await expect(
    failing.build({ reference: 'x', platform: 'linux/amd64', commit: 'c', templates: 't' }),
  ).rejects.toMatchObject({
    message: 'docker build ended with exit code 137.',
    hint: expect.stringContaining('too little memory') as unknown,
  });
});

test('git names the commit, and nothing where there is none', async () => {
  expect(await currentCommit(await mkdtemp(join(tmpdir(), 'og-git-')))).toBeNull();
});
