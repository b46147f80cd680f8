/** Astro's content collections and the routes that show them. https://docs.astro.build/en/guides/content-collections/ */
import { posix } from 'node:path';
import { dataOf, asText, textsOf } from '../reading/data.ts';
import { Call, COMPUTED, readModule } from '../reading/module.ts';
import type { Module } from '../reading/module.ts';
import { cleanFolder, partsOf } from '../reading/paths.ts';
import type { Project } from '../types.ts';

export interface Collection {
  name: string;
  folder: string;
  patterns: string[];
}

/** A page that stands for all entries of a collection: `/blog/` + the entry's id. */
interface Route {
  collection: string;
  /** The address with the id left open: what is before it and after it. */
  before: string;
  after: string;
  /** Whether the page leaves drafts out. */
  leavesDraftsOut: boolean;
}

const MARKDOWN = '**/*.{md,mdx,markdown,mdown,mkdn,mkd,mdwn}';

export interface AstroContent {
  collections: Collection[];
  routes: Route[];
  notices: string[];
}

export function readContent(project: Project, source: string): AstroContent {
  const [file] = project.files(
    `${source}/content.config.{ts,mts,js,mjs}`,
    `${source}/content/config.{ts,mts,js,mjs}`,
  );
  const module = file === undefined ? null : readModule(project.text(file) ?? '');
  const declared = dataOf(module?.named.get('collections'));
  const notices: string[] = [];
  const collections = Object.entries(declared).flatMap(([name, value]): Collection[] => {
    const found = collectionOf(name, value, source);
    if (found === null) notices.push(`the collection ${name} in ${file} is loaded by program`);
    return found === null ? [] : [found];
  });
  if (collections.length === 0) collections.push(...byFolder(project, source));
  const names = new Set(collections.map(({ name }) => name));
  const pages = project.files(`${source}/pages/**/*.astro`).filter((path) => path.includes('['));
  const routes = pages.flatMap((path) =>
    routesOf(project.text(path) ?? '', path.slice(`${source}/pages/`.length), names),
  );
  return { collections, routes, notices };
}

/** `defineCollection({ loader: glob({ pattern, base }) })`, `docsLoader()`, or the folder of the collection's name. */
function collectionOf(name: string, value: unknown, source: string): Collection | null {
  const { loader } = dataOf(value);
  if (value === COMPUTED || loader === COMPUTED) return null;
  if (!(loader instanceof Call))
    return { name, folder: `${source}/content/${name}`, patterns: [MARKDOWN, '!**/_*', '!**/_*/**'] };
  if (loader.name === 'docsLoader')
    return { name, folder: `${source}/content/${name}`, patterns: [MARKDOWN.replace('**/*', '**/[^_]*')] };
  const options = dataOf(loader.args[0]);
  const patterns = textsOf(options['pattern']);
  const isReadable = loader.name === 'glob' && patterns.length > 0 && options['generateId'] === undefined;
  if (!isReadable || options['base'] === COMPUTED) return null;
  return { name, folder: cleanFolder(asText(options['base']) ?? '.'), patterns };
}

function byFolder(project: Project, source: string): Collection[] {
  const folder = `${source}/content/`;
  const names = project
    .files(`${folder}*/${MARKDOWN}`)
    .map((path) => path.slice(folder.length).split('/', 1)[0] ?? '');
  return [...new Set(names)].map((name) => ({
    name,
    folder: folder + name,
    patterns: [MARKDOWN, '!**/_*', '!**/_*/**'],
  }));
}

/** The collection that a page asks for, when the one open segment of its path is an entry's id or slug. */
function routesOf(text: string, path: string, names: ReadonlySet<string>): Route[] {
  const [, script = ''] = text.split(/^---[ \t]*$/m, 2).length > 1 ? text.split(/^---[ \t]*$/m, 3) : [];
  const module = readModule(script);
  const open = path.match(/\[[^[\]]*\]/g) ?? [];
  const [segment = ''] = open;
  if (module === null || open.length !== 1) return [];
  const name = segment.replace(/^\[(\.\.\.)?/, '').slice(0, -1);
  const called = module.calls.find((call) => call.name === 'getCollection')?.args[0];
  const [folder = ''] = path.split('/', 1);
  const collection = typeof called === 'string' ? called : names.has(folder) ? folder : null;
  if (collection === null || !names.has(collection) || !isId(module, name)) return [];
  const { folder: above, name: last } = partsOf(path);
  const [before = '', after = ''] = posix.join('/', above, last).split(segment, 2);
  return [
    { collection, before, after, leavesDraftsOut: module.words.has('draft') || typeof called !== 'string' },
  ];
}

function isId({ members }: Module, param: string): boolean {
  return members.some(([key, member]) => key === param && (member === 'id' || member === 'slug'));
}
