/**
 * AWS credentials from the environment: the pipeline's own identity where there is one, else whatever the AWS SDK
 * finds (keys, profile, SSO, web identity file, container, instance).
 */
import { credentialsError } from './credentials-errors.ts';
import { proxyAgents } from './http.ts';
import { findToken } from './oidc.ts';
import { DeployError } from '../error.ts';
import type { Env, TokenSource } from './oidc.ts';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** An SDK client takes it as `credentials`. Keeps what it got until shortly before expiry; `forceRefresh` asks anew. */
export type CredentialProvider = (options?: { forceRefresh?: boolean }) => Promise<Credentials>;

/** A request signed now may wait in a queue: credentials with less than this many ms to live are renewed first. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** STS answers in well under a second; a connection that hangs must not hang the build. */
const STS_TIMEOUT_MS = 10_000;

/**
 * `AWS_ROLE_ARN` with a token of Bitbucket, GitHub or GitLab → that role, assumed with the token handed over from memory;
 * keys in `env` → those; else the SDK's own chain, which reads the process's environment and files itself. Loads no
 * SDK code and calls nobody before it is first called.
 *
 * The provider throws DeployError `credentials`; neither token nor keys are in its message or cause.
 */
export function credentialsFromEnvironment(
  env: Env,
  now: () => number = () => Date.now(),
): CredentialProvider {
  const roleArn = env['AWS_ROLE_ARN'];
  const source = findToken(env);
  if (roleArn && source) return keepUntilExpiry(() => assumeRole(roleArn, source, env), now);
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  if (accessKeyId && secretAccessKey) {
    const sessionToken = env['AWS_SESSION_TOKEN'];
    const keys = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
    return () => Promise.resolve(keys);
  }
  return keepUntilExpiry(() => sdkChain(env), now);
}

function keepUntilExpiry(get: () => Promise<Credentials>, now: () => number): CredentialProvider {
  let kept: Credentials | null = null;
  let pending: Promise<Credentials> | null = null;
  const lifeLeft = (): number => (kept === null ? 0 : (kept.expiration?.getTime() ?? Infinity) - now());

  const renew = async (): Promise<Credentials> => {
    try {
      kept = await get();
      return kept;
    } catch (error) {
      // A hiccup of STS in the last minutes of a session must not end a build that could still finish.
      if (kept !== null && lifeLeft() > 0) return kept;
      throw error;
    } finally {
      pending = null;
    }
  };
  return (options) => {
    if (kept !== null && options?.forceRefresh !== true && lifeLeft() > RENEW_BEFORE_MS)
      return Promise.resolve(kept);
    pending ??= renew();
    return pending;
  };
}

async function assumeRole(roleArn: string, source: TokenSource, env: Env): Promise<Credentials> {
  const token = await source.token();
  const { AssumeRoleWithWebIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const endpoint = env['AWS_ENDPOINT_URL_STS'] ?? env['AWS_ENDPOINT_URL'];
  const client = new STSClient({
    region: regionOf(env),
    ...(endpoint ? { endpoint } : {}),
    requestHandler: {
      ...proxyAgents(env),
      connectionTimeout: STS_TIMEOUT_MS,
      requestTimeout: STS_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
  try {
    const { Credentials: given } = await client.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName(source, env),
        WebIdentityToken: token,
      }),
    );
    if (!given?.AccessKeyId || !given.SecretAccessKey) throw new Error('STS answered without credentials');
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken ? { sessionToken: given.SessionToken } : {}),
      ...(given.Expiration ? { expiration: given.Expiration } : {}),
    };
  } catch (error) {
    throw refused(roleArn, error, token);
  } finally {
    client.destroy();
  }
}

async function sdkChain(env: Env): Promise<Credentials> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  try {
    const requestHandler = proxyAgents(env);
    return await fromNodeProviderChain({
      clientConfig: { region: regionOf(env), ...(requestHandler !== undefined && { requestHandler }) },
    })();
  } catch (cause) {
    throw await credentialsError(cause, env);
  }
}

function regionOf(env: Env): string {
  return env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1';
}

/** What CloudTrail shows as the caller: CI system and run, unless the environment names it. */
function sessionName(source: TokenSource, env: Env): string {
  const name = env['AWS_ROLE_SESSION_NAME'] ?? `og-sync-${source.ci}-${source.run}`;
  return name.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 64);
}

/** The SDK's error is not kept as the cause: it holds the request, and the request holds the token. */
function refused(roleArn: string, error: unknown, token: string): DeployError {
  const name = error instanceof Error ? error.name : 'Error';
  const text = (error instanceof Error ? error.message : String(error)).replaceAll(token, '(token)');
  return new DeployError(
    'credentials',
    `AWS did not let this step assume ${roleArn}: ${name}: ${text}`,
    'Compare the issuer, audience and subject of the token (og-deploy status --debug-oidc prints them) with the trust policy of the role.',
    { cause: new Error(`${name}: ${text}`) },
  );
}
