/** Front matter, under the names that blogs use, → what a post is made of. */
import { LIMITS } from '../../../function/contract.ts';
import type { Post } from '../../../function/contract.ts';
import { show } from '../../config/errors.ts';
import { PostError } from '../../errors.ts';
import { slugOfAddress, slugOfFile } from '../address.ts';
import { DATE_FORMS, normaliseDate } from '../dates.ts';
import type { SourcePost } from '../post.ts';
import type { ContentFile } from './files.ts';
import type { FrontMatter } from './formats.ts';

/** The post that a file's front matter describes. Throws PostError that names the field when a value is of the wrong kind. */
export function postOf({ file, fixed }: ContentFile, frontMatter: FrontMatter): SourcePost {
  const own = fieldsOf(frontMatter['og']);
  const { slug, slugField } = slugOf(file, fixed, { ...frontMatter, 'og.slug': own['slug'] });
  const title = titleOf(frontMatter);
  const description = descriptionOf(frontMatter);
  const { date, dateField } = dateOf(frontMatter);
  const author = authorOf(frontMatter);
  const tags = tagsOf(frontMatter);
  const image = imageOf(own) ?? imageOf(frontMatter);
  const template = textOf(own['template']) ?? textOf(frontMatter['template']);
  const data = dataOf(frontMatter, own);
  const fields: Partial<Post> = {
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
  const address = `/${slugOf(file, fixed, frontMatter).slug}/`;
  return { file, address, fields, from: { slug: slugField, date: dateField }, frontMatter };
}

function slugOf(file: string, fixed: string, frontMatter: FrontMatter): { slug: string; slugField: string } {
  for (const slugField of ['og.slug', 'slug', 'permalink', 'url']) {
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
  return textOf(typeof value === 'boolean' ? String(value) : value);
}

/** A date that is none is kept as it is: `map` may make one of it. */
function dateOf(frontMatter: FrontMatter): { date?: string; dateField: string } {
  for (const dateField of ['date', 'pubDate', 'publishDate', 'publishedAt']) {
    const value = frontMatter[dateField];
    if (value === undefined || value === null || value === '') continue;
    const text = textOf(value);
    if (text !== null) return { date: normaliseDate(text) ?? text, dateField };
    throw new PostError(
      'invalid_date',
      `${dateField} must be a date such as ${DATE_FORMS}; found ${show(value)}`,
    );
  }
  return { dateField: 'date' };
}

/** Free fields: `data`, what `og` holds beside the slug, the template and the picture, and the language of the post. */
function dataOf(frontMatter: FrontMatter, own: FrontMatter): Post['data'] | null {
  const { slug: _slug, template: _template, image: _image, ...rest } = own;
  const lang = textOf(frontMatter['lang']);
  const data = { ...fieldsOf(frontMatter['data']), ...rest, ...(lang !== null && { lang }) };
  return Object.keys(data).length === 0 ? null : data;
}

/** The value when it is an object of fields, else an empty one. */
export function fieldsOf(value: unknown): FrontMatter {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as FrontMatter) : {};
}

/** Text on one line, or null. Control characters become spaces: they would only be drawn as boxes. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  return value.replaceAll(/[\p{Cc} \u2028\u2029]+/gu, ' ').trim() || null;
}

function firstText(fields: FrontMatter, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOf(fields[name]);
    if (text !== null) return text;
  }
  return null;
}

/** A card shows two or three lines of it: what is longer than the contract takes is cut at a word, with an ellipsis. */
function descriptionOf(fields: FrontMatter): string | null {
  const text = firstText(fields, ['description', 'summary', 'excerpt']);
  if (text === null || text.length <= LIMITS.description) return text;
  const cut = text
    .slice(0, LIMITS.description - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  return `${cut.slice(0, cut.lastIndexOf(' ') > 0 ? cut.lastIndexOf(' ') : undefined)}…`;
}

/** A list of names, or a text of them with commas or spaces between; each once. */
function tagsOf(fields: FrontMatter): string[] {
  const value = fields['tags'] ?? fields['keywords'];
  const items = typeof value === 'string' ? value.split(value.includes(',') ? ',' : /\s+/) : value;
  const names = (Array.isArray(items) ? items : [items])
    .map((item) => textOf(item) ?? firstText(fieldsOf(item), ['name', 'title', 'slug']))
    .filter((name) => name !== null)
    .map((name) => name.slice(0, LIMITS.tag).toWellFormed());
  return [...new Set(names)].slice(0, LIMITS.tags);
}

/** Who wrote it: the names of several joined, a picture only where there is one person. */
function authorOf(fields: FrontMatter): { name: string; avatar: string | null } | null {
  const value = fields['author'] ?? fields['authors'];
  const people = (Array.isArray(value) ? value : [value]).map(person).filter((one) => one !== null);
  const [first] = people;
  if (first === undefined) return null;
  const names = people.map((one) => one.name).join(', ');
  if (people.length === 1 || names.length > LIMITS.author) return first;
  return { name: names, avatar: null };
}

function person(value: unknown): { name: string; avatar: string | null } | null {
  const fields = fieldsOf(value);
  const name = textOf(value) ?? firstText(fields, ['name', 'title']);
  return name === null ? null : { name, avatar: firstText(fields, ['avatar', 'image', 'picture', 'photo']) };
}

/** The picture, as the front matter names it: a file or an address. */
function imageOf(fields: FrontMatter): string | null {
  for (const name of ['image', 'cover', 'heroImage', 'thumbnail', 'images']) {
    const value = fields[name];
    const one: unknown = Array.isArray(value) ? value[0] : value;
    const picture =
      typeof one === 'string' ? textOf(one) : firstText(fieldsOf(one), ['src', 'url', 'path', 'image']);
    if (picture !== null) return picture;
  }
  return null;
}

/** Whether a file says that it is not to be published. */
export function isDraft(fields: FrontMatter): boolean {
  return spoken(fields['draft']) === true || spoken(fields['published']) === false;
}

/** YAML 1.2 leaves "yes" and "no" as text; blogs written for YAML 1.1 mean booleans. */
function spoken(value: unknown): boolean | null {
  const word = typeof value === 'string' ? value.toLowerCase() : value;
  if (word === true || word === 'true' || word === 'yes' || word === 'on') return true;
  return word === false || word === 'false' || word === 'no' || word === 'off' ? false : null;
}
