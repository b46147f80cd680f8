/** Runs og-deploy inside a test: against a cloud, with a clock that does not wait. */
import { createHash } from 'node:crypto';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { run } from '../cli.ts';
import { interrupted } from '../aws/retry.ts';
import type { Docker } from '../apply/docker.ts';
import type { Env } from '../aws/oidc.ts';
import type { Clock } from '../aws/retry.ts';
import type { Cloud } from './cloud.ts';

export const ENV = {
  AWS_REGION: 'eu-central-1',
  ECR_REPO: 'og-sync',
  FUNCTION_NAME: 'og',
  OG_BUCKET: 'blog-images',
  BITBUCKET_COMMIT: 'c0ffee1',
} as const;

export const BITBUCKET = {
  BITBUCKET_WORKSPACE: 'acme',
  BITBUCKET_WORKSPACE_UUID: '{11111111-1111-4111-8111-111111111111}',
  BITBUCKET_REPO_UUID: '{22222222-2222-4222-8222-222222222222}',
  BITBUCKET_DEPLOYMENT_ENVIRONMENT_UUID: '{33333333-3333-4333-8333-333333333333}',
  BLOG_REPO_UUID: '{44444444-4444-4444-8444-444444444444}',
  BLOG_DEPLOYMENT_ENVIRONMENT_UUID: '{55555555-5555-4555-8555-555555555555}',
  OG_GUARD: 'own-repository',
} as const;

export interface Ran {
  code: number;
  out: string;
  err: string;
  /** ms that the run would have slept. */
  slept: number;
}

/** A clock that jumps; its start is fixed, its chance the middle. */
function jumpingClock(signal?: AbortSignal): Clock & { slept: number } {
  let now = Date.parse('2026-11-23T12:00:00Z');
  return {
    slept: 0,
    now: () => now,
    random: () => 0.5,
    sleep(ms) {
      now += ms;
      this.slept += ms;
      return signal?.aborted === true ? Promise.reject(interrupted()) : Promise.resolve();
    },
  };
}

const NO_DOCKER: Docker = {
  login: () => Promise.reject(new Error('no docker in this test')),
  logout: () => Promise.resolve(),
  build: () => Promise.reject(new Error('no docker in this test')),
  push: () => Promise.reject(new Error('no docker in this test')),
};

export async function deploy(
  cloud: Cloud,
  argv: string[],
  env: Env = {},
  options: { docker?: Docker; signal?: AbortSignal; answer?: string } = {},
): Promise<Ran> {
  const clock = jumpingClock(options.signal);
  let out = '';
  let err = '';
  const code = await run(argv, {
    env: {
      ...ENV,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_ENDPOINT_URL: cloud.url,
      ...env,
    },
    clock,
    signal: options.signal ?? new AbortController().signal,
    docker: options.docker ?? NO_DOCKER,
    commit: () => Promise.resolve(null),
    ask: options.answer === undefined ? null : () => Promise.resolve(options.answer ?? ''),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err, slept: clock.slept };
}

/** The steps that a plan in this state has, by id. */
export async function planned(cloud: Cloud, env: Env = {}): Promise<string[]> {
  const { code, out, err } = await deploy(cloud, ['plan', '--json'], env);
  if (code !== 0) throw new Error(err);
  return (JSON.parse(out) as { steps: { id: string }[] }).steps.map(({ id }) => id);
}

/** Puts an image with a tag into the repository, which is made when it is not there. Its digest. */
export async function pushTestImage(cloud: Cloud, tag: string = ENV.BITBUCKET_COMMIT): Promise<string> {
  const client = new ECRClient({
    region: ENV.AWS_REGION,
    endpoint: cloud.moto.url,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });
  const repositoryName = ENV.ECR_REPO;
  try {
    await client.send(new CreateRepositoryCommand({ repositoryName })).catch(() => undefined);
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: 1,
        digest: `sha256:${'1'.repeat(64)}`,
      },
      // moto makes the digest of an image out of those of its layers.
      layers: [{ digest: `sha256:${createHash('sha256').update(tag).digest('hex')}` }],
    });
    const { image } = await client.send(
      new PutImageCommand({ repositoryName, imageManifest, imageTag: tag }),
    );
    return image?.imageId?.imageDigest ?? '';
  } finally {
    client.destroy();
  }
}
