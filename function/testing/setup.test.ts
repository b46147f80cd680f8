/** What a test run makes for itself: seen with a package index of our own, in a folder, and a Python that has nothing. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEEDS, sayMissing } from './machine.ts';
import { findPython, makePython, pythonWithMoto, PYTHON_VARIABLE } from './python.ts';
import { reachedFrom } from './reach.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'og-setup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Wheels that hold a name and a version, made by Python itself: node has no zip. */
const WHEELS = `
import sys, zipfile
for name, version, more in [
    ('moto', '5.2.1', 'Provides-Extra: server\\nRequires-Dist: boto3\\nRequires-Dist: flask; extra == "server"\\nRequires-Dist: flask_cors; extra == "server"\\n'),
    ('boto3', '1.0', ''), ('flask', '1.0', ''), ('flask_cors', '1.0', ''),
]:
    info = f'{name}-{version}.dist-info'
    with zipfile.ZipFile(f'{sys.argv[1]}/{name}-{version}-py3-none-any.whl', 'w') as wheel:
        wheel.writestr(f'{name}/__init__.py', '')
        wheel.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n{more}')
        wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr(f'{info}/RECORD', '')
`;

/** A machine whose python3 has the standard library alone, and whose pip is configured for a folder. */
async function bareMachine(): Promise<NodeJS.ProcessEnv> {
  const [tools, index] = [join(folder, 'tools'), join(folder, 'index')];
  await Promise.all([mkdir(tools), mkdir(index)]);
  const { stdout } = await run('python3', ['-c', 'import sys; print(sys.executable)']);
  await writeFile(join(tools, 'python3'), `#!/bin/sh\nexec '${stdout.trim()}' -I -S "$@"\n`);
  await chmod(join(tools, 'python3'), 0o755);
  await run('python3', ['-c', WHEELS, index]);
  return {
    PATH: `${tools}:/usr/bin:/bin`,
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: index,
  };
}

describe('a Python with moto', () => {
  it(
    'is made from the configured index, by two at once, and found from then on',
    { timeout: 120_000 },
    async () => {
      const env = await bareMachine();
      expect(await findPython(env)).toEqual({ path: null, maker: 'venv' });
      const [one, two] = await Promise.all([makePython('venv', env), makePython('venv', env)]);
      expect(one).toBe(two);
      expect(await findPython(env)).toEqual({ path: one, maker: null });
      expect(await readdir(join(folder, 'cache', 'og-sync', 'tests'))).toEqual(['moto-5.2.1']);
      expect(await pythonWithMoto(env)).toBe(one);
    },
  );

  it('is not looked for again once a run has settled on one', async () => {
    expect(await pythonWithMoto({ [PYTHON_VARIABLE]: '/settled' })).toBe('/settled');
  });

  it('cannot be made where there is neither Python nor uv', async () => {
    const env = { PATH: join(folder, 'nothing'), HOME: folder, XDG_CACHE_HOME: join(folder, 'nothing') };
    expect(await findPython(env)).toEqual({ path: null, maker: null });
    await expect(pythonWithMoto(env)).rejects.toThrow('python3-venv');
  });
});

it('names all that is missing at once, with one line for each system', () => {
  const said = sayMissing([NEEDS.python, NEEDS.compiler]);
  for (const part of [NEEDS.python.what, NEEDS.compiler.what]) expect(said).toContain(`- ${part}`);
  expect(said.split('\n').slice(-3)).toEqual([
    '  Debian, Ubuntu   sudo apt-get install --yes python3-venv g++ make cmake',
    '  Fedora           sudo dnf install --assumeyes python3 gcc-c++ make cmake',
    '  macOS            brew install python cmake',
  ]);
});

const from = async (path: string): Promise<(name: string) => boolean> => {
  const reached = await reachedFrom([join(import.meta.dirname, path)]);
  return (name) => reached.has(join(import.meta.dirname, name));
};

describe('what a test run makes is read from its imports:', () => {
  it('a test of a pure function needs nothing', async () => {
    const reaches = await from('../../cli/plan/plan.test.ts');
    expect(reaches('../../cli/plan/plan.ts')).toBe(true);
    expect(['product.ts', 'python.ts', 'ric.ts'].filter(reaches)).toEqual([]);
  });

  it('a test of the store needs the emulator, one of the packed product the product', async () => {
    expect((await from('../store/s3.aws.test.ts'))('python.ts')).toBe(true);
    expect((await from('../../cli/testing/package.chromium.test.ts'))('product.ts')).toBe(true);
  });

  it('a test of the handler under its own client needs all', async () => {
    const reaches = await from('../lambda/handler.lambda.test.ts');
    expect(['product.ts', 'python.ts', 'ric.ts'].filter(reaches)).toHaveLength(3);
  });
});
