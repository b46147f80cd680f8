/** A picture as the front matter names it → where it is, and its bytes. */
import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { clip } from '../../function/text/bound.ts';
import { PostError } from '../errors.ts';

export type PictureSource =
  { kind: 'file'; path: string } | { kind: 'remote'; url: URL } | { kind: 'inline'; bytes: Buffer };

export interface Folders {
  root: string;
  static: readonly string[];
  /** An address below `url` is looked for in the static folders before anybody is asked. */
  site?: { url?: string | undefined } | undefined;
}

/** Bytes of a file that is taken for a picture. */
const MAX_BYTES = 100_000_000;
const INLINE = /^data:image\/[a-z+.-]+;base64,/i;
const BASE64 = /^[A-Za-z0-9+/=\s]+$/;

/**
 * Where a picture is: an address, a file beside the post (`base`), or one below a static folder. Files outside the
 * config's folder and the static folders are refused, also behind a link: a post must not publish what lies elsewhere on
 * the machine.
 * @throws PostError `missing_picture` that says where it was looked for.
 */
export async function locate(reference: string, base: string, folders: Folders): Promise<PictureSource> {
  const prefix = INLINE.exec(reference)?.[0];
  if (prefix !== undefined && BASE64.test(reference.slice(prefix.length)))
    return { kind: 'inline', bytes: Buffer.from(reference.slice(prefix.length), 'base64') };
  const url = URL.parse(reference.startsWith('//') ? `https:${reference}` : reference);
  if (url !== null && /^[a-z][a-z0-9+.-]+:/i.test(url.protocol)) {
    const own = pathOnSite(url, folders.site?.url);
    const path = own === null ? undefined : await firstFile(candidatesOf(own, base, folders));
    return path === undefined ? { kind: 'remote', url } : { kind: 'file', path };
  }
  const candidates = candidatesOf(reference, base, folders);
  const allowed = candidates.filter((path) => isBelow(path, [folders.root, ...folders.static]));
  const path = await firstFile(allowed);
  if (path !== undefined) return { kind: 'file', path };
  throw new PostError(
    'missing_picture',
    allowed.length === 0
      ? `${quoted(reference)} lies outside ${folders.root} and the static folders`
      : `${quoted(reference)} is not there; looked for ${clip(allowed.join(', '), 1000)}`,
  );
}

/** The path of an address on the site's own host, below the site's own path; null for any other address. */
function pathOnSite(url: URL, site: string | undefined): string | null {
  const home = site === undefined ? null : URL.parse(site);
  if (home === null || url.host !== home.host || !/^https?:$/.test(url.protocol)) return null;
  const below = home.pathname.endsWith('/') ? home.pathname : `${home.pathname}/`;
  if (!url.pathname.startsWith(below)) return null;
  return `/${url.pathname.slice(below.length)}`;
}

function quoted(reference: string): string {
  return JSON.stringify(clip(reference, 200));
}

function candidatesOf(reference: string, base: string, folders: Folders): string[] {
  const plain = reference.split(/[?#]/, 1)[0] ?? '';
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

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isFile(path)) return path;
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/**
 * Reads a located file. What the name leads to is compared with what was opened, so that a link made meanwhile leads
 * nowhere.
 * @throws PostError when it lies outside behind a link, is too large or cannot be read.
 */
export async function readInside(path: string, folders: Folders): Promise<Buffer> {
  try {
    const handle = await open(path, constants.O_RDONLY);
    try {
      const [opened, real] = await Promise.all([handle.stat(), realpath(path)]);
      const named = await stat(real);
      if (!isBelow(real, await realFolders(folders)) || named.ino !== opened.ino || named.dev !== opened.dev)
        throw new PostError(
          'missing_picture',
          `${path} is a link that leads outside ${folders.root} and the static folders`,
        );
      if (opened.size > MAX_BYTES)
        throw new PostError('invalid_picture', `${path} has more than ${MAX_BYTES / 1_000_000} MB`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof PostError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostError('missing_picture', `cannot be read: ${reason}`, { cause });
  }
}

/** What may be read: the root, and static folders that were named outside of it. A link in the root opens nothing. */
async function realFolders({ root, static: folders }: Folders): Promise<string[]> {
  const outside = folders.filter((folder) => !isBelow(folder, [root]));
  const real = [root, ...outside].map(async (folder) => realpath(folder).catch(() => folder));
  return Promise.all(real);
}
