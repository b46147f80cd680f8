/** Why a browser did not start, and what cures it on this system. Chromium itself says little: without /proc, nothing at all. */
import { access } from 'node:fs/promises';

/** How the start ended. */
export interface FailedStart {
  executable: string;
  /** The last that it wrote to stderr. */
  log: string;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** It could not even be spawned. */
  spawnError: Error | null;
  /** It was given up after so many ms; null: it ended by itself. */
  timedOutMs: number | null;
}

/** What of the system decides. Handed in, so that each can be tested on any. */
export interface System {
  platform: NodeJS.Platform;
  arch: string;
  /** Whether /proc is mounted. */
  hasProc: boolean;
  /** Whether glibc's loader is there; on Alpine it is not. */
  hasGlibc: boolean;
  /** Room in the temporary folder, MB. */
  freeMegabytes: number;
  temporary: string;
}

interface Trouble {
  message: string;
  hint: string;
}

const LOADERS: Record<string, string> = {
  x64: '/lib64/ld-linux-x86-64.so.2',
  arm64: '/lib/ld-linux-aarch64.so.1',
};

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Looks at the machine this runs on. */
export async function inspectSystem(temporary: string, freeMegabytes: number): Promise<System> {
  const { platform, arch } = process;
  const loader = LOADERS[arch];
  const [hasProc, hasGlibc] = await Promise.all([
    exists('/proc/self'),
    loader === undefined ? true : exists(loader),
  ]);
  return { platform, arch, hasProc, hasGlibc, freeMegabytes, temporary };
}

/** Packages of Debian and Fedora by the library they hold. */
const PACKAGES: Record<string, readonly [debian: string, fedora: string]> = {
  'libnss3.so': ['libnss3', 'nss'],
  'libnssutil3.so': ['libnss3', 'nss-util'],
  'libsmime3.so': ['libnss3', 'nss'],
  'libnspr4.so': ['libnspr4', 'nspr'],
  'libexpat.so.1': ['libexpat1', 'expat'],
  'libglib-2.0.so.0': ['libglib2.0-0', 'glib2'],
  'libdbus-1.so.3': ['libdbus-1-3', 'dbus-libs'],
  'libatk-1.0.so.0': ['libatk1.0-0', 'atk'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0', 'at-spi2-atk'],
  'libcups.so.2': ['libcups2', 'cups-libs'],
  'libgbm.so.1': ['libgbm1', 'mesa-libgbm'],
  'libasound.so.2': ['libasound2', 'alsa-lib'],
  'libxkbcommon.so.0': ['libxkbcommon0', 'libxkbcommon'],
};

/** How an ordinary browser is installed here. */
export function installHint({ platform, arch }: Pick<System, 'platform' | 'arch'>): string {
  if (platform === 'darwin')
    return 'Install Chrome ("brew install --cask google-chrome"), or let CHROME_PATH name a Chrome or Chromium.';
  if (platform === 'win32')
    return 'Install Chrome ("winget install Google.Chrome"), or let CHROME_PATH name a Chrome, Chromium or Edge.';
  const brought = arch === 'x64' ? '' : ` og-sync brings a browser for Linux x64 only, and this is ${arch}.`;
  return `Install Chromium ("apt-get install chromium", "dnf install chromium"), or let CHROME_PATH name one.${brought}`;
}

const ALPINE =
  'Use an image with glibc (node:24-slim instead of node:24-alpine), or "apk add chromium" and set CHROME_PATH=/usr/bin/chromium.';

/** What happened and what to do about it. Pure. */
export function startTrouble(start: FailedStart, system: System): Trouble {
  const { executable, log, exitCode, signal, spawnError, timedOutMs } = start;
  const did = `The browser ${executable} did not start`;
  const words = firstWords(log);
  const linux = system.platform === 'linux';
  if (spawnError !== null && /\/bin\/sh/.test(spawnError.message))
    return {
      message: `${did}: this system has no /bin/sh, which starts it.`,
      hint: 'Use an image with a shell, such as node:24-slim.',
    };
  if (linux && !system.hasProc)
    return {
      message: `${did}: /proc is not mounted, and Chromium cannot run without it.`,
      hint: 'Mount it ("mount -t proc proc /proc"), or run in a container that has it.',
    };
  const library = /error while loading shared libraries: ([\w.+-]+)/.exec(log)?.[1];
  if (library !== undefined) return missingLibrary(did, library);
  const glibc = /version `GLIBC_([\d.]+)' not found/.exec(log)?.[1];
  if (glibc !== undefined)
    return {
      message: `${did}: it needs glibc ${glibc}, and this system has an older one.`,
      hint: 'Use a newer system or image (Debian 12, Ubuntu 22.04, Amazon Linux 2023), or let CHROME_PATH name a browser made for this one.',
    };
  if (
    linux &&
    !system.hasGlibc &&
    (exitCode === 127 || spawnError !== null || /not found|No such file/.test(log))
  )
    return { message: `${did}: it needs glibc, and this system has another C library (musl).`, hint: ALPINE };
  if (exitCode === 127)
    return {
      message: `${did}: what it runs with, its loader or interpreter, is not on this system.`,
      hint: installHint(system),
    };
  if (exitCode === 126 || /Exec format error/.test(log)) return notExecutable(did, log, system);
  if (/No space left on device/.test(log) || system.freeMegabytes < 20)
    return {
      message: `${did}: there is no room left in ${system.temporary} (${system.freeMegabytes} MB are free).`,
      hint: 'Make room there, or let TMPDIR name another folder.',
    };
  if (timedOutMs !== null)
    return {
      message: `${did}: ${words === '' ? 'it' : `${words}. It`} gave no answer within ${timedOutMs / 1000} s.`,
      hint: 'The machine is too busy, or has too little memory: give it more, or start fewer browsers.',
    };
  if (signal === 'SIGKILL')
    return {
      message: `${did}: it was killed, as the system does when memory runs out.`,
      hint: 'Give the process 1 GB of memory or more.',
    };
  return {
    message: `${did}: ${words || (spawnError?.message ?? endOf(exitCode, signal))}.`,
    hint: `Start it by hand to see more ("${executable} --version"), or let CHROME_PATH name another Chrome or Chromium. It needs memory, and room in ${system.temporary} (${system.freeMegabytes} MB are free).`,
  };
}

function missingLibrary(did: string, library: string): Trouble {
  const [debian, fedora] = PACKAGES[library] ?? [];
  return {
    message: `${did}: the library ${library} is missing.`,
    hint:
      debian === undefined || fedora === undefined
        ? `Install the package that holds it ("apt-file search ${library}", "dnf provides '*/${library}'"), or a whole Chromium, and let CHROME_PATH name it.`
        : `Install it: "apt-get install ${debian}" on Debian and Ubuntu, "dnf install ${fedora}" on Fedora and Amazon Linux.`,
  };
}

function notExecutable(did: string, log: string, { arch, platform }: System): Trouble {
  if (/Exec format error/.test(log))
    return {
      message: `${did}: it was made for another processor than ${arch}.`,
      hint: installHint({ platform, arch }),
    };
  return {
    message: `${did}: it may not be executed where it lies.`,
    hint: 'The folder may be mounted "noexec": let OG_CACHE_DIR name another one. Else give the file the right to be executed (chmod +x).',
  };
}

/** The line that says what was fatal, else the first one; without Chromium's own prefix. */
function firstWords(log: string): string {
  const lines = log.split('\n').map((line) => line.replace(/^\[[^\]]*\]\s*/, '').trim());
  const fatal = log.split('\n').findIndex((line) => /FATAL|rror/.test(line));
  return (lines[fatal] ?? lines.find((line) => line !== '') ?? '').slice(0, 300).replace(/\.$/, '');
}

function endOf(exitCode: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `it ended with code ${exitCode}` : `it ended by ${signal}`;
}
