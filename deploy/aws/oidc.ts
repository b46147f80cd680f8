/** The identity token of a pipeline step: where each CI system keeps it, and what may be shown of it. */
import { z } from 'zod';
import { DeployError } from '../error.ts';
import { proxyAgents, send } from './http.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface TokenSource {
  ci: 'bitbucket' | 'github' | 'gitlab';
  /** The token, in memory only. GitHub makes a new one on each call; the others have one per step. */
  token(): Promise<string>;
  /** Distinguishes two runs in CloudTrail. */
  run: string;
}

const GITHUB_AUDIENCE = 'sts.amazonaws.com';
const GITHUB_TIMEOUT_MS = 10_000;
/** A token has some thousand. */
const MOST_BYTES = 1_000_000;

/** The first identity token that this environment offers, or null. Nothing is fetched before `token()` is called. */
export function findToken(env: Env): TokenSource | null {
  const bitbucket = env['BITBUCKET_STEP_OIDC_TOKEN'];
  if (bitbucket) return fixed('bitbucket', bitbucket, env['BITBUCKET_BUILD_NUMBER']);
  const url = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const bearer = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (url && bearer)
    return {
      ci: 'github',
      token: () => requestGithubToken(url, bearer, env),
      run: env['GITHUB_RUN_ID'] ?? 'run',
    };
  const gitlab = env['GITLAB_OIDC_TOKEN'];
  if (gitlab) return fixed('gitlab', gitlab, env['CI_JOB_ID']);
  return null;
}

function fixed(ci: TokenSource['ci'], token: string, run: string | undefined): TokenSource {
  return { ci, token: () => Promise.resolve(token), run: run ?? 'run' };
}

async function requestGithubToken(url: string, bearer: string, env: Env): Promise<string> {
  const address = new URL(url);
  address.searchParams.set('audience', GITHUB_AUDIENCE);
  let answer: unknown;
  try {
    const { status, text } = await send({
      url: address,
      method: 'GET',
      headers: { authorization: `Bearer ${bearer}` },
      agents: proxyAgents(env),
      mostBytes: MOST_BYTES,
      signal: AbortSignal.timeout(GITHUB_TIMEOUT_MS),
    });
    answer = status === 200 ? JSON.parse(text) : `HTTP ${status}`;
  } catch (cause) {
    throw githubError(cause instanceof Error ? cause.message : String(cause));
  }
  const parsed = z.object({ value: z.string().min(1) }).safeParse(answer);
  if (!parsed.success) throw githubError(typeof answer === 'string' ? answer : 'the answer holds no token');
  return parsed.data.value;
}

function githubError(reason: string): DeployError {
  return new DeployError(
    'credentials',
    `GitHub gave no identity token: ${reason}.`,
    'Give the job "permissions: id-token: write".',
  );
}

export interface Claims {
  issuer: string;
  audience: string;
  subject: string;
  /** ISO instant, or "never". */
  expires: string;
}

const claimsSchema = z.looseObject({
  iss: z.string().default('(none)'),
  aud: z.union([z.string(), z.array(z.string()).transform((all) => all.join(', '))]).default('(none)'),
  sub: z.string().default('(none)'),
  exp: z.number().optional(),
});

/**
 * What a trust policy looks at, and no more: neither the token nor its signature is in the answer.
 * @throws DeployError `credentials` when the token is no JSON Web Token.
 */
export function claimsOf(token: string): Claims {
  let payload: unknown;
  try {
    payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    payload = null;
  }
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success)
    throw new DeployError(
      'credentials',
      'The identity token of this step is not a JSON Web Token.',
      'Look at the variable that holds it: it must be set by the CI system, not by hand.',
    );
  const { iss, aud, sub, exp } = parsed.data;
  return {
    issuer: iss,
    audience: aud,
    subject: sub,
    expires: exp === undefined ? 'never' : new Date(exp * 1000).toISOString(),
  };
}
