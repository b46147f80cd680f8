/** Content files → posts: each by the rules of the site's generator, or by general ones where none is known. */
import { relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CliError } from '../errors.ts';
import { attempt } from './attempt.ts';
import type { Problem } from './attempt.ts';
import { contentReader } from './content-file.ts';
import { frontMatterReader } from './markdown/front-matter.ts';
import type { OpenFrontMatter } from './markdown/front-matter.ts';
import type { ContentConfig, LeftOut } from './content-file.ts';
import { matchFiles } from './markdown/files.ts';
import type { ScannedPost } from './post.ts';
import { choosePreset } from './presets/choose.ts';
import type { PresetName } from '../config/preset-names.ts';
import { openProject } from './presets/reading/project.ts';
import type { SiteRules } from './presets/types.ts';

export interface ContentScan {
  posts: ScannedPost[];
  problems: Problem[];
  /** Files that were looked at. */
  matched: number;
  /** The preset by which they were read, and whether it was recognised by the folder. */
  preset: { name: PresetName; recognised: boolean } | null;
  /** Files that make no post, and why. */
  leftOut: Map<LeftOut, string[]>;
  /** Files with a field twice, by path: the line of the second. */
  repeated: Map<string, number>;
  /** What the preset cannot know, one line each. */
  unknown: readonly string[];
}

interface Options {
  now: Date;
  signal?: AbortSignal | undefined;
  /** What reads front matter; one that remembers makes the next scan quick. */
  openFrontMatter?: OpenFrontMatter | undefined;
}

/** Where the markdown is when neither configuration nor preset says. */
const CONTENT = ['content/**/*.{md,mdx,markdown}'];
/** How long files are read until other work has its turn, ms: an answer of the function, Ctrl-C. */
const SLICE_MS = 50;

/**
 * Reads the files that the content globs match, or where none are named those that the preset knows.
 * @throws CliError `no_posts` when no file matches; the signal's reason when aborted.
 */
export async function scanContent(config: ContentConfig, options: Options): Promise<ContentScan> {
  const project = openProject(config.root);
  const preset = choosePreset(config.preset, project);
  const site = preset?.rules(project) ?? null;
  const globs = globsOf(config, site);
  const files = await matchFiles(config.root, globs);
  if (files.length === 0) throw noFiles(config, globs, preset?.name ?? null);
  const found: ContentScan = {
    posts: [],
    problems: [],
    matched: files.length,
    preset: preset === null ? null : { name: preset.name, recognised: config.preset === null },
    leftOut: new Map(),
    repeated: new Map(),
    unknown: site?.notices ?? [],
  };
  const open = options.openFrontMatter ?? frontMatterReader;
  const read = open((path, line) => {
    found.repeated.set(relative(config.root, path).split(sep).join('/'), line);
  });
  const reader = contentReader(config, options.now, files, site, read);
  let turnedAt = -Infinity;
  for (const source of files) {
    if (performance.now() - turnedAt > SLICE_MS) {
      await setImmediate();
      turnedAt = performance.now();
    }
    options.signal?.throwIfAborted();
    const { file } = source;
    const outcome = attempt(file, () => reader(source));
    if ('message' in outcome) found.problems.push(outcome);
    else found.posts.push(...outcome.posts);
    if ('message' in outcome || outcome.leftOut === null) continue;
    const others = found.leftOut.get(outcome.leftOut);
    if (others === undefined) found.leftOut.set(outcome.leftOut, [file]);
    else others.push(file);
  }
  return found;
}

function globsOf({ content }: Pick<ContentConfig, 'content'>, site: SiteRules | null): readonly string[] {
  return content ?? site?.content ?? CONTENT;
}

/** The globs of the content: those of the configuration, else those that the preset knows. */
export function contentGlobs(config: Pick<ContentConfig, 'root' | 'content' | 'preset'>): readonly string[] {
  const project = openProject(config.root);
  return globsOf(config, choosePreset(config.preset, project)?.rules(project) ?? null);
}

function noFiles(
  { root, content, preset }: ContentConfig,
  globs: readonly string[],
  name: string | null,
): CliError {
  const where = globs.filter((glob) => !glob.startsWith('!')).map((glob) => JSON.stringify(glob));
  const files = where.length === 0 ? 'No content of its own is known' : `No file matches ${where.join(', ')}`;
  const asked = content === null && preset === null && name !== null ? ` (of ${name})` : '';
  return new CliError(
    'no_posts',
    `${files}${asked} in ${root}.`,
    'Set content in og.config.ts (or --content) to where the markdown is, such as "posts/**/*.md".',
  );
}
