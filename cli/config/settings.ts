/** What the environment says, read once by `main.ts` and handed on. */
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { takesColors, takesLinks } from './terminal.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
  /** The Function URL, unless a flag or the config names one. */
  functionUrl: string | undefined;
  functionToken: string | undefined;
  /** Where inflated browsers and decompressed fonts live. */
  cacheDir: string;
  /** A Chrome to use instead of the one that is brought along. */
  chromePath: string | undefined;
  /** No line that moves. */
  ci: boolean;
  /** Whether each stream takes colours. */
  color: Terminals;
  /** Whether each stream takes links. */
  links: Terminals;
  /** For AWS: credentials and region. */
  environment: Environment;
}

/** An empty variable counts as none: CI systems set what is not configured to nothing. */
function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

/** Without HOME the system's list of users is asked, and a container may run as nobody in it. */
function home(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}

/** Something that each stream is or takes. */
export interface Terminals {
  stdout: boolean;
  stderr: boolean;
}

/** Absolute. Where browsers, fonts, pictures and compiled code are kept between runs. */
export function cacheDirOf(environment: Environment): string {
  const named = given(environment['OG_CACHE_DIR']);
  return resolve(named ?? join(given(environment['XDG_CACHE_HOME']) ?? join(home(), '.cache'), 'og-sync'));
}

/** Pure: the same environment gives the same settings. */
export function readSettings(environment: Environment, terminals: Terminals): Settings {
  const get = (name: string) => given(environment[name]);
  const ci = get('CI') !== undefined && get('CI') !== 'false';
  const dumb = get('TERM') === 'dumb';
  const each = (takes: typeof takesColors): Terminals => ({
    stdout: takes(environment, terminals.stdout),
    stderr: takes(environment, terminals.stderr),
  });
  return {
    functionUrl: get('OG_FUNCTION_URL'),
    functionToken: get('OG_FUNCTION_TOKEN'),
    cacheDir: cacheDirOf(environment),
    chromePath: get('CHROME_PATH'),
    ci: ci || !terminals.stderr || dumb,
    color: each(takesColors),
    links: each(takesLinks),
    environment,
  };
}
