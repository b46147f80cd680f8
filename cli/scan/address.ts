/** Where a post lives on its site, and the slug that its image gets from there. */
import { pathProblem, toSlug } from '../../function/text/slug.ts';

const MAGIC = /[*?[\]{}()!+@]/;
/** What only the site's generator can fill in: Jekyll's `:year`, a template's `{{ title }}`, `<%= %>`, `${}`. */
const PLACEHOLDER = /(?:^|\/)(:[a-z_]+)|(\{\{|\{%|<%|\$\{)/i;

/** The folder a glob starts in, without a trailing slash: `content` of "content/posts/*.md" is "content/posts". */
export function fixedPart(glob: string): string {
  const segments = glob.replace(/^\.\//, '').split('/');
  const magic = segments.findIndex((segment) => MAGIC.test(segment));
  return segments.slice(0, magic < 0 ? -1 : magic).join('/');
}

/** The path below the glob's fixed part, without extension; "/index" folded away: `/posts/hello/`, `/` for the root. */
export function addressOfFile(file: string, fixed: string): string {
  const below = fixed !== '' && file.startsWith(`${fixed}/`) ? file.slice(fixed.length + 1) : file;
  const path = below.replace(/\.[^./]+$/, '').replace(/(^|\/)index$/, '');
  return (path === '' ? '/' : `/${path}/`).normalize('NFC');
}

/**
 * The path that a field of the front matter gives, without host, query and fragment, its escapes resolved; of a whole
 * address, what is below `site`. Null when it lies on another host than the site: a link post names what it is about.
 * @param site `site.url` of the configuration
 * @param link whether the field may name what a post is about: without `site`, a whole address is taken for that
 */
export function addressOfField(
  value: string,
  site: string | null,
  { link }: { link: boolean },
): string | null {
  const text = value.trim();
  const absolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(text) ? URL.parse(text, 'https://x/') : null;
  if (absolute === null) return decoded(`/${trimSlashes(text.replace(/[?#].*$/s, ''), 'start')}`);
  const own = site === null ? null : URL.parse(site);
  if (own === null ? link : hostOf(own) !== hostOf(absolute)) return null;
  const base = own === null ? '' : trimSlashes(own.pathname, 'end');
  const path = absolute.pathname;
  return decoded(path.startsWith(`${base}/`) ? path.slice(base.length) : path);
}

function hostOf({ host }: URL): string {
  return host.replace(/^www\./, '');
}

/** The part of an address that only the site's generator can fill in, or null. */
export function placeholderOf(address: string): string | null {
  const [, word, sign] = PLACEHOLDER.exec(address) ?? [];
  return word ?? sign ?? null;
}

/** The slug of an address: without outer slashes and ".html"; the root is "index". */
export function slugOfAddress(address: string): string {
  const path = trimSlashes(address.replace(/\.html?$/i, '')).replace(/(^|\/)index$/, '');
  return toSlug(path || 'index');
}

/** Not with an expression: /\/+$/ is quadratic in slashes. */
function trimSlashes(path: string, where: 'start' | 'end' | 'both' = 'both'): string {
  let from = 0;
  let to = path.length;
  if (where !== 'end') while (from < to && path[from] === '/') from++;
  if (where !== 'start') while (to > from && path[to - 1] === '/') to--;
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
  const segments = toSlug(slug.replaceAll(/\p{Cc}+/gu, '-')).split('/');
  const suggestion = segments
    .filter((segment) => !['', '.', '..'].includes(segment))
    .join('/')
    .slice(0, 200);
  return pathProblem(suggestion) === null ? suggestion : null;
}
