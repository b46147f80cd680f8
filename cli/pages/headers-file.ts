/** The `_headers` file of a built site, as Netlify and Cloudflare Pages read it: how long what may be kept. */

/** The Cache-Control that the rules give a path; null: none. The last rule that matches wins. */
export type CacheRules = (path: string) => string | null;

export function cacheRules(text: string): CacheRules {
  const rules: { pattern: string; cacheControl: string }[] = [];
  let patterns: string[] = [];
  let inHeaders = false;
  for (const line of text.split('\n')) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    if (!/^\s/.test(line)) {
      patterns = inHeaders ? [content] : [...patterns, content];
      inHeaders = false;
      continue;
    }
    inHeaders = true;
    const [name = '', ...value] = content.split(':');
    if (name.trim().toLowerCase() === 'cache-control')
      for (const pattern of patterns) rules.push({ pattern, cacheControl: value.join(':').trim() });
  }
  return (path) => rules.findLast(({ pattern }) => matches(pattern, path))?.cacheControl ?? null;
}

/** `*` stands for anything, `:name` for one segment. */
function matches(pattern: string, path: string): boolean {
  const host = URL.parse(pattern);
  const segments = (host?.pathname ?? pattern).split('/');
  const parts = path.split('/');
  for (const [index, segment] of segments.entries()) {
    if (segment.endsWith('*') && index === segments.length - 1)
      return (parts[index] ?? '').startsWith(segment.slice(0, -1));
    if (segment === '*' || segment.startsWith(':')) continue;
    if (segment !== parts[index]) return false;
  }
  return segments.length === parts.length;
}
