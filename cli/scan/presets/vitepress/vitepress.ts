/**
 * VitePress. Address: the path below `srcDir`, with `.html` unless `cleanUrls`; `rewrites` move files. Source: src/node/config.ts,
 * src/node/plugins/dynamicRoutesPlugin.ts, src/node/markdownToVue.ts (inferTitle); path-to-regexp 6 for the patterns
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isYes } from '../../markdown/values.ts';
import { dataOf, asText, textsOf } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { readModule } from '../reading/module.ts';
import { addressOf, below, folderAddress, cleanFolder, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, Preset, Project } from '../types.ts';
import { rewriter } from './rewrites.ts';

const CONFIG = '.vitepress/{config,config/index}.{js,mjs,cjs,ts,mts,cts}';

/** The folder that VitePress builds: where `.vitepress` is. */
function configOf(project: Project): { root: string; file: string } | null {
  const [file] = project.files(CONFIG, `*/${CONFIG}`);
  return file === undefined
    ? null
    : { file, root: file.slice(0, Math.max(0, file.indexOf('.vitepress') - 1)) };
}

export const vitepress: Preset = {
  name: 'vitepress',
  recognises: (project) => configOf(project) !== null,
  rules(project) {
    const { root, file } = configOf(project) ?? { root: 'docs', file: null };
    const module = file === null ? null : readModule(project.text(file) ?? '');
    const config = dataOf(module?.exported);
    const source = cleanFolder(posix.join(root, asText(config['srcDir']) ?? '.'));
    const rewrite = rewriter(config['rewrites']);
    const excluded = textsOf(config['srcExclude']).map((glob) => `!${posix.join(source, glob)}`);
    const unread = module === null && file !== null ? [`${file} cannot be read`] : [];
    return {
      content: [posix.join(source, '**/*.md'), ...excluded],
      text: 'markdown',
      heading: 'level-1',
      notices: [...unread, ...(rewrite === null ? [`rewrites in ${file} are computed`] : [])],
      route: () => (path: string, own: FrontMatter | null) =>
        rewrite === null ? { none: 'computed' } : pageOf(below(path, source), own, config, rewrite),
    };
  },
};

function pageOf(
  path: string | null,
  own: FrontMatter | null,
  config: Data,
  rewrite: (path: string) => string,
): PresetOutcome {
  if (path === null) return { none: 'elsewhere' };
  if (path.includes('[')) return { none: 'computed' };
  const { folder, name } = partsOf(rewrite(path));
  const address =
    name === 'index'
      ? folderAddress(folder)
      : `${addressOf(folder, name)}${isYes(config['cleanUrls']) ? '' : '.html'}`;
  const locale = localeOf(folder, config);
  const fallbackTitle = asText(locale['title']) ?? asText(config['title']) ?? 'VitePress';
  return {
    pages: [{ address, fields: own ?? {}, fallbackTitle, lang: asText(locale['lang']) ?? 'en-US' }],
  };
}

/** The settings of the language whose folder this is. */
function localeOf(folder: string, config: Data): Data {
  const locales = dataOf(config['locales']);
  const [first = ''] = folder.split('/');
  const key = Object.hasOwn(locales, first) && first !== 'root' ? first : 'root';
  const lang = key === 'root' ? asText(config['lang']) : (asText(config['lang']) ?? key);
  return { ...(lang !== undefined && { lang }), ...dataOf(locales[key]) };
}
