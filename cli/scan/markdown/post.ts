/** A draft → a post of the contract, or the reason why it is none. */
import { LIMITS, pathProblem, postSchema } from '../../../function/contract.ts';
import type { Post } from '../../../function/contract.ts';
import { show } from '../../config/errors.ts';
import type { Config } from '../../config/config.ts';
import { isFuture } from './dates.ts';
import { checkDate, draftOf, PostError } from './draft.ts';
import type { Draft, Drafted, Source } from './draft.ts';
import { fieldsOf, isDraft } from './fields.ts';
import { suggestSlug } from './address.ts';

/** A post as found on disk, its pictures not read yet. */
export interface Scanned {
  file: string;
  /** Without `image`; an author without avatar. */
  post: Post;
  /** Where its pictures are, as the front matter names them. */
  pictures: { image?: string; avatar?: string };
}

type Options = Pick<Config, 'map' | 'drafts' | 'future'> & { now: Date };

/**
 * The post of a file; null when it is skipped (a draft, a future post, or `map` says so).
 * @throws PostError that names the field, what was found and what is allowed.
 */
export function toPost(source: Source, options: Options): Scanned | null {
  if (!options.drafts && isDraft(source.frontMatter)) return null;
  const drafted = draftOf(source);
  const mapped = options.map === null ? drafted.draft : applyMap(drafted.draft, source, options.map);
  if (mapped === null) return null;
  const scanned = separate(source.file, mapped, drafted);
  const { date } = scanned.post;
  return date !== undefined && !options.future && isFuture(date, options.now) ? null : scanned;
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
  return { ...draft, ...changes };
}

/** Takes the pictures out, which are not read yet, and checks the rest against the contract. */
function separate(file: string, mapped: Draft, { draft, slugField, dateField }: Drafted): Scanned {
  const { image, author, date, ...rest } = mapped;
  if (rest.title === undefined) throw new PostError('no_title', 'has no title');
  if (typeof rest.slug === 'string') checkSlug(rest.slug, rest.slug === draft.slug ? slugField : 'map');
  const person = fieldsOf(author);
  const name: unknown = 'name' in person ? person['name'] : author;
  const parsed = postSchema.safeParse({
    ...rest,
    ...(date !== undefined && { date: checkDate(date === draft.date ? dateField : 'date (from map)', date) }),
    ...(name !== undefined && { author: name }),
  });
  if (!parsed.success) throw new PostError('invalid_post', complaint(parsed.error.issues, mapped));
  const pictures = { ...picture('image', image), ...picture('avatar', person['avatar']) };
  return { file, post: parsed.data, pictures };
}

function picture(field: string, reference: unknown): Record<string, string> {
  if (reference === undefined) return {};
  if (typeof reference === 'string') return { [field]: reference };
  throw new PostError('invalid_post', `${field} must be a file or an address; found ${show(reference)}`);
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
