/** Why there are no credentials and no region: one sentence and one cure for each cause. For og-deploy and og-sync alike. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DeployError } from '../error.ts';
import type { Env } from './oidc.ts';

/** What happened, and what to do about it. */
export interface Trouble {
  message: string;
  hint: string;
}

/** Why no region can be used, or null when one is set. Looks at AWS_REGION, then at AWS_DEFAULT_REGION. */
export function regionTrouble(env: Env): Trouble | null {
  if (env['AWS_REGION'] || env['AWS_DEFAULT_REGION']) return null;
  return {
    message: env['AWS_REGION'] === '' ? 'AWS_REGION is empty.' : 'No AWS region is set.',
    hint: 'Set AWS_REGION, for example to eu-central-1. In a pipeline it is a variable of the repository.',
  };
}

/**
 * Explains a failure of the SDK's credential chain, which itself says no more than "Could not load credentials from any
 * providers". Reads the shared files of AWS to distinguish a profile that is not there from one that gives nothing.
 */
export async function credentialsError(cause: unknown, env: Env): Promise<DeployError> {
  const text = cause instanceof Error ? cause.message : String(cause);
  const { message, hint } = await troubleOf(text, env);
  return new DeployError('credentials', message, hint, { cause });
}

/** Why the profile that AWS_PROFILE names cannot be used, or null where it names none or one that is there. */
export async function profileTrouble(env: Env): Promise<Trouble | null> {
  const profile = env['AWS_PROFILE'];
  if (!profile || (await knownProfiles(env)).has(profile)) return null;
  return {
    message: `There is no AWS profile ${JSON.stringify(profile)}, which AWS_PROFILE names.`,
    hint: `Correct AWS_PROFILE, or make the profile with "aws configure --profile ${profile}".`,
  };
}

async function troubleOf(text: string, env: Env): Promise<Trouble> {
  const key = Boolean(env['AWS_ACCESS_KEY_ID']);
  if (key !== Boolean(env['AWS_SECRET_ACCESS_KEY']))
    return {
      message: `${key ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY'} is set without ${key ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID'}.`,
      hint: 'Set both, or neither and use AWS_PROFILE.',
    };
  const unknown = await profileTrouble(env);
  if (unknown !== null) return unknown;
  const profile = env['AWS_PROFILE'] || null;
  const login = `aws sso login${profile === null ? '' : ` --profile ${profile}`}`;
  if (/aws sso login|sso session/i.test(text) || (/token/i.test(text) && /expired/i.test(text)))
    return { message: `The AWS single sign-on session has ended: ${text}`, hint: `Run "${login}".` };
  if (profile !== null)
    return {
      message: `The AWS profile ${JSON.stringify(profile)} gives no credentials: ${text}`,
      hint: `Log in again ("${login}"), or correct what the profile refers to.`,
    };
  if (env['AWS_ROLE_ARN'] || env['CI'])
    return {
      message: `There are no AWS credentials, and this step has no identity token: ${text}`,
      hint: 'Set AWS_ROLE_ARN and give the step its token: "oidc: true" in Bitbucket, "permissions: id-token: write" in GitHub, "id_tokens" in GitLab.',
    };
  return {
    message: `There are no AWS credentials: no keys in the environment, no default profile, no role of this machine (${text}).`,
    hint: 'Log in with the AWS CLI ("aws sso login" or "aws configure"), or name a profile in AWS_PROFILE.',
  };
}

/** The names of the profiles in AWS's two shared files; a file that cannot be read has none. */
async function knownProfiles(env: Env): Promise<Set<string>> {
  const files = [
    env['AWS_CONFIG_FILE'] || join(homedir(), '.aws', 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] || join(homedir(), '.aws', 'credentials'),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const headings = texts
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('['));
  return new Set(
    headings.map((line) =>
      line
        .slice(1, line.includes(']') ? line.indexOf(']') : undefined)
        .trim()
        .replace(/^profile /, '')
        .trim(),
    ),
  );
}
