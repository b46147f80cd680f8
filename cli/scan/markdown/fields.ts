/** Front matter, under the names that blogs use, → what a post is made of. */
import { LIMITS } from '../../../function/contract.ts';
import type { Warning } from '../../../function/contract.ts';
import { languageTag } from '../../../function/text/language.ts';
import { show } from '../../config/errors.ts';
import type { PostFields } from '../../config/schema.ts';
import { PostError } from '../../errors.ts';
import { slugOfAddress } from '../address.ts';
import { dateWarning, normaliseDate } from '../dates.ts';
import type { SourcePost } from '../post.ts';
import type { FrontMatter } from './formats.ts';
import type { Inline } from './inline-html.ts';
import type { Placed } from './placed.ts';
import { inlineFields, readInline } from './text.ts';
import type { TextKind } from './text.ts';
import { fieldsOf, firstText, textOf } from './values.ts';

/** What `og` means beside the free fields of `data`. */
const OWN = new Set(['title', 'description', 'image', 'template', 'alt', 'slug']);

/**
 * The post of a file, its title and description as a reader sees them. Throws PostError that names the field when a value
 * is of the wrong kind.
 */
export function postOf(file: string, placed: Placed, text: TextKind): SourcePost {
  const { fields: frontMatter } = placed;
  const own = fieldsOf(frontMatter['og']);
  const ownSlug = textOf(own['slug']);
  const warnings: Warning[] = [];
  const title =
    titleOf('og.title', own['title'], text) ?? placed.title ?? titleOf('title', frontMatter['title'], text);
  const description = descriptionOf(own, text) ?? descriptionOf(frontMatter, text);
  const date = dateOf(frontMatter, warnings);
  const author = authorOf(frontMatter);
  const tags = tagsOf(frontMatter);
  const image = imageOf(own) ?? imageOf(frontMatter);
  const ownTemplate = textOf(own['template']);
  const template = ownTemplate ?? textOf(frontMatter['template']);
  const alt = textOf(own['alt']);
  const data = dataOf(frontMatter, own);
  checkLanguage(frontMatter['lang'], warnings);
  const fields: Partial<PostFields> = {
    slug: slugOfAddress(ownSlug ?? placed.address),
    ...(placed.unfilled === undefined && { address: placed.address }),
    ...inlineFields(title, description),
    ...(date !== null && { date: date.value }),
    ...(author !== null && {
      author: author.avatar === null ? author.name : { name: author.name, avatar: author.avatar },
    }),
    ...(tags.length > 0 && { tags }),
    ...(placed.lang !== undefined && { lang: placed.lang }),
    ...(image !== null && { image }),
    ...(template !== null && { template }),
    ...(alt !== null && { alt }),
    ...(data !== null && { data }),
  };
  const from = {
    slug: ownSlug === null ? placed.from : 'og.slug',
    date: date?.name ?? 'date',
    template: ownTemplate === null ? 'template' : 'og.template',
  };
  const unfilled = ownSlug === null ? placed.unfilled : undefined;
  return { file, fields, from, frontMatter, text, warnings, ...(unfilled !== undefined && { unfilled }) };
}

function titleOf(field: string, value: unknown, kind: TextKind): Inline | null {
  if (typeof value === 'object' && value !== null)
    throw new PostError('invalid_post', `${field} must be text; found ${show(value)}`);
  const text = textOf(typeof value === 'boolean' ? String(value) : value);
  return text === null ? null : readInline(text, kind);
}

/** The date and the name of its field. A date that is none is kept as it is: `map` may make one of it. */
function dateOf(frontMatter: FrontMatter, warnings: Warning[]): { name: string; value: string } | null {
  for (const name of ['date', 'pubDate', 'publishDate', 'publishedAt']) {
    const found = frontMatter[name];
    if (found === undefined || found === null || found === '') continue;
    const text = textOf(found);
    if (text !== null) return { name, value: normaliseDate(text) ?? text };
    warnings.push(dateWarning(name, found));
    return null;
  }
  return null;
}

function checkLanguage(written: unknown, warnings: Warning[]): void {
  if (textOf(written) === null || languageTag(written) !== null) return;
  warnings.push({
    code: 'unknown_language',
    message: `lang must be a language tag such as en or pt-BR; found ${show(written)}`,
  });
}

/** Free fields: `data`, and what `og` holds that is not the post's own. */
function dataOf(frontMatter: FrontMatter, own: FrontMatter): PostFields['data'] | null {
  const free = Object.entries(own).filter(([name]) => !OWN.has(name));
  const data = { ...fieldsOf(frontMatter['data']), ...Object.fromEntries(free) };
  return Object.keys(data).length === 0 ? null : (data as PostFields['data']);
}

/** A card shows two or three lines of it: what is longer than the contract takes is cut at a word, with an ellipsis. */
function descriptionOf(fields: FrontMatter, kind: TextKind): Inline | null {
  const source = firstText(fields, ['description', 'summary', 'excerpt']);
  if (source === null) return null;
  const { text, marks } = readInline(source, kind);
  if (text.length <= LIMITS.description) return { text, marks };
  const cut = text
    .slice(0, LIMITS.description - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  const words = cut.slice(0, cut.lastIndexOf(' ') > 0 ? cut.lastIndexOf(' ') : undefined);
  return { text: `${words}…`, marks };
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
