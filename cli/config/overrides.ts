/** Flags and environment over the config file. */
import { resolve } from 'node:path';
import type { z } from 'zod';
import { show } from './errors.ts';
import { rebaseGlob, storeAddress } from './paths.ts';
import type { Config } from './config.ts';
import { CliError } from '../errors.ts';
import { fields, publicUrl } from './schema.ts';

/** What the command line may change. Relative paths and globs start at the folder the user is in. */
export interface Overrides {
  content?: string | string[] | undefined;
  preset?: string | undefined;
  store?: string | undefined;
  function?: string | undefined;
  manifest?: string | undefined;
  concurrency?: number | undefined;
  batch?: number | undefined;
  auth?: string | undefined;
  pages?: string | undefined;
  inject?: boolean | undefined;
  siteUrl?: string | undefined;
  publicUrl?: string | undefined;
}

/** Where a command runs. */
interface Surroundings {
  cwd: string;
  /** The value of OG_FUNCTION_URL. */
  functionUrl?: string | undefined;
}

/**
 * The config with what the command line, and after it the environment, says in place of what the file says. Pure. A variable
 * that is not used, because a flag says something else, may hold anything.
 * @throws CliError `usage` that names the flag, what was found and what is allowed, or when credentials would be sent over http.
 */
export function applyOverrides(
  config: Config,
  overrides: Overrides,
  { cwd, functionUrl }: Surroundings,
): Config {
  const content = checked('--content', fields.content, overrides.content);
  const store = checked('--store', fields.store, overrides.store);
  const manifest = checked('--manifest', fields.manifest, overrides.manifest);
  const pages = checked('--pages', fields.pages, overrides.pages);
  const siteUrl = checked('--site-url', publicUrl, overrides.siteUrl);
  const merged: Config = {
    ...config,
    site: siteUrl === undefined ? config.site : { ...config.site, url: siteUrl },
    pages: pages === undefined ? config.pages : resolve(cwd, pages),
    inject: overrides.inject ?? config.inject,
    publicUrl: checked('--public-url', publicUrl, overrides.publicUrl) ?? config.publicUrl,
    named: new Set([...config.named, ...namesOf(overrides)]),
    content: content?.map((glob) => rebaseGlob(glob, cwd, config.root)) ?? config.content,
    preset: checked('--preset', fields.preset, overrides.preset) ?? config.preset,
    store: store === undefined ? config.store : storeAddress(store, cwd),
    function: functionOf(config, overrides, functionUrl),
    manifest: manifest === undefined ? config.manifest : resolve(cwd, manifest),
    concurrency: checked('--concurrency', fields.concurrency, overrides.concurrency) ?? config.concurrency,
    batch: checked('--batch', fields.batch, overrides.batch) ?? config.batch,
    auth: checked('--auth', fields.auth, overrides.auth) ?? config.auth,
  };
  refuseCleartext(merged);
  return merged;
}

function namesOf(overrides: Overrides): string[] {
  return Object.entries(overrides).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** A token, or the session token of a signature, must not cross a network that anybody may read. */
function refuseCleartext({ function: address, auth }: Config): void {
  if (address === null || auth === 'none') return;
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return;
  throw new CliError(
    'usage',
    `With auth "${auth}", credentials would go to ${address} over http, for anybody on the way to read.`,
    'Use the https address of the function, or auth "none" where it needs no credentials.',
  );
}

/** Who renders. A folder that a flag names is on this machine: a function that only a variable names cannot write to it. */
function functionOf(config: Config, overrides: Overrides, functionUrl: string | undefined): string | null {
  const flag = checked('--function', fields.function, overrides.function);
  if (flag !== undefined) return flag;
  const here = overrides.store !== undefined && !overrides.store.startsWith('s3://');
  if (here && config.function === null) return null;
  return checked('OG_FUNCTION_URL', fields.function, functionUrl) ?? config.function;
}

function checked<T>(source: string, schema: z.ZodType<T>, value: unknown): T | undefined {
  if (value === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CliError(
    'usage',
    `${source} ${parsed.error.issues[0]?.message ?? 'is wrong'}; found ${show(value)}.`,
    'Run "og-sync --help" to see what each flag takes.',
  );
}
