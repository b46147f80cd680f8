/**
 * Jekyll. A post's address is made of its file's date and name by `permalink`; a page's is its path; a collection has a pattern of its
 * own. Source: lib/jekyll/document.rb, page.rb, entry_filter.rb, frontmatter_defaults.rb, readers/post_reader.rb
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isNo } from '../../markdown/values.ts';
import { dataOf, readData, asText } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { isLater, localDate } from '../reading/dates.ts';
import type { LocalDate } from '../reading/dates.ts';
import { fnmatch } from '../reading/globs.ts';
import { below, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, Preset, RouteContext } from '../types.ts';
import { readJekyllConfig } from './config.ts';
import type { JekyllConfig } from './config.ts';
import { clean, expandUrl, postPattern, withSuffix } from './url.ts';

const TRANSLATING = ['jekyll-polyglot', 'jekyll-multiple-languages', 'jekyll-multiple-languages-plugin'];

export const jekyll: Preset = {
  name: 'jekyll',
  // Hexo has a `_config.yml` too, and its posts below `source`; Jupyter Book has a `_toc.yml` beside it.
  recognises: (project) =>
    project.files('_config.{yml,yaml}').length > 0 &&
    !dataOf(readData(project, 'package.json'))['hexo'] &&
    project.files('source/_posts/**', '_toc.yml').length === 0,
  rules(project) {
    const config = readJekyllConfig(project);
    const endings = [...config.markdown, 'html', 'htm'].join(',');
    const translating = TRANSLATING.filter((plugin) => config.plugins.has(plugin));
    return {
      content: [posix.join(config.source, `**/*.{${endings}}`), `!${posix.join(config.source, '_site/**')}`],
      text: 'html',
      heading: 'first',
      notices: translating.map((plugin) => `${plugin} makes pages by program`),
      route: (files, context) => router(config, files, context),
    };
  },
};

/** What a path says of a file. */
interface Place {
  type: string;
  /** Below the source, without the folder of collections. */
  path: string;
  label: string;
  /** Below the folder of its collection. */
  inner: string;
}

const DATED = /^(\d{2,4}-\d{1,2}-\d{1,2})-(.*)$/s;

function router(config: JekyllConfig, files: readonly string[], context: RouteContext) {
  const all = new Set(files);
  return (file: string, own: FrontMatter | null): PresetOutcome => {
    if (below(file, config.source) === null) return { none: 'elsewhere' };
    const place = placeOf(file, config);
    if (place === null) return { none: 'no page' };
    if (place.type === 'drafts' && !config.drafts && !context.drafts) return { none: 'draft' };
    return place.type === 'pages'
      ? pageOf(file, place, own, { config, all })
      : documentOf(place, own, { config, context });
  };
}

/** Null for what Jekyll does not read: hidden and excluded files, parts, undated posts. */
function placeOf(file: string, config: JekyllConfig): Place | null {
  const source = below(file, config.source);
  if (source === null) return null;
  const path = below(source, config.collectionsFolder) ?? source;
  const inCollections = config.collectionsFolder === '' || path !== source;
  const segments = path.split('/');
  const special = segments.findIndex((one) => one === '_posts' || one === '_drafts');
  const [first = ''] = segments;
  if (inCollections && special >= 0) {
    const above = segments.slice(0, special).join('/');
    const inner = segments.slice(special + 1).join('/');
    if (isLeftOut(above, config) || isLeftOut(inner, config)) return null;
    return { type: segments[special] === '_posts' ? 'posts' : 'drafts', path, label: 'posts', inner };
  }
  const label = first.slice(1);
  if (inCollections && first.startsWith('_') && config.collections.has(label)) {
    const inner = segments.slice(1).join('/');
    return isLeftOut(inner, config) ? null : { type: label, path, label, inner };
  }
  return isLeftOut(source, config) ? null : { type: 'pages', path: source, label: '', inner: source };
}

/** Whether a path, or a folder above it, is excluded or hidden, and not included. */
function isLeftOut(path: string, { exclude, include }: JekyllConfig): boolean {
  const segments = path === '' ? [] : path.split('/');
  return segments.some((name, index) => {
    const entry = segments.slice(0, index + 1).join('/');
    const named = (patterns: readonly string[]) =>
      patterns.some((one) => fnmatch(one, entry) || entry.startsWith(one) || one === `${entry}/`);
    if (named(include) || include.some((one) => fnmatch(one, name))) return false;
    return named(exclude) || /^[._#~]|~$/.test(name);
  });
}

function pageOf(
  file: string,
  { path }: Place,
  own: FrontMatter | null,
  { config, all }: { config: JekyllConfig; all: ReadonlySet<string> },
): PresetOutcome {
  const { folder, name, extension } = partsOf(path);
  const optional = config.plugins.has('jekyll-optional-front-matter') && config.markdown.has(extension);
  if (own === null && (!optional || OPTIONAL_EXCEPT.has(name.toUpperCase()))) return { none: 'no page' };
  const fields: Data = { ...defaultsFor(path, 'pages', config), ...own };
  if (!config.unpublished && isNo(fields['published'])) return { none: 'draft' };
  const permalink = asText(fields['permalink']);
  const isIndex = name === 'index' || isReadmeIndex(file, config, all);
  const pattern = withSuffix(`/${posix.join(folder, name)}`, config.permalink);
  const page =
    permalink?.replaceAll(':path', folder).replaceAll(':basename', name) ??
    (isIndex ? `/${folder}/` : pattern);
  const fallbackTitle = name === 'index' ? undefined : titleOf(name);
  return made(page.replaceAll(':output_ext', '.html'), fields, config, fallbackTitle);
}

/** Source: jekyll-optional-front-matter */
const OPTIONAL_EXCEPT = new Set(
  'README LICENSE LICENCE COPYING CODE_OF_CONDUCT CONTRIBUTING ISSUE_TEMPLATE PULL_REQUEST_TEMPLATE'.split(
    ' ',
  ),
);

/** Source: jekyll-readme-index */
function isReadmeIndex(file: string, { plugins }: JekyllConfig, all: ReadonlySet<string>): boolean {
  const { folder, name } = partsOf(file);
  if (!plugins.has('jekyll-readme-index') || name.toLowerCase() !== 'readme') return false;
  return !['md', 'html', 'markdown'].some((ending) => all.has(posix.join(folder, `index.${ending}`)));
}

function documentOf(
  { path, type, label, inner }: Place,
  own: FrontMatter | null,
  { config, context }: { config: JekyllConfig; context: RouteContext },
): PresetOutcome {
  const collection = config.collections.get(label);
  const { folder, name } = partsOf(inner);
  const [, day, rest] = DATED.exec(name) ?? [];
  if (type === 'posts' && day === undefined) return { none: 'no page' };
  if (collection === undefined || !collection.output || (own === null && label !== 'posts'))
    return { none: 'no page' };
  const fields: Data = { ...defaultsFor(path, type, config), ...own };
  const named = withDate({ ...fields, ...(label === 'posts' && categoriesOf(path, fields)) }, day);
  if (!config.unpublished && !context.drafts && isNo(fields['published'])) return { none: 'draft' };
  if (!config.future && isLater(named['date'], context.now)) return { none: 'future' };
  const slug = (rest ?? name).replace(/(?<!\.)\.+$/, '');
  const pattern =
    collection.permalink ??
    (label === 'posts' ? postPattern(config.permalink) : withSuffix('/:collection/:path', config.permalink));
  const address = expandUrl(asText(fields['permalink']) ?? postPattern(pattern), {
    collection: label,
    path: posix.join(folder, name),
    name: label === 'posts' ? (rest ?? name) : name,
    slug: asText(fields['slug']) ?? slug,
    categories: listOf(named['categories']),
    date: dateOf(named, day, config) ?? localDate(context.now.toISOString())!,
  });
  return address === null ? { none: 'computed' } : made(address, named, config, titleOf(slug));
}

/** A date that cannot be read is that of the file's name. */
function dateOf(fields: Data, day: string | undefined, { timezone }: JekyllConfig): LocalDate | null {
  return localDate(fields['date'], timezone) ?? localDate(withDate({}, day)['date']);
}

/** A file's date is the post's where front matter has none. */
function withDate(fields: Data, day: string | undefined): Data {
  if (day === undefined || asText(fields['date']) !== undefined) return fields;
  const [year = '', month = '', date = ''] = day.split('-');
  const full = year.length === 2 ? `20${year}` : year;
  return { ...fields, date: `${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` };
}

/** The folders above `_posts`, then what front matter says: a text of words, or a list. */
function categoriesOf(path: string, fields: Data): { categories: string[] } {
  const above = path.split('/_posts/', 2);
  const folders = path.startsWith('_') || above.length < 2 ? [] : (above[0] ?? '').split('/');
  const own = asText(fields['category']);
  const all = [...folders, ...listOf(fields['categories']), ...(own === undefined ? [] : [own])];
  return { categories: [...new Set(all)] };
}

function listOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/\s+/).filter((one) => one !== '');
  return Array.isArray(value) ? value.flat(9).map(String) : [];
}

/** Sets that apply, the more exact later; of two as exact, the one with a type, then the later one. */
function defaultsFor(path: string, type: string, { defaults, collectionsFolder }: JekyllConfig): Data {
  const sets = defaults.filter(
    (set) => (set.type === undefined || set.type === type) && inScope(path, set.path, collectionsFolder),
  );
  const weight = (set: (typeof sets)[number]) => set.path.length * 2 + (set.type === undefined ? 0 : 1);
  return Object.assign(
    {},
    ...sets.toSorted((a, b) => weight(a) - weight(b)).map(({ values }) => values),
  ) as Data;
}

/** A scope is a beginning of a path, or a pattern of one. */
function inScope(path: string, scope: string, collectionsFolder: string): boolean {
  const inner = below(scope, collectionsFolder === '' ? '\0' : collectionsFolder) ?? scope;
  if (!inner.includes('*')) return path.startsWith(inner);
  const segments = path.split('/');
  return segments.some((_one, index) => posix.matchesGlob(segments.slice(0, index + 1).join('/'), inner));
}

/** As Jekyll makes a title of a name: the first letter of each word large, the others small. */
function titleOf(slug: string): string {
  const words = slug.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase());
  return words.join(' ');
}

/** An address without an ending is that of a file with one. */
function made(
  permalink: string,
  fields: Data,
  config: JekyllConfig,
  fallbackTitle: string | undefined,
): PresetOutcome {
  const path = clean(decoded(permalink));
  const isHtml = path.endsWith('/') || path.endsWith('.html') || path.endsWith('.htm');
  const { extension } = partsOf(path);
  if (!isHtml && ['xml', 'json', 'txt', 'css', 'js', 'svg', 'webmanifest'].includes(extension))
    return { none: 'no page' };
  const author = dataOf(config.authors[asText(fields['author']) ?? '']);
  const lang = asText(fields['lang']) ?? config.lang;
  return {
    pages: [
      {
        address: isHtml ? path : `${path}.html`,
        fields: asText(author['name']) === undefined ? fields : { ...fields, author },
        fallbackTitle,
        lang,
      },
    ],
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    return path;
  }
}
