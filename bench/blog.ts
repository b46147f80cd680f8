/**
 * A whole blog: `node bench/blog.ts --posts 1000`. Runs the built `og-sync` on that many posts into an empty folder, then
 * again with nothing to do, and prints wall time, CPU time and peak memory of all its processes, and CPU time by kind of process.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cpuOf, kindOf, usage } from './proc.ts';

const { values } = parseArgs({ options: { posts: { type: 'string', default: '1000' } } });
const posts = Number(values.posts);
const cli = join(import.meta.dirname, '..', 'dist', 'og-sync.js');
const TEMPLATES = ['default', 'editorial', 'docs', 'minimal', 'terminal'];
const SAMPLE_MS = 200;

const post = (i: number): string =>
  `---
title: Post ${i}, and what it is about in a few more words
description: The description of post ${i}, long enough for two lines on most of the templates there are.
date: 2025-01-${String((i % 28) + 1).padStart(2, '0')}
tags: [number ${i}, bench]
template: ${TEMPLATES[i % TEMPLATES.length]}
---
`;

function total(times: Iterable<number>): string {
  return ([...times].reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(1);
}

async function sync(folder: string): Promise<void> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [cli], { cwd: folder, stdio: 'inherit' });
  const pid = child.pid ?? 0;
  const done = new AbortController();
  const exit = once(child, 'exit').finally(() => done.abort());
  let peak = 0;
  const cpuMs = new Map<number, number>();
  const kinds = new Map<number, string>();
  while (!done.signal.aborted) {
    peak = Math.max(peak, usage(pid).pssBytes);
    for (const [one, ms] of cpuOf(pid)) {
      cpuMs.set(one, Math.max(cpuMs.get(one) ?? 0, ms));
      if (!kinds.has(one)) kinds.set(one, kindOf(one, pid) ?? 'gone');
    }
    await sleep(SAMPLE_MS, undefined, { signal: done.signal }).catch(() => {});
  }
  await exit;
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    `${seconds.toFixed(1)} s, ${total(cpuMs.values())} s of CPU, ${Math.round(peak / 1e6)} MB at most`,
  );
  const byKind = Map.groupBy(cpuMs, ([one]) => kinds.get(one) ?? 'gone');
  for (const [kind, those] of byKind) console.log(`  ${kind}: ${total(those.map(([, ms]) => ms))} s of CPU`);
}

const folder = await mkdtemp(join(tmpdir(), 'og-blog-'));
try {
  await mkdir(join(folder, 'content'));
  await Promise.all(
    Array.from({ length: posts }, (_, i) => writeFile(join(folder, 'content', `post-${i}.md`), post(i))),
  );
  await sync(folder);
  await sync(folder);
} finally {
  await rm(folder, { recursive: true });
}
