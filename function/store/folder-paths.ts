/** From keys to files below one folder, and never to a file outside it. */
import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { FunctionError } from '../contract.ts';
import { pathProblem } from '../slug.ts';
import { codeOf } from './folder-errors.ts';

/** Private names below a store's root: the index, its lock, half-written files. */
export const PRIVATE = '.og-sync';

export interface FolderPaths {
  readonly root: string;
  /** Whether this could be the key of an image. Foreign files may have any name. */
  isKey(key: string): boolean;
  /** The file of a key. Throws FunctionError `invalid_key` for what is no key. */
  file(key: string): string;
  /**
   * The file of a key once its folder is known to lie inside the root, symbolic links resolved. `make` creates the folder;
   * else null where there is none. Throws FunctionError `store_refused` for a link that leads out.
   */
  inside(key: string, make: boolean): Promise<string | null>;
  key(file: string): string;
  /** Folders may have been removed: look at them afresh. */
  forget(): void;
}

/** `root` is an absolute path; it may be a symbolic link itself and need not exist yet. */
export function folderPaths(root: string): FolderPaths {
  /** Folders known to lie inside. Looking takes a system call per level, and most keys share a folder. */
  const known = new Set<string>();

  async function check(folder: string, make: boolean): Promise<boolean> {
    if (known.has(folder)) return true;
    try {
      if (make) await mkdir(folder, { recursive: true });
      const [top, real] = await Promise.all([realpath(root), realpath(folder)]);
      if (real !== top && !real.startsWith(top.endsWith(sep) ? top : top + sep))
        throw new FunctionError(
          'store_refused',
          `${folder} leads out of the store ${root} through a symbolic link.`,
          'Replace the link by a real folder.',
        );
    } catch (error) {
      if (!make && codeOf(error) === 'ENOENT') return false;
      throw error;
    }
    known.add(folder);
    return true;
  }

  function file(key: string): string {
    const problem = keyProblem(key);
    if (problem === null) return join(root, key);
    throw new FunctionError(
      'invalid_key',
      `The key ${JSON.stringify(key)} cannot be used: ${problem}.`,
      'Change the slug, or the key pattern.',
    );
  }

  return {
    root,
    isKey: (key) => keyProblem(key) === null,
    file,
    async inside(key, make) {
      const path = file(key);
      return (await check(dirname(path), make)) ? path : null;
    },
    // Some file systems hand names back decomposed; keys are composed.
    key: (path) => relative(root, path).split(sep).join('/').normalize('NFC'),
    forget: () => known.clear(),
  };
}

function keyProblem(key: string): string | null {
  return (
    pathProblem(key) ??
    (key.split('/').some(isPrivate) ? `names that start with ${PRIVATE} are private` : null)
  );
}

/** Whether one segment of a path is ours alone. */
export function isPrivate(segment: string): boolean {
  return segment.startsWith(PRIVATE);
}

export function isTemporary(file: string): boolean {
  return basename(file).startsWith(`${PRIVATE}-`) && file.endsWith('.tmp');
}
