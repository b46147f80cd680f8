/** Notes → the same with their place in the repository. Reads the heads of their files, and nothing else. */
import { closeSync, existsSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
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
  const lines = new Map<Note, number>();
  // One buffer for all files, each of which is read once.
  const buffer = Buffer.alloc(HEAD_BYTES);
  for (const [file, those] of Map.groupBy(notes, (note) => note.file)) {
    if (file === null) continue;
    const head = readHead(resolve(from, file), buffer);
    for (const note of those) lines.set(note, lineOf(note, file, head));
  }
  return notes.map((note) => {
    const path = note.file === null ? null : pathBelow(root, resolve(from, note.file));
    return { ...note, path, line: path === null ? null : (lines.get(note) ?? 1) };
  });
}

/**
 * The root of the repository: the nearest folder with a `.git` in it, since a checkout may be a subfolder of the CI's own
 * folder, and that folder where there is none.
 */
export function repositoryRoot(from: string, given: string | undefined): string {
  const top = real(given ?? from);
  if (pathBelow(top, from) === null) return top;
  for (let at = real(from); at !== top; at = dirname(at)) if (isFolder(join(at, '.git'))) return at;
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
    return isFolder(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  } catch {
    return resolve(path);
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/** The first bytes of a file, in the buffer; none when it cannot be read. */
function readHead(path: string, buffer: Buffer): Buffer {
  try {
    if (!statSync(path).isFile()) return buffer.subarray(0, 0);
    const file = openSync(path, 'r');
    try {
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return buffer.subarray(0, 0);
  }
}
