/** What Hugo's configuration says of addresses. https://gohugo.io/configuration/ */
import { isYes } from '../../markdown/values.ts';
import { dataOf, isData, mapValues, merged, readData, asText, textsOf } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { cleanFolder, partsOf } from '../reading/paths.ts';
import type { Project } from '../types.ts';

export interface Language {
  key: string;
  /** What pages say in their `lang`. */
  code: string;
  title: string | undefined;
  /** Where its pages are built; "" for the one at the root. */
  prefix: string;
}

export interface HugoConfig {
  languages: ReadonlyMap<string, Language>;
  defaultLanguage: string;
  /** Folders of content with the language that is theirs; the longest first. */
  roots: { folder: string; under: string; language: string | null }[];
  settings: Data;
}

const NAMES = [
  'hugo.toml',
  'hugo.yaml',
  'hugo.yml',
  'hugo.json',
  'config.toml',
  'config.yaml',
  'config.yml',
  'config.json',
];

/** The files that make Hugo's configuration, those that win last. */
function readAll(project: Project): Data {
  const file = NAMES.find((name) => project.text(name) !== null);
  let config = file === undefined ? {} : lowered(readData(project, file) ?? {});
  for (const folder of ['config/_default', 'config/production'])
    for (const path of project.files(`${folder}/**/*.{toml,yaml,yml,json}`)) {
      const data = lowered(readData(project, path) ?? {});
      config = merged(config, nested(partsOf(path).name.toLowerCase(), data));
    }
  return config;
}

/** `params.toml` holds the members of `params`, `menus.en.toml` those of `languages.en.menus`, `hugo.toml` those of the root. */
function nested(name: string, data: Data): Data {
  if (name === 'hugo' || name === 'config') return data;
  const [section = '', language] = name.split('.');
  if (section === 'languages' && language !== undefined) return { languages: { [language]: data } };
  const inner = isData(data[section]) && Object.keys(data).length === 1 ? data : { [section]: data };
  return language === undefined ? inner : { languages: { [language]: inner } };
}

/** Hugo's names are the same in capitals and without. */
function lowered(data: Data): Data {
  const lower = Object.fromEntries(Object.entries(data).map(([name, value]) => [name.toLowerCase(), value]));
  return mapValues(lower, (value) =>
    isData(value)
      ? lowered(value)
      : Array.isArray(value)
        ? value.map((one: unknown) => (isData(one) ? lowered(one) : one))
        : value,
  );
}

export function readHugoConfig(project: Project): HugoConfig {
  const settings = readAll(project);
  const defaultLanguage = (asText(settings['defaultcontentlanguage']) ?? 'en').toLowerCase();
  const languages = readLanguages(settings, defaultLanguage);
  return { languages, defaultLanguage, settings, roots: readRoots(settings, languages) };
}

function readLanguages(settings: Data, defaultLanguage: string): Map<string, Language> {
  const disabled = new Set(textsOf(settings['disablelanguages']).map((key) => key.toLowerCase()));
  const entries = Object.entries(dataOf(settings['languages'])).filter(
    ([key, value]) => !disabled.has(key) && !isYes(dataOf(value)['disabled']),
  );
  if (entries.length === 0) entries.push([defaultLanguage, {}]);
  const manyHosts = entries.some(([, value]) => asText(dataOf(value)['baseurl']) !== undefined);
  const inSubfolder = isYes(settings['defaultcontentlanguageinsubdir']) || manyHosts;
  return new Map(
    entries.map(([key, value]) => {
      const own = dataOf(value);
      const code = asText(own['locale']) ?? asText(own['languagecode']) ?? key;
      const title = asText(own['title']) ?? asText(settings['title']);
      return [key, { key, code, title, prefix: key === defaultLanguage && !inSubfolder ? '' : key }];
    }),
  );
}

/** Mounts win over `contentDir`, which each language may have for itself. https://gohugo.io/configuration/module/#mounts */
function readRoots(settings: Data, languages: ReadonlyMap<string, Language>): HugoConfig['roots'] {
  const roots: HugoConfig['roots'] = [];
  const mounts = dataOf(settings['module'])['mounts'];
  for (const mount of Array.isArray(mounts) ? mounts.map(dataOf) : []) {
    const target = cleanFolder(asText(mount['target']) ?? '');
    if (target !== 'content' && !target.startsWith('content/')) continue;
    const language = asText(mount['lang'])?.toLowerCase() ?? null;
    roots.push({
      folder: cleanFolder(asText(mount['source']) ?? ''),
      under: target.slice('content/'.length),
      language,
    });
  }
  if (roots.length === 0) {
    const common = cleanFolder(asText(settings['contentdir']) ?? 'content');
    const own = new Map<string, string>();
    for (const key of languages.keys()) {
      const folder = asText(dataOf(dataOf(settings['languages'])[key])['contentdir']);
      if (folder !== undefined) own.set(cleanFolder(folder), key);
    }
    for (const [folder, language] of own) roots.push({ folder, under: '', language });
    if (own.size < languages.size && !own.has(common))
      roots.push({ folder: common, under: '', language: null });
  }
  return roots.sort((a, b) => b.folder.length - a.folder.length);
}
