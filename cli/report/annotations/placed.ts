/** Notes → the same with their place in the repository. Reads the heads of their files, and nothing else. */
import { closeSync, existsSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { MAX_FRONT_MATTER } from '../../scan/markdown/front-matter.ts';
import { lineOf } from './place.ts';
import type { Note } from './note.ts';

/** Bytes of a file that are looked at: its front matter and what stands before it. */
const HEAD_BYTES = MAX_FRONT_MATTER + 16_384;

export interface PlacedNote extends Note {
  /** Relative to the root of the repository, with "/"; null: in no file of it. */
  path: string | null;
  /** From 1; null without a path. */
  line: number | null;
}

export interface Places {
  /** The configuration's folder, or another one that files are relative to. */
  from: string;
  /** The root of the repository. */
  root: string;
}

/** Gives each note its path in the repository and its line. A file that cannot be read costs the line. */
export function placeNotes(notes: readonly Note[], { from, root }: Places): PlacedNote[] {
  const heads = new Map<string, Buffer>();
  return notes.map((note) => {
    const { file } = note;
    const path = file === null ? null : pathBelow(root, resolve(from, file));
    if (file === null || path === null) return { ...note, path: null, line: null };
    const head = heads.get(file) ?? headOf(resolve(from, file));
    heads.set(file, head);
    return { ...note, path, line: lineOf(note, file, head) };
  });
}

/**
 * The root of the repository: the nearest folder with a `.git` in it, since a checkout may be a subfolder of the CI's own
 * folder, and that folder where there is none.
 */
export function repositoryRoot(from: string, given: string | undefined): string {
  const top = real(given ?? from);
  for (let at = real(from); ; at = dirname(at)) {
    if (isFolder(join(at, '.git'))) return at;
    if (at === top || at === dirname(at)) break;
  }
  return top;
}

/** A path as the repository names it; null when it is outside. */
export function pathBelow(root: string, path: string): string | null {
  const inside = relative(real(root), real(path));
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside)
    return null;
  return inside.split(sep).join('/');
}

/** A folder that is a link is named by what it leads to; a file keeps its own name, by which the repository knows it. */
function real(path: string): string {
  try {
    return isFolder(path)
      ? realpathSync(path)
      : join(realpathSync(dirname(path)), path.slice(dirname(path).length + 1));
  } catch {
    return resolve(path);
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function headOf(path: string): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES);
  try {
    if (!statSync(path).isFile()) return bytes.subarray(0, 0);
    const file = openSync(path, 'r');
    try {
      return bytes.subarray(0, readSync(file, bytes, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return bytes.subarray(0, 0);
  }
}
