/** The region of AWS: of the environment, else of the profile. */
import { profileTrouble, regionTrouble } from './credentials-errors.ts';
import { DeployError } from '../error.ts';
import type { Env } from './oidc.ts';

/**
 * An empty variable counts as none. Loads the SDK only where no variable names a region: it knows how a profile does.
 * @throws DeployError `credentials` that says why there is none: an empty variable, a profile that is not there.
 */
export async function regionFromEnvironment(env: Env): Promise<string> {
  const named = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  if (named) return named;
  const ofProfile = await regionOfProfile();
  if (ofProfile) return ofProfile;
  const trouble = (await profileTrouble(env)) ?? regionTrouble(env);
  const { message, hint } = trouble ?? { message: 'No AWS region is set.', hint: 'Set AWS_REGION.' };
  throw new DeployError('credentials', message, hint);
}

async function regionOfProfile(): Promise<string | null> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  return new STSClient({}).config.region().catch(() => null);
}
