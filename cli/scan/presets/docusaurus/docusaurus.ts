/**
 * Docusaurus. Docs: the path without number prefixes, or `slug`; blog: the date of the name, or `slug`; a language's page is the
 * default language's where it has none of its own. Source: plugin-content-docs/src/{slug,docs,numberPrefix}.ts,
 * plugin-content-blog/src/blogUtils.ts, docusaurus-utils/src/globUtils.ts
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isNo, isYes } from '../../markdown/values.ts';
import { dataOf, readData, asText, textsOf } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { below, folderAddress, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, PresetPage, Preset, Project, RouteContext } from '../types.ts';
import { readDocusaurusConfig } from './config.ts';
import type { DocusaurusContent, DocusaurusConfig } from './config.ts';

const INCLUDED = ['**/*.{md,mdx}'];
const EXCLUDED = ['**/_*.{js,jsx,ts,tsx,md,mdx}', '**/_*/**', '**/*.test.{js,jsx,ts,tsx}', '**/__tests__/**'];

export const docusaurus: Preset = {
  name: 'docusaurus',
  recognises: (project) => project.files('docusaurus.config.{js,mjs,cjs,ts,mts,cts}').length > 0,
  rules(project) {
    const config = readDocusaurusConfig(project);
    const folders = config.contents.flatMap(({ folder, localized }) => [
      folder,
      localized.replace('LOCALE', '*'),
    ]);
    return {
      content: folders.map((folder) => posix.join(folder, '**/*.{md,mdx}')),
      text: 'markdown',
      heading: 'level-1',
      notices: config.notices,
      route: (files, context) => router(config, new Set(files), project, context),
    };
  },
};

function router(
  config: DocusaurusConfig,
  files: ReadonlySet<string>,
  project: Project,
  { drafts }: RouteContext,
) {
  const known = new Map(config.contents.map((content) => [content, namesOf(content, project)]));
  return (file: string, own: FrontMatter | null): PresetOutcome => {
    const place = placeOf(file, config, files);
    if (place === null) return { none: 'elsewhere' };
    const { content, path, locales } = place;
    if (!isIncluded(path, content)) return { none: 'no page' };
    const fields = withNames(own ?? {}, known.get(content) ?? {});
    if (!drafts && isYes(fields['draft'])) return { none: 'draft' };
    const { slug, name, date } = MAKERS[content.kind](path, fields, content);
    if (slug === null) return { none: 'computed' };
    return {
      pages: locales.map((locale): PresetPage => {
        const folder = locale === config.defaultLocale ? '' : locale;
        return {
          address: folderAddress(folder, content.route, slug),
          fields: date === undefined || fields['date'] !== undefined ? fields : { ...fields, date },
          fallbackTitle: name,
          lang: config.codes.get(locale) ?? locale,
        };
      }),
    };
  };
}

function isIncluded(path: string, { options }: DocusaurusContent): boolean {
  const matches = (globs: unknown, usual: readonly string[]) =>
    (Array.isArray(globs) ? textsOf(globs) : usual).some((glob) => posix.matchesGlob(path, glob));
  return matches(options['include'], INCLUDED) && !matches(options['exclude'], EXCLUDED);
}

/** A file of a content folder stands for each language that has no translation; a translation for its own. */
function placeOf(
  file: string,
  { contents, locales, defaultLocale }: DocusaurusConfig,
  files: ReadonlySet<string>,
) {
  for (const content of contents) {
    const translation = (locale: string, path: string) =>
      posix.join(content.localized.replace('LOCALE', locale), path);
    const path = below(file, content.folder);
    if (path !== null)
      return {
        content,
        path,
        locales: locales.filter((one) => one === defaultLocale || !files.has(translation(one, path))),
      };
    for (const locale of locales) {
      const inner = below(file, content.localized.replace('LOCALE', locale));
      if (inner === null || locale === defaultLocale) continue;
      return files.has(posix.join(content.folder, inner))
        ? { content, path: inner, locales: [locale] }
        : null;
    }
  }
  return null;
}

interface Made {
  /** Null when a program makes it. */
  slug: string | null;
  /** The title of last resort. */
  name?: string;
  date?: string;
}

const MAKERS: Record<
  DocusaurusContent['kind'],
  (path: string, fields: FrontMatter, content: DocusaurusContent) => Made
> = {
  docs(path, fields, { options }) {
    const parser = options['numberPrefixParser'];
    if (typeof parser === 'symbol') return { slug: null };
    const { folder, name } = partsOf(path);
    const prefixes = !isNo(parser);
    const bare = (text: string) => (prefixes ? withoutNumber(text) : text);
    const above = folder.split('/').map(bare).join('/');
    const base = asText(fields['id']) ?? bare(name);
    const slug = asText(fields['slug']);
    const parent = posix.basename(folder).toLowerCase();
    const isIndex = ['index', 'readme', parent].includes(name.toLowerCase());
    if (slug?.startsWith('/')) return { slug, name: base };
    return { slug: posix.join('/', above, slug ?? (isIndex ? '' : base)), name: base };
  },
  blog(path, fields) {
    const [, folder = '', date, text] =
      /^(.*)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*)$/s.exec(path.replace(/(\/index)?\.mdx?$/, '')) ?? [];
    const plain = path.replace(/(\/index)?\.mdx?$/, '');
    const day = date?.replaceAll('-', '/');
    const slug = asText(fields['slug']) ?? (day === undefined ? plain : `${day}/${folder}${text}`);
    return {
      slug: posix.join('/', slug),
      name: text ?? plain,
      ...(day !== undefined && { date: day.replaceAll('/', '-') }),
    };
  },
  pages(path) {
    const { folder, name } = partsOf(path);
    return { slug: posix.join('/', folder, name.toLowerCase() === 'index' ? '' : name) };
  },
};

/** `01-intro` is `intro`; `1.2-intro` and `2024-01-02-intro` are versions and dates. */
function withoutNumber(name: string): string {
  if (/^\d+[-_.]\d+/.test(name)) return name;
  return /^\d+\s*[-_.]+\s*([^-_.\s].*)$/s.exec(name)?.[1] ?? name;
}

/** What keys of front matter stand for. */
interface Names {
  authors?: Data;
  tags?: Data;
}

function namesOf({ folder, options }: DocusaurusContent, project: Project): Names {
  const file = (option: string, usual: string) =>
    readData(project, posix.join(folder, asText(options[option]) ?? usual)) ?? {};
  return { authors: file('authorsMapPath', 'authors.yml'), tags: file('tags', 'tags.yml') };
}

function withNames(fields: FrontMatter, { authors = {}, tags = {} }: Names): FrontMatter {
  const people = listOf(fields['authors'] ?? fields['author']).map((one) => personOf(one, authors));
  const labels = listOf(fields['tags']).map((one) => asText(dataOf(tags[String(one)])['label']) ?? one);
  return {
    ...fields,
    ...(people.length > 0 && { authors: people }),
    ...(labels.length > 0 && { tags: labels }),
  };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function personOf(one: unknown, authors: Data): unknown {
  const { name, image_url: image } = dataOf(typeof one === 'string' ? authors[one] : one);
  if (asText(name) === undefined) return one;
  return asText(image) === undefined ? { name } : { name, image };
}
