/** Proof of who is calling: SigV4 for a URL behind IAM, a bearer token, or nothing. */
import { OgError } from '../../function/contract.ts';
import type { Unsigned } from '../../deploy/aws/sign.ts';
import { CliError } from '../errors.ts';

export interface Signer {
  /** All headers to send, the given ones included. Throws `CliError` `credentials` when there are none to be had. */
  sign(request: Unsigned): Promise<Record<string, string>>;
  /** Forgets what it has and will ask anew, after a refusal for age. False: there is nothing to renew. */
  renew(): boolean;
}

/** For a public URL, or one that only the network guards. */
export const unsigned: Signer = {
  sign: async ({ headers }) => ({ ...headers }),
  renew: () => false,
};

/** The value of OG_FUNCTION_TOKEN, if a header can carry it. Throws `CliError` `usage`, without the token. */
export function checkedToken(token: string): string {
  const at = token.search(/[^\x21-\x7e]/);
  if (at < 0) return token;
  const found = /\s/.test(token.charAt(at)) ? 'a space or a line break' : 'a character other than ASCII';
  throw new CliError(
    'usage',
    `OG_FUNCTION_TOKEN holds ${found} at position ${at + 1} of ${token.length}, which no header can carry.`,
    'Set it anew without that character; a line break at its end comes from "echo" or from copying.',
  );
}

/** `Authorization: Bearer`. Throws `CliError` for a token that no header can carry. */
export function bearer(token: string): Signer {
  const authorization = `Bearer ${checkedToken(token)}`;
  return {
    sign: async ({ headers }) => ({ ...headers, authorization }),
    renew: () => false,
  };
}

/** AWS credentials. */
export interface SigningIdentity {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export interface IamOptions {
  /** Keeps credentials until shortly before they end, so that a long run does not lose them; `forceRefresh` asks anew. */
  credentials: (options?: { forceRefresh?: boolean }) => Promise<SigningIdentity>;
  region: () => Promise<string>;
  /** ms epoch */
  clock: () => number;
}

/** Keys and session token travel in headers: a line break in one would be refused with the value in the message. */
function checkedIdentity(identity: SigningIdentity): SigningIdentity {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = identity;
  for (const [name, value] of Object.entries({ accessKeyId, secretAccessKey, sessionToken }))
    if (/[^\x21-\x7e]/.test(value))
      throw new CliError(
        'credentials',
        `The AWS credentials have a space, a line break or another character that cannot be in ${name}.`,
        'Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile, anew.',
      );
  return identity;
}

/** The region in a Function URL's host (`<id>.lambda-url.<region>.on.aws`), or null for a domain of one's own. */
export function regionOf(url: URL): string | null {
  return (
    /\.lambda-url\.([a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn)$/.exec(url.hostname)?.[1] ?? null
  );
}

function unsignable(cause: unknown): never {
  throw new CliError(
    'credentials',
    `The request cannot be signed. ${cause instanceof Error ? cause.message : String(cause)}`,
    cause instanceof OgError
      ? cause.hint
      : 'Give the build AWS credentials: a profile, or a role through OIDC.',
    { cause },
  );
}

/** SigV4 for the service `lambda`. */
export function iam(options: IamOptions): Signer {
  let stale = false;

  async function credentials(): Promise<SigningIdentity> {
    const forceRefresh = stale;
    stale = false;
    return checkedIdentity(await options.credentials({ forceRefresh }).catch(unsignable));
  }

  return {
    async sign(request) {
      const { sign } = await import('../../deploy/aws/sign.ts');
      return sign(request, {
        region: await options.region().catch(unsignable),
        credentials,
        now: options.clock(),
      });
    },
    renew() {
      stale = true;
      return true;
    },
  };
}
