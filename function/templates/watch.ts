/** Something loaded from a folder, loaded again when a file in it changes. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Watched<Value> {
  readonly current: Value;
  close(): void;
}

/** Between two looks, in ms. */
const LOOK_MS = 300;
/** Looking takes at most a tenth of the time, however large the folder is. */
const SHARE = 10;

/**
 * Loads now, and again after each change in the folder or below, also when it was removed and came back. `onReload` is
 * called for each later attempt: null, or why it failed, in which case what was loaded before stays. Throws what the first
 * load throws.
 *
 * It looks instead of asking the system to tell: a system's watcher stays with a folder that was moved away, loses folders
 * that come back, and hears nothing on a share.
 */
export async function watch<Value>(
  folder: string,
  load: () => Promise<Value>,
  onReload: (error: unknown) => void,
): Promise<Watched<Value>> {
  let seen = await stateOf(folder);
  let current = await load();
  let timer = setTimeout(look, LOOK_MS).unref();
  let isClosed = false;

  function look(): void {
    void (async () => {
      const startedAt = performance.now();
      const state = await stateOf(folder);
      const tookMs = performance.now() - startedAt;
      if (state !== seen) {
        seen = state;
        await reload();
      }
      if (!isClosed) timer = setTimeout(look, Math.max(LOOK_MS, tookMs * SHARE)).unref();
    })();
  }

  async function reload(): Promise<void> {
    try {
      current = await load();
      onReload(null);
    } catch (error) {
      onReload(error);
    }
  }

  return {
    get current() {
      return current;
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

/** Changes with any file below: its name, its size, its time or itself. Empty where nothing can be read. */
async function stateOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const states = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return stat(path).then(
      ({ ino, size, mtimeMs }) => `${path} ${entry.isDirectory() ? '' : `${ino} ${size} ${mtimeMs}`}`,
      () => path,
    );
  });
  return (await Promise.all(states)).sort().join('\n');
}
