/** A config file → what it exports. Its errors name file and line, without a stack. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { CliError } from '../errors.ts';

/**
 * What the file exports by default; a JSON file, what it holds. Node keeps what it has imported: another `version` reads the
 * file again (what it imports itself stays).
 * @throws CliError `config_broken` when it does not parse, does not load, throws, or exports nothing.
 */
export async function importConfig(file: string, version?: number): Promise<unknown> {
  if (file.endsWith('.json')) return readJson(file);
  const module = await importModule(file, version);
  if (!('default' in module))
    throw new CliError(
      'config_broken',
      `${file} has no default export.`,
      'End it with: export default defineConfig({ … })',
    );
  return module['default'];
}

async function importModule(file: string, version?: number): Promise<Record<string, unknown>> {
  const url = `${pathToFileURL(file).href}${version === undefined ? '' : `?${version}`}`;
  const hooks = await asModule(file, url);
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (cause) {
    const stack = cause instanceof Error ? cause.stack?.replaceAll(url, pathToFileURL(file).href) : undefined;
    const where = place(file, stack) ?? (await syntaxPlace(file, cause));
    throw new CliError('config_broken', `${where}: ${reason(cause)}`, hint(cause), { cause });
  } finally {
    hooks?.deregister();
  }
}

/**
 * A configuration is written as a module, but `npm init` makes packages of type "commonjs", in which Node would refuse
 * its imports: one with `import` or `export` is loaded as what it is.
 */
async function asModule(file: string, url: string): Promise<{ deregister(): void } | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (!/\.[jt]s$/.test(file) || !/^[\t ]*(import|export)\b/m.test(text)) return null;
  const format = file.endsWith('.ts') ? 'module-typescript' : 'module';
  return registerHooks({
    load: (at, context, next) => next(at, at === url ? { ...context, format } : context),
  });
}

async function readJson(file: string): Promise<unknown> {
  let text = '';
  try {
    text = await readFile(file, 'utf8');
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const at = /position (\d+)/.exec(String(cause));
    const line = at === null ? '' : `:${text.slice(0, Number(at[1])).split('\n').length}`;
    const what = String(cause instanceof Error ? cause.message : cause).replaceAll(/\s+/g, ' ');
    throw new CliError('config_broken', `${file}${line}: ${what}`, 'Correct the JSON.', { cause });
  }
}

function reason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? '';
}

/** The file with its line, where a stack names one of this file. */
function place(file: string, stack = ''): string | null {
  for (const name of [pathToFileURL(file).href, file]) {
    const at = stack.indexOf(`${name}:`);
    const line = at < 0 ? null : /^\d+/.exec(stack.slice(at + name.length + 1));
    if (line !== null) return `${file}:${line[0]}`;
  }
  return null;
}

/** A module's syntax error carries no line until Node prints it: let Node print it. */
async function syntaxPlace(file: string, cause: unknown): Promise<string> {
  if (!(cause instanceof SyntaxError)) return file;
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['--check', file], { timeout: 10_000 }, (_error, _stdout, stderr) =>
      resolve(stderr),
    );
  });
  return place(file, said) ?? file;
}

function hint(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ERR_MODULE_NOT_FOUND') return importHint(reason(cause));
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
    return 'Node runs TypeScript by leaving the types out: enums, namespaces and parameter properties do not work.';
  return 'Correct the configuration; "node <file>" shows the same error with its stack.';
}

function importHint(reason: string): string {
  if (/'og-sync'/.test(reason))
    return 'Install og-sync here (npm install --save-dev og-sync), or leave defineConfig out: a plain object will do.';
  return /dist[\\/]index\.js/.test(reason)
    ? 'og-sync is not built yet: npm run build.'
    : 'Install what the configuration imports, or correct the import (with its file ending).';
}
