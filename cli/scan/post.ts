/** What a source says of a post → a post of the contract, or the reason why it is none. */
import { LIMITS, postSchema } from '../../function/contract.ts';
import type { Post, Warning } from '../../function/contract.ts';
import { addressOfSlug, pathProblem, toSlug } from '../../function/text/slug.ts';
import { show } from '../config/errors.ts';
import type { Config, PostFields } from '../config/config.ts';
import { PostError } from '../errors.ts';
import { suggestSlug } from './address.ts';
import { inlineFields, readInline } from './markdown/text.ts';
import type { TextKind } from './markdown/text.ts';
import { dateWarning, isFuture, normaliseDate } from './dates.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A post as its source says it, before `map` and before it is checked. */
export interface SourcePost {
  /** Relative to the config's folder, with "/". */
  file: string;
  /** Its pictures are files or addresses. */
  fields: Partial<PostFields>;
  /** The names of what the slug, the date and the template were read from. */
  from: { slug: string; date: string; template: string };
  /** All that the source holds, for `map`. */
  frontMatter: Fields;
  /** The part of the slug that only the site's generator can fill in. */
  unfilled?: string;
  /** What title and description hold when `map` returns others. */
  text: TextKind;
  warnings: readonly Warning[];
}

/** A post that was found, its pictures not read yet. */
export interface ScannedPost {
  file: string;
  /** The path of its page; where `map` gives another slug and no address, that. */
  address: string;
  /** Without `image`; an author without avatar. */
  post: Post;
  /** Alternative text of its image, where it is not the title. */
  alt?: string;
  /** Where its pictures are, as its source names them. */
  pictures: { image?: string; avatar?: string };
  /** A template that a generator may mean as well: it counts if it is one of ours. */
  maybeTemplate?: string;
  warnings: Warning[];
}

type Options = Pick<Config, 'map' | 'future'> & {
  now: Date;
  /** The first heading, for `map`. */
  heading?: () => string | null;
};

/**
 * The post of a source; null when it is skipped (a future post, or `map` says so).
 * @throws PostError that names the field, what was found and what is allowed.
 */
export function toPost(source: SourcePost, options: Options): ScannedPost | null {
  const mapped = options.map === null ? source.fields : applyMap(source, options.map, options.heading);
  if (mapped === null) return null;
  const scanned = checked(source, mapped);
  const { date } = scanned.post;
  return date !== undefined && !options.future && isFuture(date, options.now) ? null : scanned;
}

function applyMap(
  { fields, frontMatter, file }: SourcePost,
  map: NonNullable<Config['map']>,
  heading: Options['heading'],
): Partial<PostFields> | null {
  let changes: unknown;
  try {
    // A getter: most maps do not ask, and a file would be read for each.
    const source = {
      frontMatter,
      file,
      get heading() {
        return heading?.() ?? null;
      },
    };
    changes = map(fields as PostFields, source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostError('map_failed', `map of the configuration threw: ${reason}`, { cause });
  }
  if (changes === null) return null;
  if (changes instanceof Promise) {
    changes.catch(() => undefined);
    throw new PostError(
      'map_failed',
      'map of the configuration returned a promise; it must answer at once, so it cannot be async',
    );
  }
  if (typeof changes !== 'object')
    throw new PostError(
      'map_failed',
      `map of the configuration must return an object or null; found ${show(changes)}`,
    );
  return { ...fields, ...changes };
}

/** Takes out what the contract does not know or the pictures that are not read yet, and checks the rest against it. */
function checked(source: SourcePost, mapped: Partial<PostFields>): ScannedPost {
  const { file, fields, from } = source;
  const { image, author, date, alt, template, ...rest } = withOwnText(source, mapped);
  if (rest.title === undefined) throw new PostError('no_title', 'has no title');
  const ownSlug = rest.slug === fields.slug;
  if (ownSlug && source.unfilled !== undefined)
    throw new PostError(
      'invalid_slug',
      `${from.slug} has ${show(source.unfilled)}, which only the site's generator can fill in; set og.slug, or slug in map`,
    );
  if (typeof rest.slug === 'string') checkSlug(rest.slug, ownSlug ? from.slug : 'map');
  const warnings = [...source.warnings];
  const day = date === undefined ? undefined : dateOf(date, fields, from, warnings);
  const mayBe = from.template !== 'og.template' && template !== undefined && template === fields.template;
  const person: Fields = typeof author === 'object' && author !== null ? { ...author } : {};
  const name: unknown = 'name' in person ? person['name'] : author;
  const parsed = postSchema.safeParse({
    ...rest,
    ...(day !== undefined && { date: day }),
    ...(name !== undefined && { author: name }),
    ...(template !== undefined && !mayBe && { template }),
  });
  if (!parsed.success) throw new PostError('invalid_post', complaint(parsed.error.issues, mapped));
  const moved = !ownSlug && rest.address === fields.address;
  const { address: written, ...post } = parsed.data;
  const address = (moved ? undefined : written) ?? addressOfSlug(post.slug);
  const pictures = { ...reference('image', image), ...reference('avatar', person['avatar']) };
  return {
    file,
    address,
    post: { ...post, address },
    ...(alt !== undefined && { alt }),
    pictures,
    ...(mayBe && { maybeTemplate: template }),
    warnings,
  };
}

/** What `map` writes holds what front matter holds; what it leaves keeps its marks. */
function withOwnText({ fields, text }: SourcePost, mapped: Partial<PostFields>): Partial<PostFields> {
  const { title, description, marks, ...rest } = mapped;
  if (title === fields.title && description === fields.description) return mapped;
  const inline = (name: 'title' | 'description') => {
    const value: unknown = mapped[name];
    if (typeof value !== 'string') return null;
    return value === fields[name] ? { text: value, marks: marks?.[name] ?? [] } : readInline(value, text);
  };
  return {
    ...rest,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...inlineFields(inline('title'), inline('description')),
  };
}

/** A date that cannot be read costs the date. */
function dateOf(
  date: unknown,
  fields: SourcePost['fields'],
  from: SourcePost['from'],
  warnings: Warning[],
): string | undefined {
  const text = date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString() : date;
  const day = typeof text === 'string' ? normaliseDate(text) : null;
  if (day !== null) return day;
  warnings.push(dateWarning(date === fields.date ? from.date : 'date (from map)', date));
  return undefined;
}

function reference(field: string, value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (typeof value === 'string') return { [field]: value };
  throw new PostError('invalid_post', `${field} must be a file or an address; found ${show(value)}`);
}

function checkSlug(slug: string, field: string): void {
  const problem = slugProblem(slug);
  if (problem === null) return;
  const suggestion = suggestSlug(slug);
  throw new PostError(
    'invalid_slug',
    `${field} gives the slug ${show(slug)}, which cannot be used: ${problem}` +
      (suggestion === null ? '' : `; og.slug or map can make it ${suggestion}`),
  );
}

function slugProblem(slug: string): string | null {
  if (slug.length > LIMITS.slug) return `it is longer than ${LIMITS.slug} characters`;
  return pathProblem(toSlug(slug));
}

function complaint(issues: readonly { path: PropertyKey[]; message: string }[], found: object): string {
  return issues
    .map(({ path, message }) => {
      const name = path.map(String).join('.');
      const value: unknown = (found as Fields)[String(path[0])];
      return `${name === '' ? 'the post' : name}: ${message}${path.length === 1 ? `; found ${show(value)}` : ''}`;
    })
    .join('; ');
}
