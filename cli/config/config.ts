/** The configuration of one blog: what a user may write, and what the rest of the CLI reads. */
import { existsSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { outputSchema } from '../../function/contract.ts';
import type { Output, Post } from '../../function/contract.ts';
import { DEFAULT_KEY } from '../../function/key.ts';
import { importConfig } from './file.ts';
import { issueLines, show } from './errors.ts';
import { CliError } from '../errors.ts';
import type { ConfiguredOutput } from './outputs.ts';
import { slashed, storeAddress } from './paths.ts';
import type { PresetName } from './preset-names.ts';
import { KNOWN_FIELDS, publicUrl, userConfigSchema } from './schema.ts';
import type { Auth, MapSource, ParsedConfig, PostFields, UserConfig } from './schema.ts';

export type { Auth, MapSource, PostFields, UserConfig } from './schema.ts';

/** A validated configuration with every default filled in. Paths are absolute. */
export interface Config {
  /** The folder of the config file: globs and relative paths start here. */
  root: string;
  /** Null: where the preset says, or `content`. */
  content: string[] | null;
  /** Null: recognised by the files of the folder. */
  preset: PresetName | 'none' | null;
  /** As written: `logo` and an author's `avatar` are files still. */
  site: Readonly<Record<string, unknown>>;
  template: string | ((post: Post) => string);
  /** The folder of templates for rendering here, beside the package's own; null: none. */
  templates: string | null;
  map: ((post: PostFields, source: MapSource) => Partial<PostFields> | null) | null;
  drafts: boolean;
  future: boolean;
  /** What titles and descriptions hold; null: what the preset knows. */
  text: 'markdown' | 'html' | 'plain' | null;
  pathLanguage: boolean;
  /** The first of `outputs`. */
  output: Output;
  outputs: readonly ConfiguredOutput[];
  key: string;
  /** `s3://bucket/prefix` or an absolute folder; null: the function's own, or `out/images` when rendering here. */
  store: string | null;
  /** The Function URL; null: render here. */
  function: string | null;
  auth: Auth;
  publicUrl: string | null;
  /** The folder of the built site. */
  pages: string | null;
  inject: boolean;
  jsonLd: boolean;
  own: 'card' | 'keep';
  manifest: string | null;
  concurrency: number;
  batch: number;
  /** Folders a root-relative picture ("/img/a.png") is looked for in. */
  static: string[];
  /** Hosts from which pictures may be fetched over https. */
  imageHosts: string[];
  /** The fields that file, environment or flags name; the others have their defaults. */
  named: ReadonlySet<string>;
}

/** The environment, for fields that are functions of it. */
type Environment = Readonly<Record<string, string | undefined>>;

/** In the order they are looked for. */
const CONFIG_FILES = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `og.config.${ending}`);

/** Formats that people try, and that are not read: refused by name instead of ignored. */
const UNREAD = ['yml', 'yaml', 'toml', 'jsonc', 'json5'];

/** The configuration of a folder, or a file that somebody took for it, or null. */
export function configIn(cwd: string): string | null {
  const names = [...CONFIG_FILES, ...UNREAD.map((ending) => `og.config.${ending}`)];
  return names.map((name) => resolve(cwd, name)).find((path) => existsSync(path)) ?? null;
}

/**
 * Loads the configuration: the named file, else the first `og.config.*` in `cwd`, else every default with `cwd` as the
 * root. The file is imported by Node itself: it may be TypeScript (without enums), JavaScript or JSON.
 * @throws CliError `config_missing` (a named file is not there), `config_broken` (it cannot be imported: file and line),
 * `config_invalid` (each wrong field by name).
 */
export async function loadConfig(options: {
  cwd: string;
  file?: string | undefined;
  environment?: Environment;
  /** Another one reads a file again that was read before. */
  version?: number | undefined;
  /** What a program lays under and over the file. */
  layers?: ConfigLayers | undefined;
}): Promise<Config> {
  const file = findConfig(options.cwd, options.file);
  const { layers = {}, environment } = options;
  if (file === null) return resolveConfig(layered({}, layers), options.cwd, null, environment);
  const written = await importConfig(file, options.version);
  return resolveConfig(layered(written, layers), dirname(file), file, environment);
}

/** Fields that a program knows beside the configuration file. Relative paths start at the file's folder. */
export interface ConfigLayers {
  /** What counts where the file says nothing. */
  under?: UserConfig | undefined;
  /** What counts whatever the file says. */
  over?: UserConfig | undefined;
}

/** Fields of objects (`site`, `output`) are laid over one by one. What is no configuration stays as it is, for the schema to refuse. Pure. */
export function layered(written: unknown, { under = {}, over = {} }: ConfigLayers): unknown {
  if (!isPlain(written)) return written;
  const merged: Record<string, unknown> = {};
  for (const layer of [under, written, over]) {
    const said = Object.entries(layer).filter(([, value]) => value !== undefined);
    // One takes the place of the other; that one layer has both is for the schema to refuse.
    const below = { ...merged };
    if (said.some(([name]) => name === 'outputs')) delete merged['output'];
    if (said.some(([name]) => name === 'output')) delete merged['outputs'];
    for (const [name, value] of said) {
      const lower = below[name];
      merged[name] = isPlain(value) && isPlain(lower) ? { ...lower, ...value } : (value as unknown);
    }
  }
  return merged;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function findConfig(cwd: string, named: string | undefined): string | null {
  const file = named === undefined ? configIn(cwd) : resolve(cwd, named);
  if (file === null) return null;
  if (existsSync(file)) {
    if (!UNREAD.includes(extname(file).slice(1))) return file;
    throw new CliError(
      'config_broken',
      `${file} is not read: the configuration is TypeScript, JavaScript or JSON.`,
      'Write the same fields into og.config.ts (export default { … }) or og.config.json.',
    );
  }
  throw new CliError(
    'config_missing',
    `There is no configuration at ${file}.`,
    `Check the path given to --config. Without --config, ${CONFIG_FILES.join(', ')} are looked for here.`,
  );
}

/**
 * Checks what the user wrote and fills in the defaults; paths start at `root`.
 * @throws CliError `config_invalid` that names every wrong field, what was found and what is allowed.
 */
export function resolveConfig(
  input: unknown,
  root: string,
  file: string | null,
  environment: Environment = {},
): Config {
  const parsed = userConfigSchema.safeParse(input);
  if (parsed.success) return fill(parsed.data, root, environment);
  const lines = issueLines(parsed.error.issues, input, KNOWN_FIELDS);
  throw new CliError(
    'config_invalid',
    `${file ?? 'The configuration'} is wrong in ${lines.length} ${lines.length === 1 ? 'place' : 'places'}:\n${lines.map((line) => `  - ${line}`).join('\n')}`,
    'Correct the named fields; with defineConfig from "og-sync" an editor shows what each may be.',
  );
}

function fill(user: ParsedConfig, root: string, environment: Environment): Config {
  const path = (value: string | undefined) => (value === undefined ? null : resolve(root, value));
  const outputs = configuredOutputs(user);
  const output = outputs[0]?.output ?? outputSchema.parse({});
  return {
    root,
    content: user.content?.map((glob) => slashed(glob)) ?? null,
    preset: user.preset ?? null,
    site: user.site ?? {},
    template: user.template ?? 'default',
    templates: path(user.templates),
    map: user.map ?? null,
    drafts: user.drafts ?? false,
    future: user.future ?? true,
    text: user.text ?? null,
    pathLanguage: user.pathLanguage ?? true,
    output,
    outputs,
    key: user.key ?? DEFAULT_KEY,
    store: user.store === undefined ? null : storeAddress(user.store, root),
    function: user.function ?? null,
    auth: user.auth ?? 'iam',
    publicUrl: publicUrlOf(user.publicUrl, environment),
    pages: path(user.pages),
    inject: user.inject ?? false,
    jsonLd: user.jsonLd ?? false,
    own: user.own ?? 'card',
    manifest: path(user.manifest),
    concurrency: user.concurrency ?? 10,
    batch: user.batch ?? 16,
    static: (user.static ?? ['public', 'static', '.']).map((folder) => resolve(root, folder)),
    imageHosts: user.imageHosts ?? [],
    named: new Set(Object.keys(user)),
  };
}

function configuredOutputs({ output, outputs }: ParsedConfig): ConfiguredOutput[] {
  if (outputs === undefined) return [{ name: null, output: output ?? outputSchema.parse({}), key: null }];
  return outputs.map(({ name, key = null, ...output }) => ({ name, output, key }));
}

/** Throws CliError `config_invalid` when the function of the configuration fails or returns no address. */
function publicUrlOf(value: ParsedConfig['publicUrl'], environment: Environment): string | null {
  if (typeof value !== 'function') return value ?? null;
  let returned: unknown;
  try {
    returned = value(environment);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalidPublicUrl(`threw: ${reason}`, cause);
  }
  const parsed = publicUrl.safeParse(returned);
  if (parsed.success) return parsed.data;
  throw invalidPublicUrl(`must return an https address; it returned ${show(returned)}`);
}

function invalidPublicUrl(what: string, cause?: unknown): CliError {
  return new CliError(
    'config_invalid',
    `publicUrl of the configuration ${what}.`,
    'It is called with the environment variables: return the address that this build is served from.',
    { cause },
  );
}
