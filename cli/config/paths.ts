/** Paths as a user writes them, on either kind of system. Pure: `path` is `node:path`, or one of its two kinds in a test. */
import nodePath from 'node:path';
import type { PlatformPath } from 'node:path';

/** A glob with `/`, also where it was written with `\`, which is no character of a name on Windows. */
export function slashed(glob: string, path: PlatformPath = nodePath): string {
  return path.sep === '\\' ? glob.replaceAll('\\', '/') : glob;
}

/** A glob that starts at `from`, written so that it starts at `to`, both folders. An absolute one stays. */
export function rebaseGlob(glob: string, from: string, to: string, path: PlatformPath = nodePath): string {
  const not = glob.startsWith('!') ? '!' : '';
  const written = slashed(glob.slice(not.length), path);
  if (path.isAbsolute(written)) return `${not}${written}`;
  const step = slashed(path.relative(to, from), path);
  // An address of another machine begins with two, and joining leaves one.
  const shared = step.startsWith('//') ? '/' : '';
  return not + shared + nodePath.posix.join(step, written);
}

/** An S3 address as it is, a folder as an absolute path. */
export function storeAddress(value: string, base: string, path: PlatformPath = nodePath): string {
  return value.startsWith('s3://') ? value : path.resolve(base, value);
}

/** The way from a folder to what lies below it, with `/`; null for what does not, as on another drive. */
export function pathBelow(folder: string, inner: string, path: PlatformPath = nodePath): string | null {
  const way = path.relative(folder, inner);
  if (way === '' || path.isAbsolute(way) || way.split(path.sep)[0] === '..') return null;
  return slashed(way, path);
}

/** Relative to where the user is when it is below, else as it is: as a person would write it. */
export function shownPath(address: string, cwd: string, path: PlatformPath = nodePath): string {
  if (!path.isAbsolute(address)) return address;
  const way = pathBelow(path.resolve(cwd), address, path);
  return way === null ? address : way.replaceAll('/', path.sep);
}
