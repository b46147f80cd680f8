/** Folders that appear under their names only when they are whole: several processes may make one, and any may be killed. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { markAlive, sweepAbandoned } from './alive.ts';

export interface FolderOptions {
  /** Whether all is there. A folder of which this is so is taken as it is, and may be read-only. */
  isWhole: (folder: string) => Promise<boolean>;
  /** Fills an empty folder. */
  fill: (folder: string) => Promise<void>;
}

/**
 * Makes sure that a whole folder lies at `final`, whose name is `<kind>-<version>`. Half-made ones of this kind whose makers
 * were killed are removed. Processes that make it at the same time end with the same folder. Throws what `fill` throws.
 */
export async function publishFolder(final: string, { isWhole, fill }: FolderOptions): Promise<void> {
  const parent = dirname(final);
  const [kind = ''] = basename(final).split('-', 1);
  await sweepHalves(parent, `.${kind}-`);
  if (await isWhole(final)) return;
  const half = join(parent, `.${basename(final)}-${randomUUID()}`);
  try {
    await mkdir(half, { recursive: true });
    const unmark = await markAlive(half);
    try {
      await fill(half);
    } finally {
      await unmark();
    }
    await putInPlace(half, final, isWhole);
  } finally {
    await rm(half, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A broken folder at the final name is moved out of the way, a whole one wins. */
async function putInPlace(half: string, final: string, isWhole: FolderOptions['isWhole']): Promise<void> {
  try {
    await rename(half, final);
    return;
  } catch (cause) {
    if (await isWhole(final)) return;
    const broken = `${half}-broken`;
    // Somebody faster may have moved it already: then the second rename decides.
    await rename(final, broken).catch(() => undefined);
    try {
      await rename(half, final);
    } catch {
      if (!(await isWhole(final))) throw cause;
    } finally {
      await rm(broken, { recursive: true, force: true });
    }
  }
}

async function sweepHalves(parent: string, prefix: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const halves = names.filter((name) => name.startsWith(prefix)).map((name) => join(parent, name));
  await sweepAbandoned(halves, Date.now());
}
