/** Secrets of the environment, kept out of everything that is printed. Pure. */
import type { Environment } from './settings.ts';

const NAMES = [
  'OG_FUNCTION_TOKEN',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'BITBUCKET_STEP_OIDC_TOKEN',
  'CI_JOB_TOKEN',
  'GITHUB_TOKEN',
  'GITLAB_OIDC_TOKEN',
  'NODE_AUTH_TOKEN',
  'NPM_TOKEN',
];
/** Shorter ones are no secrets, and their letters would be taken out of every word. */
const LEAST = 8;

/** Text → the same text without the values of secret variables, also where they are quoted, and without passwords in URLs. */
export function createRedactor(environment: Environment): (text: string) => string {
  const given = NAMES.map((name) => environment[name] ?? '');
  const quoted = given.map((value) => JSON.stringify(value).slice(1, -1));
  const pieces = given.flatMap((value) => value.split(/\s+/));
  const values = [...given, ...quoted, ...pieces];
  const secrets = [...new Set(values)]
    .filter(({ length }) => length >= LEAST)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of secrets) clean = clean.replaceAll(secret, '(secret)');
    return withoutPasswords(clean);
  };
}

/** `https://user:password@host` → `https://(secret)@host`. */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/(?<=:\/\/)[^\s/@"']{1,200}@/g, '(secret)@');
}
