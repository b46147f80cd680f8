/** What docusaurus.config says of content. https://docusaurus.io/docs/api/docusaurus-config */
import { posix } from 'node:path';
import { isNo, isYes } from '../../markdown/values.ts';
import { dataOf, asText, textsOf } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { COMPUTED, readModule } from '../reading/module.ts';
import { cleanFolder } from '../reading/paths.ts';
import type { Project } from '../types.ts';

type Kind = 'docs' | 'blog' | 'pages';

/** A folder of content with the address that it is served at. */
export interface DocusaurusContent {
  kind: Kind;
  folder: string;
  /** The folder of its translations; `LOCALE` stands for the language. */
  localized: string;
  route: string;
  options: Data;
}

export interface DocusaurusConfig {
  contents: DocusaurusContent[];
  locales: string[];
  defaultLocale: string;
  /** What pages say in their `lang`. */
  codes: ReadonlyMap<string, string>;
  notices: string[];
}

const USUAL: Record<Kind, { path: string; routeBasePath: string }> = {
  docs: { path: 'docs', routeBasePath: 'docs' },
  blog: { path: 'blog', routeBasePath: 'blog' },
  pages: { path: 'src/pages', routeBasePath: '/' },
};
const KINDS = ['docs', 'blog', 'pages'] as const;

export function readDocusaurusConfig(project: Project): DocusaurusConfig {
  const [file = ''] = project.files('docusaurus.config.{js,mjs,cjs,ts,mts,cts}');
  const config = dataOf(readModule(project.text(file) ?? '')?.exported);
  const i18n = dataOf(config['i18n']);
  const defaultLocale = asText(i18n['defaultLocale']) ?? 'en';
  const locales = textsOf(i18n['locales']);
  const instances = [...presetsOf(config['presets']), ...pluginsOf(config['plugins'])];
  const all = instances.flatMap(([kind, options]) => contentsOf(project, kind, options));
  const computed = ['presets', 'plugins', 'i18n'].filter((name) => config[name] === COMPUTED);
  const own = instances.filter(([, options]) => Object.values(options).includes(COMPUTED));
  return {
    contents: all.sort((a, b) => b.folder.length - a.folder.length),
    locales: locales.length === 0 ? [defaultLocale] : locales,
    defaultLocale,
    codes: new Map(
      Object.entries(dataOf(i18n['localeConfigs'])).flatMap(([locale, one]) => {
        const code = asText(dataOf(one)['htmlLang']);
        return code === undefined ? [] : [[locale, code] as const];
      }),
    ),
    notices: [
      ...computed.map((name) => `${name} in ${file} is computed`),
      ...own
        .flatMap(([kind, options]) =>
          DECIDING.filter((name) => options[name] === COMPUTED).map((name) => `${kind}.${name}`),
        )
        .map((name) => `${name} in ${file} is computed`),
    ],
  };
}

/** Options that decide addresses. */
const DECIDING = [
  'path',
  'routeBasePath',
  'numberPrefixParser',
  'include',
  'exclude',
  'versions',
  'lastVersion',
];

type Instance = [Kind, Data];

/** The classic preset with its three contents, of which each may be `false`. */
function presetsOf(presets: unknown): Instance[] {
  const found = listOf(presets).find(([name]) => name === 'classic' || name.endsWith('/preset-classic'));
  const options = found?.[1] ?? {};
  return found === undefined && Array.isArray(presets)
    ? []
    : KINDS.filter((kind) => !isNo(options[kind])).map((kind) => [kind, dataOf(options[kind])]);
}

function pluginsOf(plugins: unknown): Instance[] {
  return listOf(plugins).flatMap(([name, options]) => {
    const kind = KINDS.find((one) => name === `content-${one}` || name.endsWith(`/plugin-content-${one}`));
    return kind === undefined ? [] : [[kind, options] as Instance];
  });
}

/** Names, alone or with options. */
function listOf(value: unknown): [string, Data][] {
  return (Array.isArray(value) ? value : []).flatMap((item: unknown): [string, Data][] => {
    const [name, options] = Array.isArray(item) ? (item as unknown[]) : [item];
    return typeof name === 'string' ? [[name, dataOf(options)]] : [];
  });
}

function contentsOf(project: Project, kind: Kind, options: Data): DocusaurusContent[] {
  const id = asText(options['id']);
  const base = cleanFolder(asText(options['path']) ?? USUAL[kind].path);
  const route = asText(options['routeBasePath']) ?? USUAL[kind].routeBasePath;
  const translated = `i18n/LOCALE/docusaurus-plugin-content-${kind}${id === undefined || id === 'default' ? '' : `-${id}`}`;
  const current = {
    kind,
    folder: base,
    localized: kind === 'docs' ? `${translated}/current` : translated,
    route,
    options,
  };
  return kind === 'docs' ? versionsOf(project, current, translated, id) : [current];
}

/** The newest version has no name in its address, the current one is `next`. Source: plugin-content-docs/src/versions */
function versionsOf(
  project: Project,
  current: DocusaurusContent,
  translated: string,
  id: string | undefined,
): DocusaurusContent[] {
  const { options, route } = current;
  const prefix = id === undefined || id === 'default' ? '' : `${id}_`;
  const names = isYes(options['disableVersioning']) ? [] : namesIn(project.text(`${prefix}versions.json`));
  const settings = dataOf(options['versions']);
  const last = asText(options['lastVersion']) ?? names[0] ?? 'current';
  const only = Array.isArray(options['onlyIncludeVersions']) ? textsOf(options['onlyIncludeVersions']) : null;
  const withCurrent = isNo(options['includeCurrentVersion']) ? names : ['current', ...names];
  return withCurrent
    .filter((name) => only === null || only.includes(name))
    .map((name) => {
      const usual = name === last ? '' : name === 'current' ? 'next' : name;
      const path = dataOf(settings[name])['path'];
      const at = posix.join(route, typeof path === 'string' ? path : usual);
      const isCurrent = name === 'current';
      const folder = isCurrent ? current.folder : `${prefix}versioned_docs/version-${name}`;
      const localized = isCurrent ? current.localized : `${translated}/version-${name}`;
      return { kind: current.kind, folder, localized, route: at, options };
    });
}

function namesIn(json: string | null): string[] {
  try {
    return textsOf(JSON.parse(json ?? '[]'));
  } catch {
    return [];
  }
}
