/** Builds the container image, pushes it and finds out its digest. */
import { GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { DeployError } from '../error.ts';
import { readDigest } from '../current/repository.ts';
import { pause } from '../aws/retry.ts';
import type { Aws } from '../aws/client.ts';
import type { Docker } from './docker.ts';
import type { RetryBounds } from '../aws/retry.ts';

export interface Login {
  /** Host of the registry. */
  registry: string;
  password: string;
}

/** The registry and a password for it that lives twelve hours. @throws DeployError */
export async function registryLogin(aws: Aws): Promise<Login> {
  const answer = await aws.ecr.send(new GetAuthorizationTokenCommand({}));
  const data = answer.authorizationData?.[0];
  const [user, password] = Buffer.from(data?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':');
  if (user !== 'AWS' || !password || !data?.proxyEndpoint)
    throw new DeployError('aws', 'ECR answered without a password.', 'Run the same command again.');
  return { registry: new URL(data.proxyEndpoint).host, password };
}

export interface Build {
  repository: { name: string; uri: string };
  tag: string;
  commit: string;
  templates: string;
  architecture: 'x86_64' | 'arm64';
}

/** Builds and pushes under the tag. The password is forgotten by docker again, whatever happens. */
export async function buildAndPush(aws: Aws, docker: Docker, build: Build): Promise<void> {
  const reference = `${build.repository.uri}:${build.tag}`;
  const platform = build.architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64';
  // The build comes first: nobody should hold a password while a build runs.
  await docker.build({ reference, platform, commit: build.commit, templates: build.templates });
  const { registry, password } = await registryLogin(aws);
  await docker.login(registry, password);
  try {
    await docker.push(reference);
  } finally {
    await docker.logout(registry).catch(() => undefined);
  }
}

/** ECR lists an image moments after the push has ended. */
const LISTED: RetryBounds = { base: 500, cap: 4000, total: 30_000 };

/** @throws DeployError `image_missing` when the registry does not list the pushed tag within half a minute. */
export async function pushedDigest(aws: Aws, build: Build): Promise<string> {
  const { name, uri } = build.repository;
  const end = aws.clock.now() + LISTED.total;
  for (let number = 0; ; number += 1) {
    const digest = await readDigest(aws, name, build.tag);
    if (digest !== null) return digest;
    if (aws.clock.now() >= end)
      throw new DeployError(
        'image_missing',
        `${uri}:${build.tag} was pushed, but ECR does not list it.`,
        'Run the same command again.',
      );
    await aws.clock.sleep(pause(aws.clock, LISTED, number));
  }
}
