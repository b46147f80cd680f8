/** One file of content → its posts, or why it has none. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { languageTag } from '../../function/text/language.ts';
import type { Config } from '../config/config.ts';
import { PostError } from '../errors.ts';
import { postOf } from './markdown/fields.ts';
import type { ContentFile } from './markdown/files.ts';
import type { FrontMatter } from './markdown/formats.ts';
import type { ReadFrontMatter } from './markdown/front-matter.ts';
import { languagesOf } from './languages.ts';
import { readHeading } from './markdown/heading.ts';
import type { Inline } from './markdown/inline-html.ts';
import { isDraft, placeOf } from './markdown/placed.ts';
import type { Placed } from './markdown/placed.ts';
import { isNo, textOf } from './markdown/values.ts';
import { toPost } from './post.ts';
import type { ScannedPost } from './post.ts';
import { isErrorPage, placedPage } from './presets/placed.ts';
import type { PresetOutcome, Reason, SiteRules } from './presets/types.ts';

/** `untitled`: neither front matter nor a heading, so not meant to be a page. */
export type LeftOut = Reason | 'og: false' | 'untitled' | 'error page';

export type ContentConfig = Pick<
  Config,
  'root' | 'content' | 'site' | 'map' | 'drafts' | 'future' | 'preset' | 'pathLanguage' | 'text'
>;

export interface FilePosts {
  posts: ScannedPost[];
  leftOut: LeftOut | null;
}

/** One file → its posts, or why it has none. */
export function contentReader(
  config: ContentConfig,
  now: Date,
  files: readonly ContentFile[],
  site: SiteRules | null,
  read: ReadFrontMatter,
): (file: ContentFile) => FilePosts {
  const path = (file: string) => resolve(config.root, file);
  const siteUrl = textOf(config.site['url']);
  const languages = lazily(() => languagesOf(files, languageTag(config.site['lang'])));
  const pathLanguage = (file: ContentFile) => (config.pathLanguage ? languages()(file) : null);
  const route = site?.route(
    files.map(({ file }) => file),
    {
      frontMatter: (file) => quiet(() => read(path(file))) ?? {},
      head: (file) => readFileSync(path(file), 'utf8'),
      drafts: config.drafts,
      now,
    },
  );
  const text = config.text ?? site?.text ?? 'markdown';
  return (source) => {
    const { file } = source;
    const heading = lazily(() => readHeading(path(file), site?.heading));
    const plainHeading = () => heading()?.text ?? null;
    const make = (placed: Placed) =>
      isNo(placed.fields['og'])
        ? ('og: false' as const)
        : toPost(postOf(file, placed, text), { ...config, now, heading: plainHeading });
    const own = frontMatterOf(() => read(path(file)), site);
    if (own === 'computed') return { posts: [], leftOut: 'computed' };
    const outcome = route?.(file, own) ?? null;
    if (site === null || outcome === null || isForeign(outcome, config)) {
      if (own === null && heading() === null) return { posts: [], leftOut: 'untitled' };
      if (own !== null && !config.drafts && isDraft(own)) return { posts: [], leftOut: 'draft' };
      const known = { site: siteUrl, folderLanguage: pathLanguage(source) };
      return asFilePosts([make(generallyPlaced(source, own ?? {}, known, heading))]);
    }
    if ('none' in outcome) return { posts: [], leftOut: outcome.none };
    const pages = outcome.pages.filter(({ address }) => !isErrorPage(address));
    if (pages.length === 0) return { posts: [], leftOut: 'error page' };
    const lang = pathLanguage(source);
    const inLanguage = (placed: Placed) => (lang === null ? placed : { lang, ...placed });
    return asFilePosts(
      pages.map((page) => make(inLanguage(placedPage(file, page, { ...site, text }, heading)))),
    );
  };
}

/** Without a preset: a title of the front matter as it stands, else the first heading. */
function generallyPlaced(
  source: ContentFile,
  fields: FrontMatter,
  known: { site: string | null; folderLanguage: string | null },
  heading: () => Inline | null,
): Placed {
  const placed = placeOf(source, fields, known);
  const title = fields['title'] === undefined || fields['title'] === null ? heading() : null;
  return title === null ? placed : { ...placed, title };
}

/** A file that the generator does not read, and the user names all the same. */
function isForeign(outcome: PresetOutcome, { content }: ContentConfig): boolean {
  return 'none' in outcome && outcome.none === 'elsewhere' && content !== null;
}

function asFilePosts(results: (ScannedPost | LeftOut | null)[]): FilePosts {
  const posts = results.filter((one) => typeof one === 'object' && one !== null);
  const leftOut = results.find((one) => typeof one === 'string') ?? null;
  return { posts, leftOut: posts.length > 0 ? null : leftOut };
}

/** Eleventy takes front matter that is a program: it knows what is in it, we never will. */
function frontMatterOf(
  read: () => FrontMatter | null,
  site: SiteRules | null,
): FrontMatter | null | 'computed' {
  try {
    return read();
  } catch (error) {
    const isProgram = error instanceof PostError && error.code === 'front_matter_language';
    if (isProgram && site?.takesPrograms === true) return 'computed';
    throw error;
  }
}

function quiet<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
