/** Front matter fields, under the names that blogs use, as what a post has. */
import { LIMITS } from '../../../function/contract.ts';
import type { FrontMatter } from './front-matter.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The value when it is an object of fields, else an empty one. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** Text on one line, or null. Control characters become spaces: they would only be drawn as boxes. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  return value.replaceAll(/[\p{Cc} \u2028\u2029]+/gu, ' ').trim() || null;
}

function firstText(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOf(fields[name]);
    if (text !== null) return text;
  }
  return null;
}

/** A card shows two or three lines of it: what is longer than the contract takes is cut at a word, with an ellipsis. */
export function descriptionOf(fields: FrontMatter): string | null {
  const text = firstText(fields, ['description', 'summary', 'excerpt']);
  if (text === null || text.length <= LIMITS.description) return text;
  const cut = text
    .slice(0, LIMITS.description - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  return `${cut.slice(0, cut.lastIndexOf(' ') > 0 ? cut.lastIndexOf(' ') : undefined)}…`;
}

/** The name and the value of the field that holds the date. */
export function dateField(fields: FrontMatter): { name: string; value: unknown } | null {
  for (const name of ['date', 'pubDate', 'publishDate', 'publishedAt']) {
    const value = fields[name];
    if (value !== undefined && value !== null && value !== '') return { name, value };
  }
  return null;
}

/** A list of names, or a text of them with commas or spaces between; each once. */
export function tagsOf(fields: FrontMatter): string[] {
  const value = fields['tags'] ?? fields['keywords'];
  const items = typeof value === 'string' ? value.split(value.includes(',') ? ',' : /\s+/) : value;
  const names = (Array.isArray(items) ? items : [items])
    .map((item) => textOf(item) ?? firstText(fieldsOf(item), ['name', 'title', 'slug']))
    .filter((name) => name !== null)
    .map((name) => name.slice(0, LIMITS.tag).toWellFormed());
  return [...new Set(names)].slice(0, LIMITS.tags);
}

/** Who wrote it: the names of several joined, a picture only where there is one person. */
export function authorOf(fields: FrontMatter): { name: string; avatar: string | null } | null {
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
export function imageOf(fields: FrontMatter): string | null {
  for (const name of ['image', 'cover', 'heroImage', 'thumbnail', 'images']) {
    const value = fields[name];
    const one: unknown = Array.isArray(value) ? value[0] : value;
    const picture =
      typeof one === 'string' ? textOf(one) : firstText(fieldsOf(one), ['src', 'url', 'path', 'image']);
    if (picture !== null) return picture;
  }
  return null;
}

export function isDraft(fields: FrontMatter): boolean {
  return spoken(fields['draft']) === true || spoken(fields['published']) === false;
}

/** YAML 1.2 leaves "yes" and "no" as text; blogs written for YAML 1.1 mean booleans. */
function spoken(value: unknown): boolean | null {
  const word = typeof value === 'string' ? value.toLowerCase() : value;
  if (word === true || word === 'true' || word === 'yes' || word === 'on') return true;
  return word === false || word === 'false' || word === 'no' || word === 'off' ? false : null;
}
