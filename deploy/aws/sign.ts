/** Signature Version 4 for a Function URL, as a caller makes it. */
import type { CredentialProvider } from './credentials.ts';

export interface Unsigned {
  method: 'GET' | 'POST';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Signing {
  region: string;
  credentials: CredentialProvider;
  /** ms epoch */
  now: number;
}

/** All headers to send, the given ones included. Throws what the credentials throw. */
export async function sign(
  request: Unsigned,
  { region, credentials, now }: Signing,
): Promise<Record<string, string>> {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@aws-crypto/sha256-js'),
  ]);
  const signer = new SignatureV4({
    service: 'lambda',
    region,
    credentials: () => credentials(),
    sha256: Sha256,
  });
  const { method, url, headers, body } = request;
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
    { signingDate: new Date(now) },
  );
  const { host: _host, ...rest } = signed.headers;
  return rest;
}
