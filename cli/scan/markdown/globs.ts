/** What `content` may be, a glob or a folder → globs. */
import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import glob from 'fast-glob';
import { fixedPart } from '../address.ts';

/** The files of a folder that are its markdown. */
const MARKDOWN = '**/*.{md,mdx,markdown}';

export interface ContentGlob {
  pattern: string;
  /** The folder that slugs are relative to, without a trailing slash. */
  fixed: string;
  /** Takes files out: written with a leading "!". */
  isExcluding: boolean;
}

/** An entry of `content` as a glob below `root`. A folder that exists means the markdown in it, whatever its name holds. */
export async function contentGlob(root: string, entry: string): Promise<ContentGlob> {
  const isExcluding = entry.startsWith('!');
  const written = isExcluding ? entry.slice(1) : entry;
  const path = resolve(root, written);
  if (!(await isFolder(path))) return { pattern: written, fixed: fixedPart(written), isExcluding };
  const inside = relative(root, path);
  const folder = (isAbsolute(inside) ? path : inside).split(sep).join('/');
  const pattern = folder === '' ? MARKDOWN : `${glob.escapePath(folder)}/${MARKDOWN}`;
  return { pattern, fixed: folder, isExcluding };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
