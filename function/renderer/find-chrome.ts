/** Which browser to start: the one a user names, the packaged one where it runs, else an installed one. */
import { access, constants, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FunctionError } from '../contract.ts';
import { prepareBrowser } from './inflate.ts';
import { installHint } from './start-errors.ts';

export interface Chrome {
  executable: string;
  /** A headless shell draws a frame when asked; an ordinary Chrome draws when its clock says so. */
  shell: boolean;
  /** Folder for LD_LIBRARY_PATH of the browser; null where the system has what it needs. */
  libraries: string | null;
}

/** What of the machine decides. Handed in, so that the choice can be tested on any machine. */
export interface Machine {
  platform: NodeJS.Platform;
  arch: string;
}

const USUAL_PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const LIBRARIES = ['libnss3.so', 'libnssutil3.so', 'libnspr4.so', 'libexpat.so.1'];
const LIBRARY_FOLDERS = [
  '/lib64',
  '/usr/lib64',
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib',
];

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Whether the system itself has every library the packaged Chromium needs. */
async function hasLibraries(folders: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    LIBRARIES.map(async (library) => {
      const tries = folders.map((folder) => access(join(folder, library)));
      return Promise.any(tries).then(
        () => true,
        () => false,
      );
    }),
  );
  return found.every(Boolean);
}

async function installed(places: readonly string[]): Promise<string | null> {
  for (const place of places) if (await isExecutable(place)) return place;
  return null;
}

function named(executable: string): Chrome {
  return { executable, shell: /headless[-_]shell/i.test(basename(executable)), libraries: null };
}

/** Whether the package brings a binary for this machine. */
export function isPackaged({ platform, arch }: Machine): boolean {
  return platform === 'linux' && arch === 'x64';
}

/**
 * Finds the browser, inflating the packaged one if it is the choice.
 * @throws FunctionError `browser_unavailable` when there is none, or the named one cannot be run.
 */
export async function findChrome(
  options: { cacheDir: string; chromePath?: string | undefined },
  machine: Machine = process,
): Promise<Chrome> {
  if (options.chromePath !== undefined) {
    if (await isExecutable(options.chromePath)) return named(options.chromePath);
    throw new FunctionError(
      'browser_unavailable',
      `CHROME_PATH names ${options.chromePath}, which is no file that can be run.`,
      'Let it name a Chrome, Chromium, Edge or chrome-headless-shell, or unset it.',
    );
  }
  if (isPackaged(machine)) {
    const { executable, libraries } = await prepareBrowser(options.cacheDir);
    return { executable, shell: true, libraries: (await hasLibraries(LIBRARY_FOLDERS)) ? null : libraries };
  }
  const places = USUAL_PLACES[machine.platform] ?? [];
  const found = await installed(places);
  if (found !== null) return named(found);
  throw new FunctionError(
    'browser_unavailable',
    `No browser was found for ${machine.platform} ${machine.arch}. Looked for: ${places.join(', ') || 'nothing'}.`,
    installHint(machine),
  );
}
