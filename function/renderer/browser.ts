/** One browser process with its profile folder: started, used, killed, and nothing of it left. */
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { FunctionError } from '../contract.ts';
import { Connection } from './connection.ts';
import type { ExitHooks } from './exit-hooks.ts';
import type { Chrome } from './find-chrome.ts';
import { flags } from './flags.ts';
import { freeMegabytes, hasSmallSharedMemory, makeProfile } from './profile.ts';
import { inspectSystem, startTrouble } from './start-errors.ts';

export interface LaunchOptions {
  chrome: Chrome;
  /** Called once its process runs; it is not ready then. */
  onSpawn?: (() => void) | undefined;
  /** A fontconfig file; the browser knows no other font. */
  fontconfig: string;
  /** Time from spawn to the first answer, in ms. */
  startTimeoutMs: number;
  exitHooks: ExitHooks;
  /** Where profile folders are made. */
  temporary?: string;
}

export interface Browser {
  readonly pid: number;
  readonly connection: Connection;
  /** Whether it draws a frame only when asked. */
  readonly byFrame: boolean;
  /** Settles when the process is gone and its folder removed, whatever the reason. */
  readonly gone: Promise<void>;
  /** Ends all processes of this browser at once. Idempotent. */
  kill(): void;
}

const LOG_TAIL = 2000;
const CHILDREN_MS = 2000;
/** A process whose pipes have closed ends within this. */
const ENDING_MS = 500;

/** Variables of our own process, secrets among them, never reach the browser. */
function environment(profile: string, { chrome, fontconfig }: LaunchOptions): Record<string, string> {
  return {
    HOME: profile,
    TMPDIR: profile,
    FONTCONFIG_FILE: fontconfig,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...(chrome.libraries === null ? {} : { LD_LIBRARY_PATH: chrome.libraries }),
  };
}

/** A crash must not fill the disk with core files of 300 MB: a limit that only a shell can set. */
function command(executable: string, args: string[]): [string, string[]] {
  return process.platform === 'win32'
    ? [executable, args]
    : ['/bin/sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', executable, ...args]];
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    // The browser leads a process group of its own; its children are in it.
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of them are gone already.
  }
}

/** Settles when the browser's own process has ended, or never began. */
async function exited(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}

/** Settles when nobody holds an end of its pipes any more: then its children have ended too. */
async function closed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
}

/**
 * Starts a browser.
 * @throws FunctionError `browser_unavailable` when it does not start, or does not answer in time.
 */
export async function launch(options: LaunchOptions): Promise<Browser> {
  const { chrome, startTimeoutMs, temporary = tmpdir() } = options;
  const [profile, smallSharedMemory] = await Promise.all([
    makeProfile(temporary).catch((cause: unknown) => {
      throw new FunctionError(
        'browser_unavailable',
        `No folder for the browser could be made in ${temporary}: ${String(cause)}.`,
        'Make room there, or make it writable.',
        { cause },
      );
    }),
    hasSmallSharedMemory(),
  ]);
  const args = flags({
    profile: profile.folder,
    shell: chrome.shell,
    platform: process.platform,
    smallSharedMemory,
  });
  const child = spawn(...command(chrome.executable, args), {
    cwd: profile.folder,
    env: environment(profile.folder, options),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  child.once('spawn', () => options.onSpawn?.());
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log = (log + String(chunk)).slice(-LOG_TAIL)));
  const releaseHooks = options.exitHooks.add(() => {
    killTree(child);
    profile.removeNow();
  });
  let connection: Connection | null = null;
  const kill = (): void => {
    killTree(child);
    connection?.close();
  };
  const allClosed = closed(child);
  const tidy = async (): Promise<void> => {
    await exited(child);
    kill();
    await Promise.race([allClosed, setTimeout(CHILDREN_MS, undefined, { ref: false })]);
    await profile.remove().catch(() => undefined);
    releaseHooks();
  };
  const gone = tidy();
  let spawnError: Error | null = null;
  child.once('error', (error) => (spawnError = error));
  let timedOutMs: number | null = null;
  const deadline = new AbortController();
  const giveUp = (): void => {
    timedOutMs = startTimeoutMs;
    kill();
  };
  void setTimeout(startTimeoutMs, undefined, deadline).then(giveUp, () => undefined);
  try {
    connection = await Connection.open(child.stdio[3] as Writable, child.stdio[4] as Readable);
  } catch (cause) {
    // It may have ended just now, by itself: then how it ended says more than the kill.
    if (child.exitCode === null && child.signalCode === null)
      await Promise.race([exited(child), setTimeout(ENDING_MS, undefined, { ref: false })]);
    const { exitCode, signalCode } = child;
    kill();
    await gone;
    const system = await inspectSystem(temporary, await freeMegabytes(temporary));
    const { executable } = chrome;
    const { message, hint } = startTrouble(
      { executable, log: log.trim(), exitCode, signal: signalCode, spawnError, timedOutMs },
      system,
    );
    throw new FunctionError('browser_unavailable', message, hint, { cause });
  } finally {
    deadline.abort();
  }
  return {
    pid: child.pid ?? 0,
    connection,
    byFrame: chrome.shell,
    gone,
    kill,
  };
}
