/** From keys to files below one folder, and never to a file outside it. */
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { FunctionError } from '../contract.ts';
import { PRIVATE } from '../disk/whole.ts';
import { pathProblem } from '../text/slug.ts';
import { codeOf } from './folder-errors.ts';

export interface FolderPaths {
  readonly root: string;
  /** The file of a key. Throws FunctionError `invalid_key` for what is no key. */
  file(key: string): string;
  /**
   * The file of a key with no link on its way, once its folder is known to lie inside the root. `make` creates the folder;
   * else null where there is none. Throws FunctionError `store_refused` for a link that leads out, before anything is made.
   */
  inside(key: string, make: boolean): string | null;
  /**
   * To read many keys after each other: a folder is looked at again only after a second. Null, too, for what is no key:
   * foreign files may have any name.
   */
  lately(key: string): string | null;
  key(file: string): string;
}

/** Looking takes some system calls, and most keys share a folder. In ms. */
const LATELY_MS = 1000;

/** `root` is an absolute path; it may be a symbolic link itself and need not exist yet. */
export function folderPaths(root: string): FolderPaths {
  const known = new Map<string, { folder: string | null; at: number }>();

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
    file,
    inside(key, make) {
      file(key);
      const { names, name } = split(key);
      const folder = realFolder(root, names, make);
      return folder === null ? null : join(folder, name);
    },
    lately(key) {
      if (keyProblem(key) !== null) return null;
      const { names, name } = split(key);
      const path = names.join('/');
      let found = known.get(path);
      if (found === undefined || performance.now() - found.at > LATELY_MS) {
        found = { folder: realFolder(root, names, false), at: performance.now() };
        known.set(path, found);
      }
      return found.folder === null ? null : join(found.folder, name);
    },
    // Some file systems hand names back decomposed; keys are composed.
    key: (path) => relative(root, path).split(sep).join('/').normalize('NFC'),
  };
}

/**
 * The folder of these names below `root`, every link resolved. Each step is looked at before the next is taken or made, so
 * nothing is made outside. Null where there is none and `make` is false.
 * Synchronous: a few µs a step, where each hand-over to Node's thread pool costs ten times that.
 * @throws FunctionError `store_refused` for a link that leads out; an error of the system.
 */
export function realFolder(root: string, names: readonly string[], make: boolean): string | null {
  let top = realOf(root);
  if (top === null && make) {
    mkdirSync(root, { recursive: true });
    top = realpathSync.native(root);
  }
  if (top === null) return null;
  let at = top;
  for (const name of names) {
    const next = join(at, name);
    const found = lstatSync(next, { throwIfNoEntry: false });
    if (found === undefined) {
      if (!make) return null;
      makeFolder(next);
      at = realStep(root, top, next);
    } else at = found.isSymbolicLink() ? realStep(root, top, next) : next;
  }
  return at;
}

/** A key splits at its last "/": a file system's own separator is no part of it. */
function split(key: string): { names: string[]; name: string } {
  const names = key.split('/');
  return { name: names.pop() ?? '', names };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else was faster: what it is, the next step sees.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function realOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function realStep(root: string, top: string, path: string): string {
  const real = realpathSync.native(path);
  if (isWithin(top, real)) return real;
  throw new FunctionError(
    'store_refused',
    `${path} leads out of the store ${root} through a symbolic link.`,
    'Replace the link by a real folder.',
  );
}

/** Whether a real path is a folder or lies below it. */
function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function keyProblem(key: string): string | null {
  return (
    pathProblem(key) ??
    (key.split('/').some(isPrivateSegment) ? `names that start with ${PRIVATE} are private` : null)
  );
}

/**
 * Throws FunctionError `store_refused` when a file that was just made lies outside `root`: its folder was a real one a moment
 * ago, and a link made since would lead the file elsewhere.
 */
export function staysInside(made: string, root: string): void {
  if (isWithin(realpathSync.native(root), realpathSync.native(made))) return;
  throw new FunctionError(
    'store_refused',
    `${dirname(made)} began to lead out of ${root} while a file was written there.`,
    'Replace the link by a real folder.',
  );
}

/** Whether one segment of a path is ours alone. */
export function isPrivateSegment(segment: string): boolean {
  return segment.startsWith(PRIVATE);
}
