/** Paths of files and addresses taken apart and put together; always "/". */
import { posix } from 'node:path';

/** `a/b/c.de.md` → folder `a/b`, name `c.de`, extension `md`. */
export function partsOf(file: string): { folder: string; name: string; extension: string } {
  const slash = file.lastIndexOf('/');
  const base = file.slice(slash + 1);
  const dot = base.lastIndexOf('.');
  return {
    folder: slash < 0 ? '' : file.slice(0, slash),
    name: dot <= 0 ? base : base.slice(0, dot),
    extension: dot <= 0 ? '' : base.slice(dot + 1),
  };
}

/** The parts joined with single slashes, one at the head and none at the end, ".." resolved: `/a/b`; nothing is `/`. */
export function addressOf(...parts: readonly string[]): string {
  return posix.resolve(posix.join('/', ...parts));
}

/** The address of a folder: `/a/b/`; nothing is `/`. */
export function folderAddress(...parts: readonly string[]): string {
  const address = addressOf(...parts);
  return address === '/' ? '/' : `${address}/`;
}

/** The path below a folder; null when the file is not in it. */
export function below(file: string, folder: string): string | null {
  if (folder === '' || folder === '.') return file;
  return file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : null;
}

/** A folder as configurations write it, as paths here are: without "./" and outer slashes; the root is "". */
export function cleanFolder(text: string): string {
  const segments = text.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.join('/');
}
