/** A picture as the front matter names it → where it is. */
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { PostError } from '../errors.ts';

export type PictureSource =
  { kind: 'file'; path: string } | { kind: 'remote'; url: URL } | { kind: 'inline'; bytes: Buffer };

export interface Folders {
  root: string;
  static: readonly string[];
}

const INLINE = /^data:image\/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)$/;

/**
 * Where a picture is: an address, a file beside the post (`base`), or one below a static folder. Files outside the
 * config's folder and the static folders are refused: a post must not publish what lies elsewhere on the machine.
 * @throws PostError `missing_picture` that says where it was looked for.
 */
export function locate(reference: string, base: string, folders: Folders): PictureSource {
  const inline = INLINE.exec(reference);
  if (inline !== null) return { kind: 'inline', bytes: Buffer.from(inline[1] ?? '', 'base64') };
  const url = URL.parse(reference.startsWith('//') ? `https:${reference}` : reference);
  if (url !== null && /^[a-z][a-z0-9+.-]+:/i.test(url.protocol)) return { kind: 'remote', url };
  const candidates = candidatesOf(reference, base, folders);
  const allowed = candidates.filter((path) => isBelow(path, [folders.root, ...folders.static]));
  const path = allowed.find(isFile);
  if (path !== undefined) return { kind: 'file', path };
  throw new PostError(
    'missing_picture',
    allowed.length === 0
      ? `${JSON.stringify(reference)} lies outside ${folders.root} and the static folders`
      : `${JSON.stringify(reference)} is not there; looked for ${allowed.join(', ')}`,
  );
}

function candidatesOf(reference: string, base: string, folders: Folders): string[] {
  const plain = reference.replace(/[?#].*$/s, '');
  const names = [...new Set([reference, plain, decoded(plain)])];
  const bases = reference.startsWith('/') ? folders.static : [base, ...folders.static];
  const paths = names.flatMap((name) => bases.map((folder) => join(folder, name)));
  return [...new Set(paths)].filter((path) => !path.includes('\0'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = relative(folder, path);
    return way !== '' && way.split(/[\\/]/, 1)[0] !== '..' && !isAbsolute(way);
  });
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
