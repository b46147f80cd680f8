/** Posts of the content and pages of the built site → which page shows which post. */
import { slugOfAddress } from './address.ts';
import { postOfPage } from './pages/post.ts';
import type { BuiltSite, Page } from './pages/pages.ts';
import type { ScannedPost, SourcePost } from './post.ts';

export interface Join {
  posts: ScannedPost[];
  /** Each page that shows a post: pages of their own, and copies of such. */
  shown: { page: Page; post: ScannedPost }[];
  /** Files of posts of the content that no page shows. */
  withoutPage: string[];
}

/** A page that must not be touched, whatever the content says. */
const CLOSED: ReadonlySet<Page['leftOut']> = new Set(['off', 'own_image', 'redirect', 'not_found']);
/** A page that says so speaks for its post, too. */
const SILENCED: ReadonlySet<Page['leftOut']> = new Set(['off', 'own_image']);

/**
 * Posts of the content come first; a page that none of them claims by its address is a post by itself, which `toPost`
 * makes (null: none). `folder`: of the built site, relative to the config's.
 */
export function joinPages(
  content: readonly ScannedPost[],
  site: BuiltSite,
  folder: string,
  toPost: (source: SourcePost) => ScannedPost | null,
): Join {
  const claims = new Map(content.map((post) => [slugOfAddress(post.address), post]));
  const silenced = new Set<ScannedPost>();
  const found = new Set<ScannedPost>();
  const own = new Map<string, ScannedPost>();
  const shown: Join['shown'] = [];
  for (const page of site.pages) {
    const slug = slugOfAddress(page.address);
    const claim = claims.get(slug);
    if (claim !== undefined && SILENCED.has(page.leftOut)) silenced.add(claim);
    if (claim !== undefined) found.add(claim);
    if (CLOSED.has(page.leftOut)) continue;
    const post = claim ?? (page.leftOut === null ? toPost(postOfPage(page, site, folder)) : null);
    if (post === null) continue;
    if (claim === undefined) own.set(slug, post);
    shown.push({ page, post });
  }
  for (const page of site.pages) {
    const post = page.leftOut === 'copy' ? own.get(slugOfAddress(page.address)) : undefined;
    if (post !== undefined) shown.push({ page, post });
  }
  return {
    posts: [...content.filter((post) => !silenced.has(post)), ...own.values()],
    shown: shown.filter(({ post }) => !silenced.has(post)),
    withoutPage: content.filter((post) => !found.has(post)).map(({ file }) => file),
  };
}
