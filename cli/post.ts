/** The fields of one file → a post, or the reason why it is none. */
import { LIMITS, pathProblem, postSchema } from '../function/contract.ts';
import type { Post } from '../function/contract.ts';
import { show } from './config-errors.ts';
import type { Config } from './config.ts';
import { DATE_FORMS, isFuture, normaliseDate } from './dates.ts';
import * as fields from './fields.ts';
import type { FrontMatter } from './front-matter.ts';
import type { Scanned } from './scan.ts';
import { slugOfAddress, slugOfFile, suggestSlug } from './slug.ts';

/** Why a file could not become a post. The message is told after the file's name. */
export class PostError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'PostError';
    this.code = code;
  }
}

export interface Source {
  /** Relative to the config's folder, with "/". */
  file: string;
  /** The fixed part of the glob that found it. */
  fixed: string;
  frontMatter: FrontMatter;
}

type Options = Pick<Config, 'map' | 'drafts' | 'future'> & { now: Date };

/** A post whose pictures are files or addresses still, as `map` sees and returns it. */
type Draft = Partial<Post>;

/**
 * The post of a file; null when it is skipped (a draft, a future post, or `map` says so).
 * @throws PostError that names the field, what was found and what is allowed.
 */
export function toPost(source: Source, options: Options): Scanned | null {
  if (!options.drafts && fields.isDraft(source.frontMatter)) return null;
  const { draft, slugField } = draftOf(source);
  const mapped = options.map === null ? draft : applyMap(draft, source, options.map);
  if (mapped === null) return null;
  const scanned = separate(source.file, mapped, mapped.slug === draft.slug ? slugField : 'map');
  const { date } = scanned.post;
  return date !== undefined && !options.future && isFuture(date, options.now) ? null : scanned;
}

function draftOf({ file, fixed, frontMatter }: Source): { draft: Draft; slugField: string } {
  const own = fields.fieldsOf(frontMatter['og']);
  const { slug, slugField } = slugOf(file, fixed, frontMatter);
  const title = titleOf(frontMatter);
  const description = fields.descriptionOf(frontMatter);
  const date = dateOf(frontMatter);
  const author = fields.authorOf(frontMatter);
  const tags = fields.tagsOf(frontMatter);
  const image = fields.imageOf(own) ?? fields.imageOf(frontMatter);
  const template = fields.textOf(own['template']) ?? fields.textOf(frontMatter['template']);
  const data = dataOf(frontMatter, own);
  const draft: Draft = {
    slug,
    ...(title !== null && { title }),
    ...(description !== null && { description }),
    ...(date !== null && { date }),
    ...(author !== null && {
      author: author.avatar === null ? author.name : { name: author.name, avatar: author.avatar },
    }),
    ...(tags.length > 0 && { tags }),
    ...(image !== null && { image }),
    ...(template !== null && { template }),
    ...(data !== null && { data }),
  };
  return { draft, slugField };
}

function slugOf(file: string, fixed: string, frontMatter: FrontMatter): { slug: string; slugField: string } {
  for (const slugField of ['slug', 'permalink', 'url']) {
    const value = frontMatter[slugField];
    if (typeof value === 'number') return { slug: String(value), slugField };
    if (typeof value === 'string' && value.trim() !== '') return { slug: slugOfAddress(value), slugField };
  }
  return { slug: slugOfFile(file, fixed), slugField: "the file's path" };
}

function titleOf(frontMatter: FrontMatter): string | null {
  const value = frontMatter['title'];
  if (typeof value === 'object' && value !== null)
    throw new PostError('invalid_post', `title must be text; found ${show(value)}`);
  return fields.textOf(typeof value === 'boolean' ? String(value) : value);
}

function dateOf(frontMatter: FrontMatter): string | null {
  const field = fields.dateField(frontMatter);
  if (field === null) return null;
  return checkDate(field.name, field.value);
}

function checkDate(name: string, value: unknown): string {
  const date = typeof value === 'string' ? normaliseDate(value) : null;
  if (date === null)
    throw new PostError('invalid_date', `${name} must be a date such as ${DATE_FORMS}; found ${show(value)}`);
  return date;
}

/** Free fields: `data`, what `og` holds beside the template and the picture, and the language of the post. */
function dataOf(frontMatter: FrontMatter, own: Readonly<Record<string, unknown>>): Post['data'] | null {
  const { template: _template, image: _image, ...rest } = own;
  const lang = fields.textOf(frontMatter['lang']);
  const data = { ...fields.fieldsOf(frontMatter['data']), ...rest, ...(lang !== null && { lang }) };
  return Object.keys(data).length === 0 ? null : data;
}

function applyMap(draft: Draft, source: Source, map: NonNullable<Config['map']>): Draft | null {
  let changes: unknown;
  try {
    changes = map(draft as Post, { frontMatter: source.frontMatter, file: source.file });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostError('map_failed', `map of the configuration threw: ${reason}`, { cause });
  }
  if (changes === null) return null;
  if (typeof changes !== 'object' || changes instanceof Promise)
    throw new PostError(
      'map_failed',
      `map of the configuration must return an object or null; found ${show(changes)}`,
    );
  const merged = { ...draft, ...changes };
  return typeof merged.date === 'string'
    ? { ...merged, date: checkDate('date (from map)', merged.date) }
    : merged;
}

/** Takes the pictures out, which are not read yet, and checks the rest against the contract. */
function separate(file: string, draft: Draft, slugField: string): Scanned {
  const { image, author, ...rest } = draft;
  const avatar = typeof author === 'object' ? author.avatar : undefined;
  const name = typeof author === 'object' ? author.name : author;
  if (rest.title === undefined) throw new PostError('no_title', 'has no title');
  if (typeof rest.slug === 'string') checkSlug(rest.slug, slugField);
  const parsed = postSchema.safeParse({ ...rest, ...(name !== undefined && { author: name }) });
  if (!parsed.success) throw new PostError('invalid_post', complaint(parsed.error.issues, draft));
  return {
    file,
    post: parsed.data,
    pictures: { ...(image !== undefined && { image }), ...(avatar !== undefined && { avatar }) },
  };
}

function checkSlug(slug: string, field: string): void {
  const problem =
    slug.length > LIMITS.slug
      ? `it is longer than ${LIMITS.slug} characters`
      : pathProblem(slug.normalize('NFC'));
  if (problem === null) return;
  const suggestion = suggestSlug(slug);
  throw new PostError(
    'invalid_slug',
    `${field} gives the slug ${show(slug)}, which cannot be used: ${problem}` +
      (suggestion === null ? '' : `; set slug: ${suggestion}`),
  );
}

function complaint(issues: readonly { path: PropertyKey[]; message: string }[], draft: Draft): string {
  return issues
    .map(({ path, message }) => {
      const name = path.map(String).join('.');
      const found: unknown = draft[path[0] as keyof Draft];
      return `${name === '' ? 'the post' : name}: ${message}${path.length === 1 ? `; found ${show(found)}` : ''}`;
    })
    .join('; ');
}
