/** Where a post will live → the slug of its image. */
import { pathProblem } from '../../function/contract.ts';

const MAGIC = /[*?[\]{}()!+@]/;

/** The folder a glob starts in, without a trailing slash: `content` of "content/posts/*.md" is "content/posts". */
export function fixedPart(glob: string): string {
  const segments = glob.replace(/^\.\//, '').split('/');
  const magic = segments.findIndex((segment) => MAGIC.test(segment));
  return segments.slice(0, magic < 0 ? -1 : magic).join('/');
}

/** The path below the glob's fixed part, without extension; "/index" folded away; the root page is "index". */
export function slugOfFile(file: string, fixed: string): string {
  const below = fixed !== '' && file.startsWith(`${fixed}/`) ? file.slice(fixed.length + 1) : file;
  return foldIndex(below.replace(/\.[^./]+$/, '')).normalize('NFC');
}

/** The slug of an address as front matter has it: without scheme, host, query, outer slashes and ".html". */
export function slugOfAddress(address: string): string {
  const path = address
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
    .replace(/[?#].*$/s, '')
    .replace(/\.html?$/i, '');
  return foldIndex(decoded(trimSlashes(path))).normalize('NFC');
}

function foldIndex(path: string): string {
  return path.replace(/(^|\/)index$/, '') || 'index';
}

/** Not with an expression: /\/+$/ is quadratic in slashes. */
function trimSlashes(path: string): string {
  let from = 0;
  let to = path.length;
  while (from < to && path[from] === '/') from++;
  while (to > from && path[to - 1] === '/') to--;
  return path.slice(from, to);
}

function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A sound slug near to one that is not, or null when nothing is left of it. */
export function suggestSlug(slug: string): string | null {
  const suggestion = slug
    .normalize('NFC')
    .split('/')
    .map((segment) =>
      segment
        .replaceAll(/[^\p{L}\p{M}\p{N}._~-]+/gu, '-')
        .replaceAll(/-{2,}/g, '-')
        .replaceAll(/^[-.]+|-$/g, ''),
    )
    .filter((segment) => segment !== '')
    .join('/')
    .slice(0, 200);
  return pathProblem(suggestion) === null ? suggestion : null;
}
