/** Checks of single variables: what was found, what is allowed. */
import type { Env } from '../aws/oidc.ts';

/** CloudWatch Logs takes these and no others. */
export const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Reads variables one by one; what is wrong with them is added to `problems`. */
export function reader(env: Env, problems: string[]) {
  const value = (name: string, value: string, holds: (value: string) => boolean, allowed: string): string => {
    if (!holds(value)) problems.push(`${name} is ${JSON.stringify(value)}; allowed: ${allowed}.`);
    return value;
  };
  return {
    value,
    pattern: (name: string, text: string, pattern: RegExp, allowed: string): string =>
      value(name, text, (text) => pattern.test(text), allowed),
    /** A number of instances, "none" to reserve none, or nothing to leave it as it is. */
    concurrency(name: string): number | 'none' | null {
      const text = env[name];
      if (!text) return null;
      if (text === 'none') return 'none';
      value(name, text, (text) => /^\d{1,6}$/.test(text), 'a whole number, 0 to stop the function, or none');
      return Number(text);
    },
    choice<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
      const value = env[name];
      if (!value) return fallback;
      const found = allowed.find((item) => item === value);
      if (found === undefined)
        problems.push(`${name} is ${JSON.stringify(value)}; allowed: ${allowed.join(', ')}.`);
      return found ?? fallback;
    },
    number(name: string, fallback: number, min: number, max: number): number {
      const text = env[name];
      if (!text) return fallback;
      const value = Number(text);
      if (!/^\d+$/.test(text) || value < min || value > max)
        problems.push(`${name} is ${JSON.stringify(text)}; allowed: a whole number from ${min} to ${max}.`);
      return value;
    },
    oneOf(name: string, fallback: number, allowed: readonly number[], unit: string): number {
      const value = Number(env[name] || fallback);
      if (!allowed.includes(value))
        problems.push(`${name} is ${JSON.stringify(env[name])}; allowed: ${allowed.join(', ')} ${unit}.`);
      return value;
    },
  };
}

/** Ends in one slash and starts with none, however it was written; "" is the whole bucket. */
export function readPrefix(text: string | undefined, problems: string[]): string {
  const bare = (text ?? 'images').replace(/^\/+|\/+$/g, '');
  if (
    !/^[\w.~/-]*$/.test(bare) ||
    bare.split('/').some((part) => part === '.' || part === '..' || (part === '' && bare !== ''))
  )
    problems.push(
      `OG_PREFIX is ${JSON.stringify(text)}; allowed: letters, digits, "_", ".", "~" and "-" in parts joined by single "/".`,
    );
  return bare === '' ? '' : `${bare}/`;
}

/** A public URL needs a token, unless the owner says in so many words that anybody may use it. */
export function readToken(
  token: string | null,
  auth: 'AWS_IAM' | 'NONE',
  problems: string[],
  notes: string[],
): string | null {
  if (auth === 'AWS_IAM') {
    if (token !== null)
      notes.push('OG_TOKEN is not used: with OG_URL_AUTH=AWS_IAM callers sign their requests.');
    return null;
  }
  if (token === 'public') {
    notes.push('OG_TOKEN=public: anybody who knows the URL can render images at your cost.');
    return null;
  }
  if (token === null)
    problems.push(
      'OG_URL_AUTH is NONE and OG_TOKEN is not set: set a token, or OG_TOKEN=public if anybody may use the URL.',
    );
  else if (token.length < 16) problems.push('OG_TOKEN has fewer than 16 characters: it could be guessed.');
  return token;
}
