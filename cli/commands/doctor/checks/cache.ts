/** The cache of this machine: browser, fonts, pictures, compiled code. */
import { folderError } from '../../../../function/store/folder-errors.ts';
import type { Settings } from '../../../config/settings.ts';
import { formatBytes } from '../../../report/format.ts';
import { failure, ok, warning } from '../check.ts';
import type { Check, Fact } from '../check.ts';
import { freeBytes, sizeOf, tryWriting } from '../disk.ts';

/** An inflated Chromium and its fonts, bytes. */
const LEAST_ROOM = 250e6;

export const cache: Check = {
  name: 'cache',
  title: 'Cache',
  timeoutMs: 30_000,
  async look({ settings }) {
    const { cacheDir } = settings;
    const refused = await tryWriting(cacheDir).then(
      () => null,
      (error: unknown) => folderError(error, 'write into', cacheDir).message.replace(/\.$/, ''),
    );
    if (refused !== null) return [unwritable(refused, await holdsAll(settings))];
    const [bytes, free] = await Promise.all([sizeOf(cacheDir), freeBytes(cacheDir)]);
    return [roomFact({ cacheDir, bytes, free })];
  },
};

const CURE = 'Make the folder writable, or let OG_CACHE_DIR name another one.';

function unwritable(fact: string, whole: boolean): Fact {
  return whole
    ? warning(`${fact}; what a run needs is in it, but pictures are shrunk anew each time.`, CURE)
    : failure(`${fact}, and the browser and its fonts are not in it yet.`, CURE);
}

/** Whether browser and fonts are there already. Both are taken as they are, or made, which fails here. */
async function holdsAll({ cacheDir, chromePath }: Settings): Promise<boolean> {
  const [{ prepareFonts }, { findChrome }] = await Promise.all([
    import('../../../../function/fonts/fonts.ts'),
    import('../../../../function/renderer/find-chrome.ts'),
  ]);
  const there = [prepareFonts(cacheDir), findChrome({ cacheDir, chromePath })];
  return Promise.all(there).then(
    () => true,
    () => false,
  );
}

/** Sizes in bytes. Pure. */
export function roomFact({ cacheDir, bytes, free }: { cacheDir: string; bytes: number; free: number }): Fact {
  const fact = `${cacheDir} can be written; it holds ${formatBytes(bytes)}, ${formatBytes(free)} are free`;
  if (bytes + free >= LEAST_ROOM) return ok(`${fact}.`);
  return warning(
    `${fact}: too little for the browser, which takes ${formatBytes(LEAST_ROOM)}.`,
    'Make room there, or let OG_CACHE_DIR name a folder on another disk.',
  );
}
