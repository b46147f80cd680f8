/** Posts that a program hands in, such as a generator that knows its own pages, instead of files that are read. */
import type { z } from 'zod';
import type { postSchema } from '../../function/contract.ts';
import type { Author } from '../config/schema.ts';
import type { Problem } from './attempt.ts';
import { attempt } from './attempt.ts';
import { slugOfAddress } from './address.ts';
import { postOf } from './markdown/fields.ts';
import { isNo } from './markdown/values.ts';
import type { TextKind } from './markdown/text.ts';
import type { SourcePost } from './post.ts';

/** A post as a program knows it. What is left out comes from its built page, where there is one. */
export interface GivenPost {
  /** The path of its page below the site's own address: `/2024/hello/`. */
  address: string;
  /** What its image is named by. Default: the address. */
  slug?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  /** A day or an instant; one that cannot be read costs the date. */
  date?: string | Date | undefined;
  author?: Author | undefined;
  tags?: readonly string[] | undefined;
  /** BCP 47. */
  lang?: string | undefined;
  /** A file, or an address on one of `imageHosts`. */
  image?: string | undefined;
  /** Alternative text of its image. Default: the title. */
  alt?: string | undefined;
  template?: string | undefined;
  /** Free fields for the template. */
  data?: z.infer<typeof postSchema>['data'];
  /** Its source file: for messages and `map`. Default: the address. */
  file?: string | undefined;
  /** All that its source says: `map` sees it, and `og` of it counts as in a file. */
  frontMatter?: Readonly<Record<string, unknown>> | undefined;
}

/** What a program knows of its site. */
export interface GivenSite {
  posts?: readonly GivenPost[] | undefined;
  /** Of the built site, only the pages at these addresses are read. */
  addresses?: readonly string[] | undefined;
}

/** Posts by the slug of their address; null: it says `og: false`. */
export type Given = ReadonlyMap<string, SourcePost | null>;

/** `text`: what titles and descriptions hold. The first post of an address counts, and the first of a file has its name. Bad ones are added to `problems`. */
export function readGiven(posts: readonly GivenPost[], text: TextKind, problems: Problem[]): Given {
  const given = new Map<string, SourcePost | null>();
  const files = new Set<string>();
  for (const post of posts) {
    const slug = slugOfAddress(post.address);
    if (given.has(slug)) continue;
    const file = post.file === undefined || files.has(post.file) ? post.address : post.file;
    files.add(file);
    const source = attempt(file, () => sourceOf(post, file, text));
    if (source !== null && 'message' in source) problems.push(source);
    else given.set(slug, source);
  }
  return given;
}

/** Throws PostError when a field is of the wrong kind. */
function sourceOf(
  { frontMatter = {}, address, lang, ...post }: GivenPost,
  file: string,
  text: TextKind,
): SourcePost | null {
  if (isNo(frontMatter['og'])) return null;
  const { slug, alt, template, file: _file, date, ...plain } = post;
  const day = date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString() : date;
  const placed = {
    address,
    from: 'its address',
    fields: { ...frontMatter, ...defined({ ...plain, date: day }) },
    ...(lang !== undefined && { lang }),
  };
  const source = postOf(file, placed, text);
  const own = defined({ slug, alt, template });
  // A program that names a template means one of ours.
  const from = template === undefined ? source.from : { ...source.from, template: 'og.template' };
  return { ...source, from, fields: { ...source.fields, ...own } };
}

function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The post of a page: what is given of it wins over what its head says. Null: it is not to be one. */
export function withGiven(page: SourcePost, given: Given): SourcePost | null {
  const known = given.get(slugOfAddress(page.fields.address ?? ''));
  if (known === undefined) return page;
  if (known === null) return null;
  const file = known.file === known.fields.address ? page.file : known.file;
  const frontMatter = { ...page.frontMatter, ...known.frontMatter };
  return { ...page, ...known, file, fields: { ...page.fields, ...known.fields }, frontMatter };
}
