/** Files written all or none. */
import { chmod, readFile, realpath, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeWhole } from '../../../function/disk/whole.ts';
import { CliError } from '../../errors.ts';

export interface NewText {
  /** Relative to the folder. */
  file: string;
  text: string;
  /** What it held when it was looked at; null: it was not there. */
  before: string | null;
}

/**
 * Writes each file whole, with the mode it had. When one cannot be written, those before it are put back.
 * @throws CliError `unwritable` that names the file, also when it changed since it was looked at.
 */
export async function writeAll(folder: string, texts: readonly NewText[]): Promise<void> {
  const written: NewText[] = [];
  for (const text of texts) {
    try {
      if ((await current(folder, text.file)) !== text.before) throw new Error('it changed meanwhile');
      await put(folder, text.file, text.text);
      written.push(text);
    } catch (cause) {
      for (const { file, before } of written)
        await (before === null ? rm(resolve(folder, file), { force: true }) : put(folder, file, before));
      throw new CliError(
        'unwritable',
        `${resolve(folder, text.file)} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
        'Nothing was changed. Check the rights of the file and its folder, then run og-sync init again.',
        { cause },
      );
    }
  }
}

async function current(folder: string, file: string): Promise<string | null> {
  return readFile(resolve(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Through a link to the file it leads to; the mode of a file that was there stays. */
async function put(folder: string, file: string, text: string): Promise<void> {
  const path = resolve(folder, file);
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (stats) => stats.mode,
    () => null,
  );
  await writeWhole(target, text);
  if (mode !== null) await chmod(target, mode & 0o7777);
}
