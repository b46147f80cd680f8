/**
 * Vitest's global set-up. Makes what the tests of this run need, and no more: the built product, a Python with moto, AWS's
 * runtime interface client. What the machine lacks is named before the first test, all at once.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject, Vitest } from 'vitest/node';
import { NEEDS, sayMissing } from './machine.ts';
import { buildProduct, ROOT } from './product.ts';
import { findPython, makePython, PYTHON_VARIABLE } from './python.ts';
import { reachedFrom } from './reach.ts';
import { buildRic, isRicBuilt } from './ric.ts';

const run = promisify(execFile);

/** The test files of this run. All of them where a person watches, since any may be next. */
async function filesOf(vitest: Vitest): Promise<string[]> {
  // Vitest keeps to itself what the command line asked for. Should it stop doing so, everything is made.
  const asked: unknown = vitest.config.watch ? undefined : Reflect.get(vitest, 'filenamePattern');
  const patterns = Array.isArray(asked) ? asked.map(String) : undefined;
  return (await vitest.globTestSpecifications(patterns)).map(({ moduleId }) => moduleId);
}

const fails = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => false,
    () => true,
  );

const noCompiler = async (): Promise<boolean> =>
  (await Promise.all(['c++', 'make', 'cmake'].map((tool) => fails(run(tool, ['--version']))))).some(Boolean);

const noShells = async (): Promise<boolean> =>
  (await Promise.all(['zsh', 'fish'].map((shell) => fails(run(shell, ['--version']))))).some(Boolean);

/** The package brings a browser for Linux on x64. Elsewhere the renderer looks for one: in Node, since Vitest cannot load it here. */
async function noBrowser(): Promise<boolean> {
  if (process.platform === 'linux' && process.arch === 'x64') return false;
  const look = `const { findChrome } = await import('./function/renderer/find-chrome.ts');
    await findChrome({ cacheDir: '', chromePath: process.env.CHROME_PATH });`;
  return await fails(run(process.execPath, ['--input-type=module', '--eval', look], { cwd: ROOT }));
}

/** @throws Error naming all that is missing on this machine, or what failed to be made */
export default async function setup({ vitest }: TestProject): Promise<void> {
  const reached = await reachedFrom(await filesOf(vitest));
  const needs = (module: string): boolean => reached.has(join(import.meta.dirname, module));
  const needsRic = needs('ric.ts') && !isRicBuilt();
  const python = needs('python.ts') ? await findPython() : null;

  const missing = [
    ...(python !== null && python.path === null && python.maker === null ? [NEEDS.python] : []),
    ...(needs('../renderer/find-chrome.ts') && (await noBrowser()) ? [NEEDS.browser] : []),
    ...(needsRic && (await noCompiler()) ? [NEEDS.compiler] : []),
    ...(needs('../../cli/commands/completion/completion.shells.test.ts') && (await noShells())
      ? [NEEDS.shells]
      : []),
  ];
  if (missing.length > 0) throw brief(sayMissing(missing));

  await Promise.all([
    needs('product.ts') ? buildProduct() : null,
    needsRic ? buildRic() : null,
    python === null ? null : settle(python),
  ]);
}

async function settle({ path, maker }: Awaited<ReturnType<typeof findPython>>): Promise<void> {
  if (path === null && maker !== null)
    process.stderr.write(`moto, the AWS emulator of the tests, is installed once, with ${maker}.\n`);
  process.env[PYTHON_VARIABLE] =
    path ??
    (await makePython(maker ?? 'venv').catch((cause: unknown) => {
      const said = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
      throw brief(`moto, the AWS emulator of the tests, could not be installed:\n${said}`);
    }));
}

/** Vitest prints the stack of what a set-up throws; here the message says it all. */
function brief(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}
