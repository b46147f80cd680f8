import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../testing/files.ts';
import { runCli } from '../testing/process.ts';

/** Node's folder of compiled code holds one for each of its versions. */
async function kept(folder: string): Promise<number> {
  return (await readdir(folder, { recursive: true }).catch(() => [])).length;
}

test('compiled code is kept where the cache is', async () => {
  const cwd = await folderWith({ 'content/a.md': '---\ntitle: A\n---\n' });
  const cache = join(cwd, 'cache');
  const { code } = await runCli(['plan'], { cwd, env: { OG_CACHE_DIR: cache } });
  expect(code).toBe(0);
  expect(await kept(join(cache, 'code'))).toBeGreaterThan(5);
});

test('is not kept when Node is told so', async () => {
  const cwd = await folderWith({ 'content/a.md': '---\ntitle: A\n---\n' });
  const cache = join(cwd, 'cache');
  const env = { OG_CACHE_DIR: cache, NODE_DISABLE_COMPILE_CACHE: '1' };
  expect((await runCli(['plan'], { cwd, env })).code).toBe(0);
  expect(await kept(join(cache, 'code'))).toBe(0);
});

test('a run without a place for it says nothing and works', async () => {
  const cwd = await folderWith({ 'content/a.md': '---\ntitle: A\n---\n' });
  await writeFile(join(cwd, 'cache'), '');
  const { code, stderr } = await runCli(['plan'], { cwd, env: { OG_CACHE_DIR: join(cwd, 'cache') } });
  expect({ code, stderr: stderr.includes('cache') }).toEqual({ code: 0, stderr: false });
});
