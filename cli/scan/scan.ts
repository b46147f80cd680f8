/** Markdown → posts. */
import { posix, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { CliError, PostError } from '../errors.ts';
import { isDraft, postOf } from './markdown/fields.ts';
import { matchFiles } from './markdown/files.ts';
import type { ContentFile } from './markdown/files.ts';
import { frontMatterReader } from './markdown/front-matter.ts';
import type { ReadFrontMatter } from './markdown/front-matter.ts';
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
}

export interface ScanOptions {
  /** A glob; only posts whose slug or file it matches are taken. */
  only?: string | undefined;
  now: Date;
  signal?: AbortSignal | undefined;
}

type ScanConfig = Pick<Config, 'root' | 'content' | 'map' | 'drafts' | 'future'>;

/** Files read before other work has its turn: an answer of the function, Ctrl-C. */
const SLICE = 64;

/**
 * Reads the front matter of every file that the content globs match.
 * @throws CliError `no_posts` when no file matches, or none that `only` asks for; the signal's reason when aborted.
 */
export async function scan(config: ScanConfig, options: ScanOptions): Promise<Scan> {
  const files = await matchFiles(config.root, config.content);
  if (files.length === 0)
    throw new CliError(
      'no_posts',
      `No file matches ${config.content.map((glob) => JSON.stringify(glob)).join(', ')} in ${config.root}.`,
      'Set content in og.config.ts (or --content) to where the markdown is, such as "posts/**/*.md".',
    );
  const result: Scan = { posts: [], problems: [], matched: files.length };
  const read = frontMatterReader();
  for (const [index, file] of files.entries()) {
    if (index % SLICE === 0) await setImmediate();
    options.signal?.throwIfAborted();
    const outcome = scanFile(read, file, config, options);
    if (outcome === null) continue;
    if ('post' in outcome) result.posts.push(outcome);
    else result.problems.push(outcome);
  }
  return options.only === undefined ? result : narrow(result, options.only);
}

function scanFile(
  read: ReadFrontMatter,
  source: ContentFile,
  config: ScanConfig,
  options: ScanOptions,
): ScannedPost | Problem | null {
  const { file } = source;
  try {
    const frontMatter = read(resolve(config.root, file));
    if (frontMatter === null)
      return {
        file,
        code: 'no_title',
        message: `${file} has no front matter, so no title; begin it with ---`,
      };
    if (!config.drafts && isDraft(frontMatter)) return null;
    return toPost(postOf(source, frontMatter), { ...config, now: options.now });
  } catch (error) {
    if (error instanceof PostError) return { file, code: error.code, message: `${file}: ${error.message}` };
    if (error instanceof Error && 'syscall' in error)
      return { file, code: 'unreadable', message: `${file} cannot be read: ${error.message}` };
    throw error;
  }
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
