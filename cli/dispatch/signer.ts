/** Proof of who is calling: SigV4 for a URL behind IAM, a bearer token, or nothing. */
import { CliError } from '../error.ts';

export interface Unsigned {
  method: 'GET' | 'POST';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
}

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

/** `Authorization: Bearer`. */
export function bearer(token: string): Signer {
  return {
    sign: async ({ headers }) => ({ ...headers, authorization: `Bearer ${token}` }),
    renew: () => false,
  };
}

/** AWS credentials; those of a role end at `expiration`. */
export interface Identity {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export interface IamOptions {
  /** A fresh provider of credentials; asked for again after `renew`. */
  provider: () => Promise<() => Promise<Identity>>;
  region: () => Promise<string>;
  /** ms epoch */
  clock: () => number;
}

/** Credentials are asked for again when they have less than this left, ms: a request must not outlive them. */
const MARGIN_MS = 120_000;

/** The region in a Function URL's host (`<id>.lambda-url.<region>.on.aws`), or null for a domain of one's own. */
export function regionOf(url: URL): string | null {
  return (
    /\.lambda-url\.([a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn)$/.exec(url.hostname)?.[1] ?? null
  );
}

/** SigV4 for the service `lambda`. Credentials are kept until shortly before they end, so a long run does not lose them. */
export function iam(options: IamOptions): Signer {
  let provider: ReturnType<IamOptions['provider']> | null = null;
  let held: Promise<Identity> | null = null;

  async function credentials(): Promise<Identity> {
    const old = await held?.catch(() => null);
    const left = (old?.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - options.clock();
    if (old && left > MARGIN_MS) return old;
    provider ??= options.provider();
    held = provider.then((ask) => ask());
    return held.catch((cause: unknown) => {
      held = null;
      throw new CliError(
        'credentials',
        `The request cannot be signed: ${cause instanceof Error ? cause.message : String(cause)}`,
        'Give the build AWS credentials (a profile, a role through OIDC), or set auth to "token" or "none" if the function allows that.',
        { cause },
      );
    });
  }

  return {
    async sign({ method, url, headers, body }) {
      const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
        import('@smithy/signature-v4'),
        import('@aws-crypto/sha256-js'),
      ]);
      const signer = new SignatureV4({
        service: 'lambda',
        region: options.region,
        credentials,
        sha256: Sha256,
      });
      const query: Record<string, string[]> = {};
      for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
      const signed = await signer.sign(
        {
          method,
          protocol: url.protocol,
          hostname: url.hostname,
          path: url.pathname,
          query,
          headers: { ...headers, host: url.host },
          body,
        },
        { signingDate: new Date(options.clock()) },
      );
      const { host: _host, ...rest } = signed.headers;
      return rest;
    },
    renew() {
      provider = null;
      held = null;
      return true;
    },
  };
}
