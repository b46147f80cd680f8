/** A template's folder copied: all of it or nothing. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CliError } from '../../errors.ts';

/**
 * Copies the regular files, hidden ones left out, into a folder that is not there yet.
 * @param shown the target as a person would write it
 * @returns the files, relative to the target, with "/", sorted
 * @throws CliError `usage` when something is at the target, `unwritable` when it cannot be written; then nothing is left.
 */
export async function copyTemplate(source: string, target: string, shown: string): Promise<string[]> {
  const entries = await readdir(source, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(source, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !/(?:^|\/)\./.test(file))
    .sort();
  // The first folder that was not there before.
  let made: string | undefined;
  try {
    made = await mkdir(dirname(target), { recursive: true });
    await mkdir(target);
    made ??= target;
    for (const file of files) {
      await mkdir(dirname(join(target, file)), { recursive: true });
      // Not copied with its mode: what a package manager keeps read-only is to be edited here.
      await writeFile(join(target, file), await readFile(join(source, file)), { flag: 'wx' });
    }
    return files;
  } catch (cause) {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST' && made === undefined)
      throw new CliError(
        'usage',
        `${shown} is there already.`,
        'Nothing was changed. Choose another name, or take it away first.',
        { cause },
      );
    throw new CliError(
      'unwritable',
      `${shown} cannot be made: ${message}.`,
      'Nothing was changed. Check the rights of the folder, and the room on the disk.',
      { cause },
    );
  }
}
