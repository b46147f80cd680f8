/**
 * MkDocs. Address: the path below `docs_dir`; `README.md` is an index; a language is a suffix or a folder with the i18n plug-in.
 * Source: mkdocs/structure/files.py, structure/pages.py, structure/nav.py, utils/meta.py; mkdocs-static-i18n's documentation
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isNo } from '../../markdown/values.ts';
import { dataOf, isData, readData, asText } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { isIgnored } from '../reading/globs.ts';
import { addressOf, below, folderAddress, cleanFolder, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, PresetPage, Preset, RouteContext } from '../types.ts';
import { readLanguages } from './i18n.ts';
import type { Languages } from './i18n.ts';

const ENDINGS = 'md,markdown,mdown,mkdn,mkd';
const PROGRAMS = ['blog', 'gen-files', 'monorepo', 'multirepo', 'macros'];

export const mkdocs: Preset = {
  name: 'mkdocs',
  recognises: (project) => project.files('mkdocs.{yml,yaml}').length > 0,
  rules(project) {
    const config = readData(project, 'mkdocs.yml') ?? readData(project, 'mkdocs.yaml') ?? {};
    const docs = cleanFolder(asText(config['docs_dir']) ?? 'docs');
    const plugins = pluginsOf(config['plugins']);
    const theme = dataOf(config['theme']);
    const lang = asText(theme['language']) ?? asText(theme['locale']) ?? 'en';
    const settings: Settings = {
      docs,
      folders: !isNo(config['use_directory_urls']),
      titles: titlesOf(config['nav']),
      ignored: ['.*', '/templates/', ...(asText(config['exclude_docs']) ?? '').split('\n')],
      languages: readLanguages(plugins.get('i18n'), lang.replaceAll('_', '-')),
    };
    return {
      content: [posix.join(docs, `**/*.{${ENDINGS}}`)],
      text: 'markdown',
      ownsTemplate: true,
      heading: 'level-1',
      notices: PROGRAMS.filter((name) => plugins.has(name)).map(
        (name) => `the plug-in ${name} makes pages by program`,
      ),
      route: (files, context) => router(settings, files, context),
    };
  },
};

interface Settings {
  docs: string;
  /** `a/` instead of `a.html`. */
  folders: boolean;
  titles: ReadonlyMap<string, string>;
  ignored: readonly string[];
  languages: Languages;
}

function router(
  { docs, folders, titles, ignored, languages }: Settings,
  files: readonly string[],
  context: RouteContext,
) {
  const paths = new Set(files.map((file) => below(file, docs)).filter((path) => path !== null));
  return (file: string, own: FrontMatter | null): PresetOutcome => {
    const path = below(file, docs);
    if (path === null) return { none: 'elsewhere' };
    if (isIgnored(ignored, path)) return { none: 'no page' };
    if (partsOf(path).name === 'README' && hasIndex(path, paths)) return { none: 'no page' };
    const fields = own ?? metaOf(context.head(file));
    const title = titles.get(path);
    const pages = languages.of(path, paths).map(({ path: place, code }): PresetPage => {
      const address = addressIn(place, folders);
      return { address, fields, lang: code, title, fallbackTitle: titleOf(place) };
    });
    return pages.length === 0 ? { none: 'no page' } : { pages };
  };
}

function hasIndex(path: string, paths: ReadonlySet<string>): boolean {
  const { folder } = partsOf(path);
  return ENDINGS.split(',').some((ending) => paths.has(posix.join(folder, `index.${ending}`)));
}

function addressIn(path: string, folders: boolean): string {
  const { folder, name } = partsOf(path);
  if (name === 'index' || name === 'README') return folderAddress(folder);
  return folders ? folderAddress(folder, name) : `${addressOf(folder, name)}.html`;
}

/** As MkDocs makes a title of a name: the first letter large, unless there are capitals. */
function titleOf(path: string): string {
  const { folder, name } = partsOf(path);
  if (folder === '' && (name === 'index' || name === 'README')) return 'Home';
  const words = (name === 'README' ? 'index' : name).replaceAll(/[-_]/g, ' ');
  return words.toLowerCase() === words ? words.slice(0, 1).toUpperCase() + words.slice(1) : words;
}

/** Titles that `nav` gives: `- Title: file.md`, at any depth. */
function titlesOf(nav: unknown): Map<string, string> {
  const titles = new Map<string, string>();
  const visit = (items: unknown): void => {
    for (const item of Array.isArray(items) ? items : [])
      for (const [title, value] of isData(item) ? Object.entries(item) : [])
        if (typeof value === 'string') titles.set(posix.normalize(value), title);
        else visit(value);
  };
  visit(nav);
  return titles;
}

/** Plug-ins and their options: a list of names and of objects of one member, or one object. */
function pluginsOf(value: unknown): Map<string, Data> {
  const plugins = new Map<string, Data>();
  for (const item of Array.isArray(value) ? value : [value])
    if (typeof item === 'string') plugins.set(bare(item), {});
    else for (const [name, options] of Object.entries(dataOf(item))) plugins.set(bare(name), dataOf(options));
  return plugins;
}

/** `material/blog` is `blog`. */
function bare(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** `Title: …` on the first lines, as MultiMarkdown has it. */
function metaOf(head: string): FrontMatter {
  const fields: Record<string, string> = {};
  for (const line of head.split('\n', 64)) {
    const colon = line.indexOf(':');
    if (colon < 1 || !/^[A-Za-z0-9_-]+$/.test(line.slice(0, colon))) break;
    fields[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return fields;
}
