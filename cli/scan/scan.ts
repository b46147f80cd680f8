/** Markdown and built pages → posts. */
import { existsSync } from 'node:fs';
import { posix, relative, sep } from 'node:path';
import { siteUrlOf } from '../config/built-site.ts';
import type { Config } from '../config/config.ts';
import { slashed } from '../config/paths.ts';
import { CliError } from '../errors.ts';
import { attempt, unreadable } from './attempt.ts';
import type { Problem } from './attempt.ts';
import { slugOfAddress } from './address.ts';
import { contentNotices } from './content-notices.ts';
import { scanContent } from './content.ts';
import { readGiven, withGiven } from './given.ts';
import type { Given, GivenSite } from './given.ts';
import { joinPages } from './join.ts';
import type { Join } from './join.ts';
import type { Page } from './pages/pages.ts';
import { toPost } from './post.ts';
import type { ScannedPost, SourcePost } from './post.ts';
import type { OpenFrontMatter } from './markdown/front-matter.ts';

export type { Problem } from './attempt.ts';

export interface Scan {
  /** Sorted by file. */
  posts: ScannedPost[];
  problems: Problem[];
  /** Files that the globs match, drafts and others that make no post included. */
  matched: number;
  /** What is worth a line: the preset, what it cannot know, files that make no post unexpectedly. */
  notices: string[];
  /** The built site; null when none is read. */
  site: ScannedSite | null;
}

/** The built site beside the posts. */
export interface ScannedSite {
  pages: readonly Page[];
  shown: Join['shown'];
  withoutPage: Join['withoutPage'];
}

export interface ScanOptions {
  /** What a program hands in beside the files. */
  given?: GivenSite | undefined;
  /** A glob; only posts whose slug or file it matches are taken. */
  only?: string | undefined;
  now: Date;
  signal?: AbortSignal | undefined;
  /** See `scanContent`. */
  openFrontMatter?: OpenFrontMatter | undefined;
}

type ScanConfig = Pick<
  Config,
  | 'root'
  | 'content'
  | 'preset'
  | 'map'
  | 'drafts'
  | 'future'
  | 'pathLanguage'
  | 'text'
  | 'pages'
  | 'own'
  | 'site'
  | 'publicUrl'
  | 'key'
  | 'outputs'
>;

/**
 * Reads every source: the front matter of the files that the content globs match, and the pages of the built site.
 * @throws CliError `no_posts` when no file matches, none is a post, or none that `only` asks for; `usage` when there is no
 * built site; the signal's reason when aborted.
 */
export async function scan(config: ScanConfig, options: ScanOptions): Promise<Scan> {
  const found: Scan = { posts: [], problems: [], matched: 0, notices: [], site: null };
  const given = readGiven(options.given?.posts ?? [], config.text ?? 'markdown', found.problems);
  if (config.content === null || config.content.length > 0) await addContent(config, options, found);
  if (config.pages !== null) await scanPages(config, config.pages, { ...options, known: given }, found);
  addGiven(config, given, options, found);
  return options.only === undefined ? found : narrow(found, options.only);
}

async function addContent(config: ScanConfig, options: ScanOptions, found: Scan): Promise<void> {
  const { posts, problems, matched, ...rest } = await scanContent(config, options);
  const notices = contentNotices(rest, config.pages !== null);
  if (posts.length + problems.length === 0 && rest.leftOut.has('computed') && config.pages === null)
    throw new CliError(
      'no_posts',
      notices.at(-1) ?? '',
      'Build the site first, then run og-sync with --pages DIR.',
    );
  found.posts = config.own === 'card' ? posts : posts.filter(({ pictures }) => pictures.image === undefined);
  found.problems.push(...problems);
  found.matched += matched;
  found.notices.push(...notices);
}

async function scanPages(
  config: ScanConfig,
  pages: string,
  options: ScanOptions & { known: Given },
  found: Scan,
): Promise<void> {
  if (!existsSync(pages))
    throw new CliError(
      'usage',
      `There is no built site at ${pages}.`,
      'Build the site first, or correct pages (--pages).',
    );
  const [{ oursBelow }, { readBuiltSite }] = await Promise.all([
    import('./pages/ours.ts'),
    import('./pages/pages.ts'),
  ]);
  const siteUrl = siteUrlOf(config);
  const siteName = typeof config.site['name'] === 'string' ? config.site['name'] : null;
  const { own, signal } = { ...config, ...options };
  const isOurs = oursBelow({ ...config, siteUrl });
  const listed = listedIn(options.given?.addresses);
  const site = await readBuiltSite(pages, { siteUrl, siteName, own, isOurs, listed, signal });
  found.matched += site.pages.length;
  const folder = relative(config.root, pages).split(sep).join('/');
  for (const { file, reason } of site.unreadable)
    found.problems.push(unreadable(posix.join(folder, file), reason));
  const { posts, ...joined } = joinPages(found.posts, site, folder, (page) => {
    const source = withGiven(page, options.known);
    return source === null ? null : postOrProblem(source, config, options, found);
  });
  found.posts = posts;
  found.site = { pages: site.pages, ...joined };
  if (posts.length > 0 || found.problems.length > 0) return;
  throw new CliError(
    'no_posts',
    `No page in ${pages} can be a post (of ${site.pages.length}).`,
    'Name the folder that the generator writes the site into.',
  );
}

function postOrProblem(
  source: SourcePost,
  config: ScanConfig,
  { now }: ScanOptions,
  found: Scan,
): ScannedPost | null {
  const outcome = attempt(source.file, () => toPost(source, { ...config, now }));
  if (outcome === null || !('message' in outcome)) return outcome;
  found.problems.push(outcome);
  return null;
}

/** Posts that are given and that neither a file nor a page shows. */
function addGiven(config: ScanConfig, given: Given, options: ScanOptions, found: Scan): void {
  const listed = listedIn(options.given?.addresses);
  const addresses = [...found.posts, ...(found.site?.pages ?? [])].map(({ address }) => address);
  const claimed = new Set(addresses.map(slugOfAddress));
  for (const [slug, source] of given) {
    if (source === null || claimed.has(slug) || (listed !== null && !listed.has(slug))) continue;
    const post = postOrProblem(source, config, options, found);
    if (post === null || (config.own === 'keep' && post.pictures.image !== undefined)) continue;
    found.posts.push(post);
    if (found.site !== null) found.site.withoutPage.push(post.file);
  }
  found.matched += given.size;
}

/** The slugs of the addresses; null: whatever is there. */
function listedIn(addresses: readonly string[] | undefined): ReadonlySet<string> | null {
  return addresses === undefined ? null : new Set(addresses.map(slugOfAddress));
}

/** A problem is kept when its file is asked for: whether its slug is, nobody knows. */
function narrow(scan: Scan, written: string): Scan {
  const only = slashed(written);
  const asked = (file: string) => posix.matchesGlob(file, only);
  const posts = scan.posts.filter(({ file, post }) => posix.matchesGlob(post.slug, only) || asked(file));
  const problems = scan.problems.filter(({ file }) => asked(file));
  if (posts.length > 0 || problems.length > 0) return { ...scan, posts, problems };
  throw new CliError(
    'no_posts',
    `No post's slug or file matches ${JSON.stringify(only)} (of ${scan.posts.length} posts).`,
    'Give --only a slug such as "posts/hello", or a glob such as "posts/**".',
  );
}
