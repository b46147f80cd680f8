/**
 * Zola. Address: the folders as they are and the name made a slug, without its date; `path` is the whole, `slug` the last segment.
 * Source: components/content/src/{page,section,file_info}.rs, components/utils/src/slugs.rs
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isNo, isYes } from '../../markdown/values.ts';
import { dataOf, readData, asText, textsOf } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { below, folderAddress, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, Preset, Project, RouteContext } from '../types.ts';

const CONFIG = ['zola.toml', 'config.toml'];

function readConfig(project: Project): Data {
  const file = CONFIG.find((name) => project.text(name) !== null) ?? '';
  return readData(project, file) ?? {};
}

export const zola: Preset = {
  name: 'zola',
  recognises: (project) =>
    project.text('zola.toml') !== null || asText(readConfig(project)['base_url']) !== undefined,
  rules(project) {
    const config = readConfig(project);
    const ignored = textsOf(config['ignored_content']).map(
      (glob) => `!content/${glob.includes('/') ? '' : '**/'}${glob}`,
    );
    return {
      content: ['content/**/*.md', ...ignored],
      text: 'markdown',
      ownsTemplate: true,
      notices: [],
      route: (_files, context) => (file, own) => pageOf(file, own, config, context),
    };
  },
};

/** `2024-01-02-name`, also with a time and with `_`. */
const DATED = /^(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?)(?:\s?[_-](.+))?$/s;

function pageOf(
  file: string,
  own: FrontMatter | null,
  config: Data,
  { drafts }: RouteContext,
): PresetOutcome {
  const path = below(file, 'content');
  if (path === null) return { none: 'elsewhere' };
  if (own === null) return { none: 'no page' };
  if (isYes(own['draft']) && !drafts) return { none: 'draft' };
  if (isNo(own['render']) || asText(own['redirect_to']) !== undefined) return { none: 'no page' };
  const { folder, name: full } = partsOf(path);
  const { name, lang } = languageOf(full, config);
  const prefix = lang === (asText(config['default_language']) ?? 'en') ? '' : lang;
  const made = (address: string, fields: FrontMatter = own): PresetOutcome => ({
    pages: [{ address, fields, lang }],
  });
  if (name === '_index') return made(folderAddress(prefix, folder));
  const leaf = name === 'index' && folder !== '';
  const [, date, rest] = DATED.exec(leaf ? posix.basename(folder) : name) ?? [];
  const fields = date === undefined || own['date'] !== undefined ? own : { ...own, date };
  const place = asText(own['path']);
  if (place !== undefined) return made(folderAddress(place.trim()), fields);
  const slugify = dataOf(config['slugify']);
  const keepsDate = isYes(slugify['paths_keep_dates']);
  const source =
    asText(own['slug']) ?? (keepsDate ? undefined : rest) ?? (leaf ? posix.basename(folder) : name);
  const slug = name === 'index' && folder === '' ? '' : slugOf(source, asText(slugify['paths']));
  if (slug === null) return { none: 'computed' };
  return made(folderAddress(prefix, leaf ? posix.dirname(folder).replace(/^\.$/, '') : folder, slug), fields);
}

function languageOf(full: string, config: Data): { name: string; lang: string } {
  const dot = full.lastIndexOf('.');
  const lang = full.slice(dot + 1);
  if (dot > 0 && Object.hasOwn(dataOf(config['languages']), lang)) return { name: full.slice(0, dot), lang };
  return { name: full, lang: asText(config['default_language']) ?? 'en' };
}

/** Latin letters that no decomposition takes apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'ae',
  œ: 'oe',
  Œ: 'oe',
  ø: 'o',
  Ø: 'o',
  đ: 'd',
  Đ: 'd',
  ł: 'l',
  Ł: 'l',
  þ: 'th',
  Þ: 'th',
  ð: 'd',
  Ð: 'd',
  ı: 'i',
};

/** Null where Zola writes another script in Latin letters: its table is not ours. */
function slugOf(text: string, strategy: string | undefined): string | null {
  if (strategy === 'off') return text;
  if (strategy === 'safe') return text.replace(/(?<![ .])[ .]+$/, '').replaceAll(/[<>:"/\\|?*]/g, '');
  const plain = text.normalize('NFKD').replaceAll(/\p{Mn}/gu, '');
  const latin = plain.replaceAll(/[^\p{ASCII}]/gu, (sign) => LETTERS[sign] ?? sign);
  if (/[^\P{L}A-Za-z]/u.test(latin)) return null;
  return latin
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
