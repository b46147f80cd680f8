import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagedVersion, prepareBrowser } from './inflate.ts';

const run = promisify(execFile);
const NAME = `chromium-${packagedVersion()}-x64`;
/** Inflates into the folder it is given, as a process of its own. */
const SCRIPT = `
  const { prepareBrowser } = await import(${JSON.stringify(new URL('./inflate.ts', import.meta.url).href)});
  const { executable, libraries } = await prepareBrowser(process.argv[1]);
  const { execFileSync } = await import('node:child_process');
  console.log(execFileSync(executable, ['--version'], { env: { LD_LIBRARY_PATH: libraries } }).toString());
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inflate-'));
});
afterEach(async () => {
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true });
});

describe('the packaged Chromium', () => {
  it('is inflated whole by two processes at once, and by one that finds a half of it', async () => {
    const both = await Promise.all(
      [1, 2].map(async () => run(process.execPath, ['--input-type=module', '-e', SCRIPT, folder])),
    );
    for (const { stdout } of both) expect(stdout).toContain('149.');
    expect(await readdir(folder)).toEqual([NAME]);

    const { executable } = await prepareBrowser(folder);
    const { size, ino } = await stat(executable);
    await truncate(executable, size / 2);
    const mended = await prepareBrowser(folder);
    expect(await stat(mended.executable)).toMatchObject({ size });
    expect((await stat(mended.executable)).ino).not.toBe(ino);
    expect(await readdir(folder)).toEqual([NAME]);
  }, 120_000);

  it('leaves nothing for long when a process is killed while it inflates', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, folder], { stdio: 'ignore' });
    await expect.poll(async () => readdir(folder), { timeout: 20_000 }).toHaveLength(1);
    const [half = ''] = await readdir(folder);
    await expect.poll(async () => readdir(join(folder, half)), { timeout: 20_000 }).toContain('alive');
    await mkdir(join(folder, NAME));
    await writeFile(join(folder, NAME, 'chromium'), 'stands in', { mode: 0o755 });
    await writeFile(join(folder, NAME, 'complete.json'), '{"chromium":9}');
    await prepareBrowser(folder);
    expect(await readdir(folder)).toEqual([half, NAME].sort());
    child.kill('SIGKILL');
    await once(child, 'exit');
    await prepareBrowser(folder);
    expect(await readdir(folder)).toEqual([NAME]);
  });

  it('is taken as it is when it is there, from a folder that cannot be written', async () => {
    await mkdir(join(folder, NAME, 'lib'), { recursive: true });
    await writeFile(join(folder, NAME, 'chromium'), 'stands in', { mode: 0o755 });
    await writeFile(join(folder, NAME, 'complete.json'), '{"chromium":9}');
    const before = await stat(join(folder, NAME));
    await chmod(folder, 0o555);
    const found = await prepareBrowser(folder);
    expect(found.executable).toBe(join(folder, NAME, 'chromium'));
    expect((await stat(join(folder, NAME))).mtimeMs).toBe(before.mtimeMs);
  });

  it('says what it needs where it cannot be written', async () => {
    await cp(import.meta.filename, join(folder, 'file'));
    await expect(prepareBrowser(join(folder, 'file'))).rejects.toMatchObject({
      code: 'browser_unavailable',
      message: expect.stringContaining(join(folder, 'file', NAME)) as string,
    });
    expect(await readdir(folder)).toEqual(['file']);
  });
});
