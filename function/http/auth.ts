/** Who may call: checked before anything of the request is looked at. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { FunctionError } from '../contract.ts';

/**
 * `iam`: AWS has verified a signature, or the request is refused. `token`: a bearer token. `none`: everybody, by the
 * owner's explicit choice.
 */
export type Access = { auth: 'iam' } | { auth: 'token'; token: string } | { auth: 'none' };

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Hashed first, so that neither content nor length of the secret shows in the time a comparison takes. */
function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** Throws `FunctionError` `unauthorized` or `forbidden`. */
export function authorize(
  access: Access,
  request: { headers: Readonly<Record<string, string | undefined>>; signed: boolean },
): void {
  if (access.auth === 'none') return;
  if (access.auth === 'iam') {
    if (request.signed) return;
    throw new FunctionError(
      'forbidden',
      'This function takes signed requests only, and AWS has verified no signature on this one.',
      'Set the Function URL to AWS_IAM and sign the request (og-sync does so with auth "iam").',
    );
  }
  const [scheme = '', token = ''] = (request.headers['authorization'] ?? '').split(/ +(.*)/);
  if (scheme.toLowerCase() === 'bearer' && sameSecret(token, access.token)) return;
  throw new FunctionError(
    'unauthorized',
    token === '' ? 'The request carries no bearer token.' : 'The bearer token is not the right one.',
    'Send "Authorization: Bearer TOKEN" (og-sync: auth "token" and OG_FUNCTION_TOKEN).',
  );
}
