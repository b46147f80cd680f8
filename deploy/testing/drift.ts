/** A drift: something changed by another hand, what a plan says of it and what a release does about it. */
import { healthy } from './answers.ts';
import { handIn } from './hand.ts';
import { BITBUCKET, deploy, planned, pushTestImage } from './session.ts';
import type { Env } from '../aws/oidc.ts';
import type { Cloud } from './cloud.ts';
import type { Hand } from './hand.ts';

export interface Drift {
  name: string;
  make: (hand: Hand) => Promise<unknown>;
  /** Ids of the steps that the plan shows. */
  steps: string[];
  /** Calls, other than reads, that the release then makes: these and no more. */
  calls: string[];
}

/** An account set up and released into, from nothing. */
export async function released(cloud: Cloud, env: Env = {}): Promise<void> {
  await cloud.reset();
  cloud.script(healthy);
  await deploy(cloud, ['bootstrap', '--apply'], BITBUCKET);
  await pushTestImage(cloud);
  const { code, err } = await deploy(cloud, ['release'], env);
  if (code !== 0) throw new Error(err);
}

/**
 * Drifts, plans, releases. That all is well again is seen by the next plan, which must show the next drift alone.
 */
export async function drifted(
  cloud: Cloud,
  { make }: Pick<Drift, 'make'>,
  env: Env = {},
): Promise<{ steps: string[]; calls: string[] }> {
  await make(handIn(cloud));
  const steps = await planned(cloud, env);
  cloud.seen.length = 0;
  const { code, err } = await deploy(cloud, ['release'], env);
  if (code !== 0) throw new Error(err);
  return { steps, calls: cloud.changes() };
}
