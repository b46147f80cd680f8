/**
 * From process start to the first stored image: `node bench/start.ts --runs 5`. Runs the built `og-sync` on one post with
 * an inflated browser; the clock is the operating system's, from spawn to the file.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const cli = join(import.meta.dirname, '..', 'dist', 'og-sync.js');

/** ms from spawn to the image under its own name, and to the end of the process. */
async function firstImage(folder: string): Promise<{ storedMs: number; endMs: number }> {
  const images = join(folder, 'images');
  await rm(images, { recursive: true, force: true });
  await mkdir(images);
  const startedAt = performance.now();
  const stored = new Promise<number>((resolve) => {
    const watcher = watch(images, (_, name) => {
      if (name !== 'post.jpg') return;
      watcher.close();
      resolve(performance.now() - startedAt);
    });
  });
  const child = spawn(process.execPath, [cli, '--store', images, '--quiet'], {
    cwd: folder,
    stdio: 'inherit',
  });
  await once(child, 'exit');
  return { storedMs: await stored, endMs: performance.now() - startedAt };
}

const folder = await mkdtemp(join(tmpdir(), 'og-start-'));
try {
  await mkdir(join(folder, 'content'));
  await writeFile(join(folder, 'content', 'post.md'), '---\ntitle: The first of many\n---\n');
  await firstImage(folder);
  for (let run = 1; run <= Number(values.runs); run += 1) {
    const { storedMs, endMs } = await firstImage(folder);
    console.log(`run ${run}: stored after ${Math.round(storedMs)} ms, ended after ${Math.round(endMs)} ms`);
  }
} finally {
  await rm(folder, { recursive: true });
}
