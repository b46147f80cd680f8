/** The folder `_shared` beside the templates: partials, style sheets and pictures that several of them use. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';

/** How the paths of its files begin, in every template. */
export const SHARED = '_shared/';

export type Files = ReadonlyMap<string, Buffer>;

/** Files whose text may name others. */
const TEXT = /\.(?:liquid|html|svg|css)$/i;
/** The path of a shared file, or how one begins that is put together at run time. */
const MENTION = /_shared\/[^\s"'()<>{}|,;?#]*/g;
/** What may be a path relative to the file that it stands in. */
const RELATIVE = /"([^"\n]{1,300})"|'([^'\n]{1,300})'|url\(\s*([^"'()\s]{1,300})/g;

/**
 * Bytes of the regular files in a folder and below, by path relative to it, with "/". Hidden files are left out, symbolic
 * links are not followed, the folder's own included. None where there is no such folder.
 */
export async function readFiles(folder: string): Promise<Map<string, Buffer>> {
  const stats = await lstat(folder).catch(() => null);
  if (stats?.isDirectory() !== true) return new Map();
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !/(?:^|\/)\./.test(path))
    .sort();
  const files = new Map<string, Buffer>();
  for (const path of paths) files.set(path, await readFile(join(folder, path)));
  return files;
}

/** Whether a template's own files name anything shared. */
export function mentionsShared(files: Files): boolean {
  return [...textsOf(files)].some(([, text]) => text.includes(SHARED));
}

/**
 * The shared files that a template may use: those that its files name, and those that these name in turn. A name that is
 * put together at run time counts for all that begin as it does. What is not among them, the template cannot see: so its
 * digest covers all that it uses. Pure.
 */
export function usedShared(own: Files, shared: Files): Map<string, Buffer> {
  const used = new Map<string, Buffer>();
  const texts = [...textsOf(own)];
  for (const [file, text] of texts)
    for (const path of namedIn(text, file, shared)) {
      const bytes = shared.get(path);
      if (bytes === undefined || used.has(path) || own.has(path)) continue;
      used.set(path, bytes);
      texts.push(...textsOf(new Map([[path, bytes]])));
    }
  return new Map([...used].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function* textsOf(files: Files): Generator<[string, string]> {
  for (const [path, bytes] of files) if (TEXT.test(path)) yield [path, bytes.toString('utf8')];
}

function* namedIn(text: string, file: string, shared: Files): Generator<string> {
  for (const [mention] of text.matchAll(MENTION)) {
    const path = decoded(mention);
    if (shared.has(path)) yield path;
    else for (const other of shared.keys()) if (other.startsWith(path)) yield other;
  }
  if (!file.startsWith(SHARED)) return;
  for (const [, double, single, bare] of text.matchAll(RELATIVE))
    yield resolvePath(double ?? single ?? bare ?? '', file);
}

/** A path as it stands in a file → relative to the template's folder. What is shared is named from there in every file. */
export function resolvePath(path: string, file: string): string {
  const plain = decoded(path.replace(/[?#].*/s, ''));
  return posix.normalize(plain.startsWith(SHARED) ? plain : posix.join(posix.dirname(file), plain));
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
