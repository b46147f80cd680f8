/** Globs → the files they match. */
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import glob from 'fast-glob';
import { contentGlob } from './globs.ts';

/** A file relative to the root, with "/", and the fixed part of the glob that found it first. */
export interface ContentFile {
  file: string;
  fixed: string;
}

/**
 * The files that the globs match (a folder: its markdown), each once, sorted. Files whose names begin with a dot and `node_modules` are left
 * out. A link to a file counts as a file; links to folders are not followed: they may lead in circles.
 */
export async function matchFiles(root: string, content: readonly string[]): Promise<ContentFile[]> {
  const globs = await Promise.all(content.map((entry) => contentGlob(root, entry)));
  const ignore = globs.filter(({ isExcluding }) => isExcluding).map(({ pattern }) => pattern);
  const found = new Map<string, ContentFile>();
  for (const { pattern, fixed, isExcluding } of globs) {
    if (isExcluding) continue;
    const entries = await glob(pattern, {
      cwd: root,
      ignore: ['**/node_modules/**', ...ignore],
      followSymbolicLinks: false,
      onlyFiles: false,
      objectMode: true,
      suppressErrors: true,
    });
    for (const { path, dirent } of entries) {
      const file = path.replace(/^\.\//, '');
      if (found.has(file)) continue;
      if (dirent.isFile() || (dirent.isSymbolicLink() && (await isLinkToFile(join(root, file)))))
        found.set(file, { file, fixed });
    }
  }
  return [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function isLinkToFile(path: string): Promise<boolean> {
  try {
    return (await stat(await realpath(path))).isFile();
  } catch {
    return false;
  }
}
