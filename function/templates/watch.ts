/** Something loaded from a folder, loaded again when a file in it changes. */
import { watch as watchFolder } from 'node:fs';

export interface Watched<Value> {
  readonly current: Value;
  close(): void;
}

/**
 * Loads now, and again after each change in the folder or below. `onReload` is told of each later attempt: null, or why it
 * failed, in which case what was loaded before stays. Throws what the first load throws.
 */
export async function watch<Value>(
  folder: string,
  load: () => Promise<Value>,
  onReload: (error: unknown) => void,
): Promise<Watched<Value>> {
  let current = await load();
  let isLoading = false;
  let isStale = false;

  /** An editor writes a file in several steps: what changes while loading is loaded once more, afterwards. */
  async function reload(): Promise<void> {
    isStale = true;
    if (isLoading) return;
    isLoading = true;
    while (isStale) {
      isStale = false;
      try {
        current = await load();
        onReload(null);
      } catch (error) {
        onReload(error);
      }
    }
    isLoading = false;
  }

  const watcher = watchFolder(folder, { recursive: true }, () => void reload());
  watcher.on('error', onReload);
  return {
    get current() {
      return current;
    },
    close: () => watcher.close(),
  };
}
