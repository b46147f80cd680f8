import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChrome, isPackaged } from './find-chrome.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-'));
  for (const name of ['chrome', 'chrome-headless-shell', 'headless_shell'])
    await writeFile(join(folder, name), '', { mode: 0o755 });
  await writeFile(join(folder, 'text'), '', { mode: 0o644 });
});
afterAll(async () => rm(folder, { recursive: true }));

describe('the browser', () => {
  it.each([
    ['chrome', false],
    ['chrome-headless-shell', true],
    ['headless_shell', true],
  ])('is the one that is named: %s', async (name, shell) => {
    const chromePath = join(folder, name);
    expect(await findChrome({ cacheDir: folder, chromePath })).toEqual({
      executable: chromePath,
      shell,
      libraries: null,
    });
  });

  it.each(['text', 'missing', ''])('is refused when the named one cannot be run: %j', async (name) => {
    await expect(findChrome({ cacheDir: folder, chromePath: join(folder, name) })).rejects.toMatchObject({
      code: 'browser_unavailable',
      message: expect.stringContaining('CHROME_PATH') as string,
    });
  });

  it('is packaged for Linux on x64 alone', () => {
    expect(isPackaged({ platform: 'linux', arch: 'x64' })).toBe(true);
    for (const machine of [
      { platform: 'linux', arch: 'arm64' },
      { platform: 'darwin', arch: 'x64' },
      { platform: 'win32', arch: 'x64' },
    ] as const)
      expect(isPackaged(machine)).toBe(false);
  });

  it.each(['win32', 'freebsd'] as const)('is asked for where %s has none', async (platform) => {
    await expect(findChrome({ cacheDir: folder }, { platform, arch: 'x64' })).rejects.toMatchObject({
      code: 'browser_unavailable',
      hint: expect.stringContaining('CHROME_PATH') as string,
    });
  });
});
