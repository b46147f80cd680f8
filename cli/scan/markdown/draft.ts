/** The fields of one file → a draft: what `map` sees, its pictures files or addresses still. */
import type { Post } from '../../../function/contract.ts';
import { show } from '../../config/errors.ts';
import { DATE_FORMS, normaliseDate } from './dates.ts';
import * as fields from './fields.ts';
import type { FrontMatter } from './front-matter.ts';
import { slugOfAddress, slugOfFile } from './address.ts';

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

/** A post whose pictures are files or addresses still, as `map` sees and returns it. */
export type Draft = Partial<Post>;

/** A draft, and the fields its slug and its date come from. */
export interface Drafted {
  draft: Draft;
  slugField: string;
  dateField: string;
}

/** The draft of a file. Throws PostError that names the field when a value is of the wrong kind. */
export function draftOf({ file, fixed, frontMatter }: Source): Drafted {
  const own = fields.fieldsOf(frontMatter['og']);
  const { slug, slugField } = slugOf(file, fixed, frontMatter);
  const title = titleOf(frontMatter);
  const description = fields.descriptionOf(frontMatter);
  const { date, dateField } = dateOf(frontMatter);
  const author = fields.authorOf(frontMatter);
  const tags = fields.tagsOf(frontMatter);
  const image = fields.imageOf(own) ?? fields.imageOf(frontMatter);
  const template = fields.textOf(own['template']) ?? fields.textOf(frontMatter['template']);
  const data = dataOf(frontMatter, own);
  const draft: Draft = {
    slug,
    ...(title !== null && { title }),
    ...(description !== null && { description }),
    ...(date !== undefined && { date }),
    ...(author !== null && {
      author: author.avatar === null ? author.name : { name: author.name, avatar: author.avatar },
    }),
    ...(tags.length > 0 && { tags }),
    ...(image !== null && { image }),
    ...(template !== null && { template }),
    ...(data !== null && { data }),
  };
  return { draft, slugField, dateField };
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

/** A date that is none is kept as it is: `map` may make one of it. */
function dateOf(frontMatter: FrontMatter): { date?: string; dateField: string } {
  const field = fields.dateField(frontMatter);
  if (field === null) return { dateField: 'date' };
  const text = fields.textOf(field.value);
  if (text === null) return { date: checkDate(field.name, field.value), dateField: field.name };
  return { date: normaliseDate(text) ?? text, dateField: field.name };
}

/** Throws PostError that names the field when the value is no date. */
export function checkDate(name: string, value: unknown): string {
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
