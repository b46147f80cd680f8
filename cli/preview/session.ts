/** Who may look: a token that opens one browser once, and the cookie that stands for it from then on. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface PreviewSession {
  /** The token of the next address. */
  readonly token: string;
  /** Trades the token for a cookie's value; null for any other. A token works once. */
  open(token: string): string | null;
  /** Whether the cookie header holds the value that was given. */
  holds(cookies: string | undefined): boolean;
  /** `Set-Cookie` for a value. */
  cookie(value: string): string;
}

const fresh = (): string => randomBytes(24).toString('base64url');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** `port`: cookies know no ports, so each preview has a name of its own. */
export function createSession(port: number): PreviewSession {
  const name = `og-preview-${port}`;
  const secret = fresh();
  let token = fresh();
  return {
    get token() {
      return token;
    },
    open(given) {
      if (!same(given, token)) return null;
      token = fresh();
      return secret;
    },
    holds: (cookies = '') =>
      cookies.split(';').some((pair) => {
        const at = pair.indexOf('=');
        return pair.slice(0, at).trim() === name && same(pair.slice(at + 1).trim(), secret);
      }),
    cookie: (value) => `${name}=${value}; HttpOnly; SameSite=Strict; Path=/`,
  };
}
