/** What Jekyll's configuration says of addresses. https://jekyllrb.com/docs/configuration/options/ */
import { isYes } from '../../markdown/values.ts';
import { dataOf, isData, readData, asText, textsOf } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { cleanFolder } from '../reading/paths.ts';
import type { Project } from '../types.ts';

export interface JekyllConfig {
  source: string;
  permalink: string;
  /** By label; posts included. */
  collections: ReadonlyMap<string, { output: boolean; permalink: string | undefined }>;
  collectionsFolder: string;
  defaults: readonly { path: string; type: string | undefined; values: Data }[];
  exclude: readonly string[];
  include: readonly string[];
  markdown: ReadonlySet<string>;
  timezone: string | undefined;
  lang: string | undefined;
  future: boolean;
  drafts: boolean;
  unpublished: boolean;
  plugins: ReadonlySet<string>;
  authors: Data;
}

const EXCLUDED = [
  'Gemfile',
  'Gemfile.lock',
  'node_modules',
  'vendor/bundle/',
  'vendor/cache/',
  'vendor/gems/',
  'vendor/ruby/',
];

/** What GitHub Pages loads with its own gem, whatever the configuration says. https://pages.github.com/versions.json */
const GITHUB_PAGES = ['jekyll-optional-front-matter', 'jekyll-readme-index', 'jekyll-titles-from-headings'];

export function readJekyllConfig(project: Project): JekyllConfig {
  const config = readData(project, '_config.yml') ?? readData(project, '_config.yaml') ?? {};
  const source = cleanFolder(asText(config['source']) ?? '');
  const inSource = (path: string) => (source === '' ? path : `${source}/${path}`);
  return {
    source,
    permalink: asText(config['permalink']) ?? 'date',
    collections: readCollections(config['collections']),
    collectionsFolder: cleanFolder(asText(config['collections_dir']) ?? ''),
    defaults: readDefaults(config['defaults']),
    exclude: [...EXCLUDED, ...textsOf(config['exclude'])],
    include: ['.htaccess', ...textsOf(config['include'])],
    markdown: new Set((asText(config['markdown_ext']) ?? 'markdown,mkdown,mkdn,mkd,md').split(',')),
    timezone: asText(config['timezone']),
    lang: asText(config['lang']) ?? asText(config['locale']),
    future: isYes(config['future']),
    drafts: isYes(config['show_drafts']),
    unpublished: isYes(config['unpublished']),
    plugins: new Set([
      ...textsOf(config['plugins'] ?? config['gems']),
      ...(/\bgithub-pages\b/.test(project.text('Gemfile') ?? '') ? GITHUB_PAGES : []),
    ]),
    authors: readData(project, inSource('_data/authors.yml')) ?? {},
  };
}

function readCollections(value: unknown): JekyllConfig['collections'] {
  const declared = isData(value)
    ? Object.entries(value)
    : textsOf(value).map((label) => [label, {}] as const);
  const collections = new Map<string, { output: boolean; permalink: string | undefined }>();
  for (const [label, options] of declared)
    collections.set(label, {
      output: isYes(dataOf(options)['output']),
      permalink: asText(dataOf(options)['permalink']),
    });
  collections.set('posts', { output: true, permalink: collections.get('posts')?.permalink });
  return collections;
}

/** Older versions name types in the singular. */
const TYPES: Readonly<Record<string, string>> = { page: 'pages', post: 'posts', draft: 'drafts' };

function readDefaults(value: unknown): JekyllConfig['defaults'] {
  return (Array.isArray(value) ? value : []).map(dataOf).map((set) => {
    const scope = dataOf(set['scope']);
    const type = asText(scope['type']);
    return {
      path: (asText(scope['path']) ?? '').replace(/^\//, ''),
      type: type === undefined ? undefined : (TYPES[type] ?? type),
      values: dataOf(set['values']),
    };
  });
}
