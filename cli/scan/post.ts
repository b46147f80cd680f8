/** What a source says of a post → a post of the contract, or the reason why it is none. */
import { LIMITS, pathProblem, postSchema } from '../../function/contract.ts';
import type { Post } from '../../function/contract.ts';
import { show } from '../config/errors.ts';
import type { Config } from '../config/config.ts';
import { PostError } from '../errors.ts';
import { suggestSlug } from './address.ts';
import { DATE_FORMS, isFuture, normaliseDate } from './dates.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A post as its source says it, before `map` and before it is checked. */
export interface SourcePost {
  /** Relative to the config's folder, with "/". */
  file: string;
  /** The path of its page on the site. */
  address: string;
  /** Its pictures are files or addresses. */
  fields: Partial<Post>;
  /** The names of the fields that the slug and the date were read from. */
  from: { slug: string; date: string };
  /** All that the source holds, for `map`. */
  frontMatter: Fields;
}

/** A post that was found, its pictures not read yet. */
export interface ScannedPost {
  file: string;
  /** The path of its page; where `map` gives another slug, that. */
  address: string;
  /** Without `image`; an author without avatar. */
  post: Post;
  /** Where its pictures are, as its source names them. */
  pictures: { image?: string; avatar?: string };
}

type Options = Pick<Config, 'map' | 'future'> & { now: Date };

/**
 * The post of a source; null when it is skipped (a future post, or `map` says so).
 * @throws PostError that names the field, what was found and what is allowed.
 */
export function toPost(source: SourcePost, options: Options): ScannedPost | null {
  const mapped = options.map === null ? source.fields : applyMap(source, options.map);
  if (mapped === null) return null;
  const scanned = checked(source, mapped);
  const { date } = scanned.post;
  return date !== undefined && !options.future && isFuture(date, options.now) ? null : scanned;
}

function applyMap(
  { fields, frontMatter, file }: SourcePost,
  map: NonNullable<Config['map']>,
): Partial<Post> | null {
  let changes: unknown;
  try {
    changes = map(fields as Post, { frontMatter, file });
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

/** Takes the pictures out, which are not read yet, and checks the rest against the contract. */
function checked({ file, address, fields, from }: SourcePost, mapped: Partial<Post>): ScannedPost {
  const { image, author, date, ...rest } = mapped;
  if (rest.title === undefined) throw new PostError('no_title', 'has no title');
  if (typeof rest.slug === 'string') checkSlug(rest.slug, rest.slug === fields.slug ? from.slug : 'map');
  const person: Fields = typeof author === 'object' && author !== null ? { ...author } : {};
  const name: unknown = 'name' in person ? person['name'] : author;
  const parsed = postSchema.safeParse({
    ...rest,
    ...(date !== undefined && {
      date: checkDate(date === fields.date ? from.date : 'date (from map)', date),
    }),
    ...(name !== undefined && { author: name }),
  });
  if (!parsed.success) throw new PostError('invalid_post', complaint(parsed.error.issues, mapped));
  const pictures = { ...picture('image', image), ...picture('avatar', person['avatar']) };
  const moved = fields.slug !== undefined && parsed.data.slug !== fields.slug.normalize('NFC');
  return { file, address: moved ? `/${parsed.data.slug}/` : address, post: parsed.data, pictures };
}

function picture(field: string, reference: unknown): Record<string, string> {
  if (reference === undefined) return {};
  if (typeof reference === 'string') return { [field]: reference };
  throw new PostError('invalid_post', `${field} must be a file or an address; found ${show(reference)}`);
}

function checkDate(name: string, value: unknown): string {
  const date = typeof value === 'string' ? normaliseDate(value) : null;
  if (date === null)
    throw new PostError('invalid_date', `${name} must be a date such as ${DATE_FORMS}; found ${show(value)}`);
  return date;
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
      (suggestion === null ? '' : `; og.slug or map can make it ${suggestion}`),
  );
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
