/** Markdown and built pages → posts. */
import { existsSync } from 'node:fs';
import { posix, relative, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { siteUrlOf } from '../config/built-site.ts';
import type { Config } from '../config/config.ts';
import { CliError, PostError } from '../errors.ts';
import { joinPages } from './join.ts';
import type { Join } from './join.ts';
import { postOf } from './markdown/fields.ts';
import { matchFiles } from './markdown/files.ts';
import type { ContentFile } from './markdown/files.ts';
import { frontMatterReader } from './markdown/front-matter.ts';
import type { ReadFrontMatter } from './markdown/front-matter.ts';
import { isDraft, placeOf } from './markdown/placed.ts';
import { isNo, textOf } from './markdown/values.ts';
import { oursBelow } from './pages/ours.ts';
import { readBuiltSite } from './pages/pages.ts';
import type { Page } from './pages/pages.ts';
import { toPost } from './post.ts';
import type { ScannedPost } from './post.ts';

/** A file that could not become a post. The others go on; the exit code tells. */
export interface Problem {
  file: string;
  code: string;
  message: string;
}

export interface Scan {
  /** Sorted by file. */
  posts: ScannedPost[];
  problems: Problem[];
  /** Files that the globs match, drafts and others that make no post included. */
  matched: number;
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
  /** A glob; only posts whose slug or file it matches are taken. */
  only?: string | undefined;
  now: Date;
  signal?: AbortSignal | undefined;
}

type ScanConfig = Pick<
  Config,
  'root' | 'content' | 'map' | 'drafts' | 'future' | 'pages' | 'own' | 'site' | 'publicUrl' | 'key'
>;

/** How long files are read until other work has its turn, ms: an answer of the function, Ctrl-C. */
const SLICE_MS = 50;

/**
 * Reads every source: the front matter of the files that the content globs match, and the pages of the built site.
 * @throws CliError `no_posts` when no file matches, none is a post, or none that `only` asks for; `usage` when there is no
 * built site; the signal's reason when aborted.
 */
export async function scan(config: ScanConfig, options: ScanOptions): Promise<Scan> {
  const found: Scan = { posts: [], problems: [], matched: 0, site: null };
  if (config.content.length > 0 || config.pages === null) await scanContent(config, options, found);
  if (config.pages !== null) await scanPages(config, config.pages, options, found);
  return options.only === undefined ? found : narrow(found, options.only);
}

async function scanContent(config: ScanConfig, options: ScanOptions, found: Scan): Promise<void> {
  const files = await matchFiles(config.root, config.content);
  if (files.length === 0)
    throw new CliError(
      'no_posts',
      `No file matches ${config.content.map((glob) => JSON.stringify(glob)).join(', ')} in ${config.root}.`,
      'Set content in og.config.ts (or --content) to where the markdown is, such as "posts/**/*.md".',
    );
  found.matched += files.length;
  const read = frontMatterReader();
  let turnedAt = -Infinity;
  for (const file of files) {
    if (performance.now() - turnedAt > SLICE_MS) {
      await setImmediate();
      turnedAt = performance.now();
    }
    options.signal?.throwIfAborted();
    const outcome = scanFile(read, file, config, options);
    if (outcome === null) continue;
    if ('message' in outcome) found.problems.push(outcome);
    else if (config.own === 'card' || outcome.pictures.image === undefined) found.posts.push(outcome);
  }
}

async function scanPages(
  config: ScanConfig,
  pages: string,
  options: ScanOptions,
  found: Scan,
): Promise<void> {
  if (!existsSync(pages))
    throw new CliError(
      'usage',
      `There is no built site at ${pages}.`,
      'Build the site first, or correct pages (--pages).',
    );
  const siteUrl = siteUrlOf(config);
  const siteName = typeof config.site['name'] === 'string' ? config.site['name'] : null;
  const { own, signal } = { ...config, ...options };
  const isOurs = oursBelow({ ...config, siteUrl });
  const site = await readBuiltSite(pages, { siteUrl, siteName, own, isOurs, signal });
  found.matched += site.pages.length;
  const folder = relative(config.root, pages).split(sep).join('/');
  for (const { file, reason } of site.unreadable)
    found.problems.push(unreadable(posix.join(folder, file), reason));
  const { posts, ...joined } = joinPages(found.posts, site, folder, (source) => {
    const outcome = attempt(source.file, () => toPost(source, { ...config, now: options.now }));
    if (outcome === null || !('message' in outcome)) return outcome;
    found.problems.push(outcome);
    return null;
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

function scanFile(
  read: ReadFrontMatter,
  source: ContentFile,
  config: ScanConfig,
  options: ScanOptions,
): ScannedPost | Problem | null {
  const { file } = source;
  return attempt(file, () => {
    const frontMatter = read(resolve(config.root, file));
    if (frontMatter === null)
      return {
        file,
        code: 'no_title',
        message: `${file} has no front matter, so no title; begin it with ---`,
      };
    if (isNo(frontMatter['og']) || (!config.drafts && isDraft(frontMatter))) return null;
    const site = textOf(config.site['url']);
    const placed = placeOf(source, frontMatter, { site, folderLanguage: null });
    return toPost(postOf(file, placed), { ...config, now: options.now });
  });
}

/** What `make` makes of a file, or what is wrong with it. */
function attempt<T>(file: string, make: () => T): T | Problem {
  try {
    return make();
  } catch (error) {
    if (error instanceof PostError) return { file, code: error.code, message: `${file}: ${error.message}` };
    if (error instanceof Error && 'syscall' in error) return unreadable(file, error.message);
    throw error;
  }
}

function unreadable(file: string, reason: string): Problem {
  return { file, code: 'unreadable', message: `${file} cannot be read: ${reason}` };
}

/** A problem is kept when its file is asked for: whether its slug is, nobody knows. */
function narrow(scan: Scan, only: string): Scan {
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
