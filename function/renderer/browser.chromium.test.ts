import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Browser } from './browser.ts';
import { launch } from './browser.ts';
import { ExitHooks } from './exit-hooks.ts';
import { prepareBrowser } from './inflate.ts';
import { CACHE, fontconfig } from './testing/fixture.ts';
import { descendantsOf } from './testing/processes.ts';

let temporary: string;
let browser: Browser | null;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'browser-'));
  browser = null;
});
afterEach(async () => {
  browser?.kill();
  await browser?.gone;
  await rm(temporary, { recursive: true });
});

async function start(executable?: string): Promise<Browser> {
  const inflated = await prepareBrowser(CACHE);
  browser = await launch({
    chrome: { executable: executable ?? inflated.executable, shell: true, libraries: inflated.libraries },
    fontconfig: await fontconfig(),
    startTimeoutMs: executable === undefined ? 20_000 : 300,
    exitHooks: new ExitHooks(),
    temporary,
  });
  return browser;
}

const ofProcess = async (pid: number, file: string): Promise<string> =>
  readFile(`/proc/${pid}/${file}`, 'utf8');

describe('a browser process', () => {
  it('takes the shared libraries of the package where it is told to', async () => {
    const { pid } = await start();
    const { libraries } = await prepareBrowser(CACHE);
    const maps = await ofProcess(pid, 'maps');
    for (const library of ['libnss3.so', 'libnspr4.so', 'libexpat.so.1'])
      expect(maps).toContain(join(libraries, library));
  });

  it('gets none of our variables, writes to its own folder and dumps no core', async () => {
    process.env['OG_TEST_SECRET'] = 'do not tell';
    try {
      const { pid } = await start();
      const environ = (await ofProcess(pid, 'environ')).split('\0').filter(Boolean);
      const names = environ.map((variable) => variable.split('=')[0] ?? '').sort();
      expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(
        ['FONTCONFIG_FILE', 'HOME', 'LANG', 'LD_LIBRARY_PATH', 'TMPDIR', 'TZ'].sort(),
      );
      expect(environ.find((variable) => variable.startsWith('HOME='))).toContain(temporary);
      expect(await ofProcess(pid, 'limits')).toMatch(/Max core file size +0 /);
    } finally {
      delete process.env['OG_TEST_SECRET'];
    }
  });

  it('draws all its pages in one process', async () => {
    const { pid, connection } = await start();
    for (let page = 0; page < 3; page += 1) {
      const session = await connection.openTarget(true);
      // An answer comes from the process that draws the page, so it runs.
      await session.send('Runtime.evaluate', { expression: '1' });
    }
    const commands = (await descendantsOf(pid)).map(async (child) => ofProcess(child, 'cmdline'));
    const drawing = (await Promise.all(commands)).filter((command) => command.includes('--type=renderer'));
    expect(drawing).toHaveLength(1);
  });

  it('that does not answer in time is ended and named, and leaves no folder', async () => {
    const silent = join(temporary, 'silent');
    await writeFile(silent, '#!/bin/sh\necho "missing libfoo.so" >&2\nexec sleep 60\n', { mode: 0o755 });
    await expect(start(silent)).rejects.toMatchObject({
      code: 'browser_unavailable',
      message: expect.stringMatching(/silent did not start: missing libfoo\.so/) as string,
    });
    expect(await readdir(temporary)).toEqual(['silent']);
  });

  it('is gone with its folder when it is killed, and killing it again does no harm', async () => {
    const victim = await start();
    const session = await victim.connection.openTarget(true);
    const asked = session.send('Runtime.evaluate', { expression: 'for(;;);' });
    victim.kill();
    victim.kill();
    await expect(asked).rejects.toThrow('Target closed');
    await victim.gone;
    expect(await readdir(temporary)).toEqual([]);
  });
});
