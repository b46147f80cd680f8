import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProfile, sweepProfiles } from './profile.ts';
import { descendantsOf, living } from './testing/processes.ts';

const CHILD = join(import.meta.dirname, 'testing/child.ts');

let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'leftovers-'));
});
afterEach(async () => rm(temporary, { recursive: true }));

async function start(then: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, temporary, then], { stdio: ['ignore', 'pipe', 'ignore'] });
  return child;
}

/** Starts a program, waits until it has drawn, does something to it; tells how it ended and what of it is left. */
async function life(then: string, act: (child: ChildProcess) => void) {
  const child = await start(then);
  await once(child.stdout ?? child, 'data');
  const browsers = await descendantsOf(child.pid ?? 0);
  act(child);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return { end: code ?? signal, browsers };
}

describe('a program that ends without closing the renderer', () => {
  it.each([
    ['gets SIGTERM', 'wait', 'SIGTERM', 'SIGTERM'],
    ['gets SIGINT', 'wait', 'SIGINT', 'SIGINT'],
    ['gets SIGQUIT', 'wait', 'SIGQUIT', 'SIGQUIT'],
    ['gets SIGABRT', 'wait', 'SIGABRT', 'SIGABRT'],
    ['closes by itself on SIGTERM', 'listen', 'SIGTERM', 7],
  ] as const)('leaves nothing when it %s', async (_, then, signal, end) => {
    const ended = await life(then, (child) => child.kill(signal));
    expect(ended.end).toBe(end);
    await gone(ended.browsers);
    expect(await readdir(temporary)).toEqual([]);
  });

  it.each([
    ['exits', 'exit', 5],
    ['dies of an error', 'throw', 1],
    ['closes and has nothing more to do', 'close', 0],
  ])('leaves nothing when it %s', async (_, then, end) => {
    const child = await start(then);
    const out = text(child.stdout ?? process.stdin);
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(end);
    expect(JSON.parse(await out)).toEqual([1200, 1200, 1200, 1200]);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('leaves no process when it is killed, and its folders go with the next start', async () => {
    const { browsers, end } = await life('wait', (child) => child.kill('SIGKILL'));
    expect(end).toBe('SIGKILL');
    expect(browsers.length).toBeGreaterThan(1);
    await gone(browsers);
    expect(await readdir(temporary)).toHaveLength(2);
    const mine = await makeProfile(temporary);
    await mkdir(join(temporary, 'og-sync-1-of-an-earlier-version'));
    await writeFile(join(temporary, 'og-sync.txt'), 'somebody else');
    await sweepProfiles(temporary);
    expect((await readdir(temporary)).sort()).toEqual(
      ['og-sync-1-of-an-earlier-version', 'og-sync.txt', basename(mine.folder)].sort(),
    );
    await sweepProfiles(temporary, Date.now() + 25 * 3600_000);
    expect((await readdir(temporary)).sort()).toEqual(['og-sync.txt', basename(mine.folder)].sort());
    await mine.remove();
  });
});

describe('a disk on which nothing can be written', () => {
  it('is named, leaves nothing, and does not hang', async () => {
    const child = spawn(
      '/bin/sh',
      ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, CHILD, temporary, 'close'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    expect(JSON.parse(await text(child.stdout))).toEqual(
      Array.from({ length: 4 }, () => 'browser_unavailable'),
    );
    expect(await readdir(temporary)).toEqual([]);
  });
});

/** A killed process is gone in a moment, but not at once. */
async function gone(pids: number[]): Promise<void> {
  await expect.poll(async () => living(pids), { timeout: 10_000 }).toEqual([]);
}
