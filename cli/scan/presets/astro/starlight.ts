/**
 * Starlight. The collection `docs` is the whole site; a folder named as a language is that language, and the default language's page
 * stands in where another has none. Source: packages/starlight/loaders.ts, utils/routing/index.ts, utils/slugs.ts
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isYes } from '../../markdown/values.ts';
import { dataOf, isData, asText } from '../reading/data.ts';
import { Call, readModule } from '../reading/module.ts';
import { below } from '../reading/paths.ts';
import type { PresetOutcome, PresetPage, Preset, Project, RouteContext, SiteRules } from '../types.ts';
import { astroAddress, CONFIG, idOf, isIn, readAstroConfig } from './config.ts';
import type { AstroConfig } from './config.ts';
import { readContent } from './content.ts';
import type { Collection } from './content.ts';

interface Locale {
  /** Its folder; "" for the one at the root. */
  folder: string;
  lang: string;
}

export const starlight: Preset = {
  name: 'starlight',
  recognises: (project) =>
    project.files(CONFIG).some((file) => readModule(project.text(file) ?? '')?.words.has('starlight')),
  rules: starlightRules,
};

function starlightRules(project: Project): SiteRules {
  const config = readAstroConfig(project);
  const { collections, notices } = readContent(project, config.source);
  const usual: Collection = {
    name: 'docs',
    folder: `${config.source}/content/docs`,
    patterns: ['**/[^_]*.{md,mdx,markdown,mdown}'],
  };
  const docs = collections.find(({ name }) => name === 'docs') ?? usual;
  const { locales, main } = localesOf(config.integrations);
  return {
    content: [posix.join(docs.folder, '**/*.{md,mdx,markdown,mdown,mkdn,mkd,mdwn}')],
    text: 'markdown',
    ownsTemplate: true,
    notices: notices.filter((one) => one.includes('collection docs')),
    route: (files, context) => router(docs, { locales, main, config }, files, context),
  };
}

function localesOf(integrations: unknown): { locales: Locale[]; main: Locale } {
  const call = (Array.isArray(integrations) ? integrations : []).find(
    (one: unknown) => one instanceof Call && one.name === 'starlight',
  ) as Call | undefined;
  const options = dataOf(call?.args[0]);
  const locales = Object.entries(isData(options['locales']) ? options['locales'] : {}).map(([key, value]) => {
    const folder = key === 'root' ? '' : key;
    return { folder, lang: asText(dataOf(value)['lang']) ?? (folder || 'en') };
  });
  if (locales.length === 0) locales.push({ folder: '', lang: 'en' });
  const named = asText(options['defaultLocale']) ?? '';
  const main = locales.find(({ folder }) => folder === (named === 'root' ? '' : named)) ?? locales[0]!;
  return { locales, main };
}

interface Languages {
  locales: readonly Locale[];
  main: Locale;
  config: AstroConfig;
}

function router(
  docs: Collection,
  { locales, main, config }: Languages,
  files: readonly string[],
  context: RouteContext,
) {
  const localeOf = (path: string) =>
    locales.find(({ folder }) => folder !== '' && (path === folder || path.startsWith(`${folder}/`))) ??
    locales.find(({ folder }) => folder === '') ??
    null;
  const ids = new Set<string>();
  for (const file of files) {
    const path = below(file, docs.folder);
    if (path !== null && isIn(path, docs)) ids.add(plainId(idOf(path, context.frontMatter(file))));
  }
  return (file: string, own: FrontMatter | null): PresetOutcome => {
    const path = below(file, docs.folder);
    if (path === null) return { none: 'elsewhere' };
    if (!isIn(path, docs)) return { none: 'no page' };
    const fields = own ?? {};
    if (!context.drafts && isYes(fields['draft'])) return { none: 'draft' };
    const id = plainId(idOf(path, fields));
    const locale = localeOf(id);
    if (locale === null) return { none: 'no page' };
    const others = locale === main ? locales.filter((one) => one !== main) : [];
    const missing = others.filter(({ folder }) => !ids.has(plainId(inLocale(id, main.folder, folder))));
    const pages = [locale, ...missing].map((one): PresetPage => ({
      address: astroAddress(one === locale ? id : inLocale(id, main.folder, one.folder), config),
      fields,
      lang: one.lang,
    }));
    return { pages };
  };
}

/** The root's id is `index`, that of a folder the folder's name. */
function plainId(id: string): string {
  const plain = id.replace(/(^|\/)index$/, '').replace(/\/$/, '');
  return plain === '.' ? '' : plain;
}

/** The same page in another language. */
function inLocale(id: string, from: string, to: string): string {
  return posix.join(to, from === '' ? id : id.slice(from.length));
}
