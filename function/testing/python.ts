/**
 * A Python that has moto, the AWS emulator, and with it botocore. One that is on the machine in the right version is taken
 * as it is; else one is made, once, in the cache folder, from the package index that pip or uv is configured for.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { NEEDS, sayMissing } from './machine.ts';

const run = promisify(execFile);
const MOTO = '5.2.1';
const REQUIREMENT = `moto[server]==${MOTO}`;
/** The oldest Python that this moto runs on. */
const OLDEST = '3.10';
/** An install over a slow network takes minutes. */
const INSTALL_MS = 600_000;

const HAS_MOTO = `
import importlib.metadata, importlib.util, sys
missing = [name for name in ('boto3', 'flask', 'flask_cors') if importlib.util.find_spec(name) is None]
sys.exit(0 if importlib.metadata.version('moto') == '${MOTO}' and not missing else 1)`;

const CAN_MAKE = `
import sys, venv, ensurepip
sys.exit(0 if sys.version_info >= (${OLDEST.replace('.', ', ')}) else 1)`;

/** How a virtual environment is made here; null: not at all. */
type Maker = 'venv' | 'uv' | null;

export interface Python {
  /** With moto in it; null when there is none yet. */
  path: string | null;
  maker: Maker;
}

async function succeeds(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return await run(command, args, { env }).then(
    () => true,
    () => false,
  );
}

/** The interpreters that a `moto_server` on the PATH may belong to: the one in its first line, the one beside it. */
async function ofMotoServer(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of path.split(delimiter)) {
    const script = join(folder, 'moto_server');
    const text = await readFile(script, 'utf8').catch(() => null);
    if (text === null) continue;
    const interpreter = /^#!(\/\S*python\S*)/.exec(text)?.[1];
    if (interpreter !== undefined) found.push(interpreter);
    found.push(join(folder, 'python3'), join(dirname(await realpath(script)), 'python3'));
  }
  return found;
}

/** Where a test run leaves the path of the Python that it has found or made, for the processes that run the tests. */
export const PYTHON_VARIABLE = 'OG_TEST_PYTHON';

function cached(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'og-sync', 'tests', `moto-${MOTO}`);
}

/** Looks for a Python with moto, and for a way to make one. Installs nothing. */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<Python> {
  const candidates = [
    ...(await ofMotoServer(env['PATH'] ?? '')),
    'python3',
    join(cached(env), 'bin', 'python3'),
  ];
  for (const path of new Set(candidates))
    if (await succeeds(path, ['-c', HAS_MOTO], env)) return { path, maker: null };
  if (await succeeds('python3', ['-c', CAN_MAKE], env)) return { path: null, maker: 'venv' };
  return { path: null, maker: (await succeeds('uv', ['--version'], env)) ? 'uv' : null };
}

/**
 * Makes a virtual environment with moto in the cache folder and returns its Python. Two at once make two, and the first
 * to be complete stays: nobody waits, nobody sees half of one.
 *
 * @throws Error with what pip or uv said
 */
export async function makePython(
  maker: 'venv' | 'uv',
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const folder = cached(env);
  const making = `${folder}.${randomUUID()}`;
  const python = join(making, 'bin', 'python3');
  await mkdir(dirname(folder), { recursive: true });
  try {
    const options = { timeout: INSTALL_MS, maxBuffer: 16 * 1024 * 1024, env };
    if (maker === 'uv') {
      await run('uv', ['venv', '--quiet', '--python', `>=${OLDEST}`, making], options);
      await run('uv', ['pip', 'install', '--quiet', '--python', python, REQUIREMENT], options);
    } else {
      await run('python3', ['-m', 'venv', making], options);
      await run(
        python,
        ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', REQUIREMENT],
        options,
      );
    }
    // What is there by now is complete, or a leftover that did not answer: it makes room.
    if (!(await succeeds(join(folder, 'bin', 'python3'), ['-c', HAS_MOTO], env)))
      await rm(folder, { recursive: true, force: true });
    await rename(making, folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return join(folder, 'bin', 'python3');
}

/** The Python with moto: the one that this test run has settled on, else one that is found or made now. @throws Error */
export async function pythonWithMoto(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const settled = env[PYTHON_VARIABLE];
  if (settled !== undefined && settled !== '') return settled;
  const { path, maker } = await findPython(env);
  if (path !== null) return path;
  if (maker === null) throw new Error(sayMissing([NEEDS.python]));
  return await makePython(maker, env);
}
