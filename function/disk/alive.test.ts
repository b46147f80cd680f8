import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { markAlive, sweepAbandoned } from './alive.ts';

const DAY = 24 * 3600_000;
/** Marks the folder it is given; `busy`: and never turns to anything else again. */
const SCRIPT = `
  const { markAlive } = await import(${JSON.stringify(new URL('./alive.ts', import.meta.url).href)});
  await markAlive(process.argv[1]);
  setInterval(() => {}, 1000);
  process.stdout.write('ready', () => { if (process.argv[2] === 'busy') for (;;); });
`;

let outer: string;
let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'alive-'));
  folder = join(outer, 'f');
  await mkdir(folder);
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = undefined;
  await rm(outer, { recursive: true });
});

async function owner(how = 'idle'): Promise<ChildProcess> {
  child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, folder, how], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout ?? child, 'data');
  return child;
}

async function isSwept(now = Date.now()): Promise<boolean> {
  await sweepAbandoned([folder], now);
  return !(await readdir(outer)).includes('f');
}

it.each(['SIGKILL', 'SIGTERM', 'SIGQUIT', 'SIGSEGV'] as const)(
  'a folder is kept while its owner lives, however old it is, and swept when %s ended it',
  async (signal) => {
    const process = await owner();
    expect(await isSwept(Date.now() + 30 * DAY)).toBe(false);
    process.kill(signal);
    await once(process, 'exit');
    expect(await isSwept()).toBe(true);
  },
);

it('a folder is kept while its owner is busy, or stopped, or asked by many', async () => {
  const busy = await owner('busy');
  expect(await isSwept()).toBe(false);
  busy.kill('SIGSTOP');
  const many = Array.from({ length: 1000 }, () => isSwept());
  expect((await Promise.all(many)).filter(Boolean)).toEqual([]);
}, 60_000);

it('a folder whose mark was taken away, or that never had one, is swept after a day', async () => {
  const unmark = await markAlive(folder);
  expect(await isSwept(Date.now() + 2 * DAY)).toBe(false);
  await unmark();
  expect(await readdir(folder)).toEqual([]);
  expect(await isSwept()).toBe(false);
  expect(await isSwept(Date.now() + 2 * DAY)).toBe(true);
});

it('a file of the same name is no mark', async () => {
  await writeFile(join(folder, 'alive'), '');
  expect(await isSwept()).toBe(false);
});

it('a folder too deep for a socket is kept all the same', async () => {
  folder = join(outer, 'f', 'x'.repeat(120));
  await mkdir(folder);
  const unmark = await markAlive(folder);
  await sweepAbandoned([folder], Date.now());
  expect(await readdir(join(outer, 'f'))).toHaveLength(1);
  await unmark();
});
