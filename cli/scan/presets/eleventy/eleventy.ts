/**
 * Eleventy. Address: the path below the input folder as a folder of its own; `permalink` is the whole. Fields come from data files of the
 * folders too. Source: src/TemplatePermalink.js, src/TemplateFileSlug.js, src/Data/TemplateData.js
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isNo, isYes } from '../../markdown/values.ts';
import { dataOf, installs, merged, readData, asText, textsOf } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { isIgnored } from '../reading/globs.ts';
import { below, folderAddress, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, Preset, Project, RouteContext } from '../types.ts';
import { readEleventyConfig } from './config.ts';
import type { EleventyConfig } from './config.ts';

const FORMATS = 'md,html,njk,liquid';

export const eleventy: Preset = {
  name: 'eleventy',
  recognises: (project) =>
    project.files('.eleventy.js', 'eleventy.config.{js,mjs,cjs,ts,mts,cts}').length > 0 ||
    installs(project, '@11ty/eleventy'),
  rules(project) {
    const config = readEleventyConfig(project);
    const programs = project
      .files(posix.join(config.input, '**/*.11tydata.{js,cjs,mjs}'))
      .filter((file) => /\bpermalink\b/.test(project.text(file) ?? ''));
    const undone = [config.includes, config.layouts, config.data, config.output].map(
      (folder) => `!${folder}/**`,
    );
    return {
      content: [posix.join(config.input, `**/*.{${FORMATS}}`), ...undone],
      text: 'markdown',
      takesPrograms: true,
      notices: [
        ...programs.map((file) => `${file} makes addresses by program`),
        ...(config.computed ? ['the configuration makes addresses by program'] : []),
      ],
      route: (_files, context) => (file, own) => routed(file, own, { config, context, project, programs }),
    };
  },
};

interface Site {
  config: EleventyConfig;
  context: RouteContext;
  project: Project;
  /** Data files that compute addresses. */
  programs: readonly string[];
}

function routed(
  file: string,
  own: FrontMatter | null,
  { config, context, project, programs }: Site,
): PresetOutcome {
  const path = below(file, config.input);
  if (path === null) return { none: 'elsewhere' };
  if (isIgnored(config.ignored, file)) return { none: 'no page' };
  const fields = withTags(folderData(file, { config, project }), own ?? {});
  if (config.leavesDraftsOut && !context.drafts && isYes(fields['draft'])) return { none: 'draft' };
  const permalink = dataOf(fields['eleventyComputed'])['permalink'] ?? fields['permalink'];
  const link = typeof permalink === 'object' && permalink !== null ? dataOf(permalink)['build'] : permalink;
  if (isNo(link)) return { none: 'no page' };
  const program = config.computed || programs.some((one) => file.startsWith(`${posix.dirname(one)}/`));
  const { folder, name } = partsOf(path);
  if (typeof link !== 'string') {
    if (program) return { none: 'computed' };
    const collapses = name === 'index' || posix.basename(folder) === name;
    return page(collapses ? folderAddress(folder) : folderAddress(folder, name), fields);
  }
  const written = filled(link, { ...fields, page: pageData(folder, name) });
  if (written === null) return { none: 'computed' };
  const address = posix.normalize(`/${written}`).replace(/\/index\.html$/, '/');
  const ending = partsOf(address).extension;
  const isPage = address.endsWith('/') || ending === 'html' || ending === 'htm';
  return isPage ? page(address, fields) : { none: 'no page' };
}

function page(address: string, fields: FrontMatter): PresetOutcome {
  return { pages: [{ address, fields, lang: asText(fields['lang']) }] };
}

/** What templates know of a page's own place. */
function pageData(folder: string, name: string): Data {
  const stem = undated(name);
  const fileSlug = stem === 'index' ? undated(posix.basename(folder)) : stem;
  return { fileSlug, filePathStem: posix.join('/', folder, stem) };
}

function undated(name: string): string {
  return /\d{4}-\d{2}-\d{2}-(.*)/s.exec(name)?.[1] ?? name;
}

/** `{{ page.fileSlug }}` and fields by name are known; all else of a template is a program. */
function filled(template: string, data: Data): string | null {
  const text = template.replaceAll(/\{\{-?\s*([\w.]+)\s*-?\}\}/g, (all, path: string) => {
    const value = path.split('.').reduce<unknown>((one, name) => dataOf(one)[name], data);
    return asText(value) ?? all;
  });
  return /\{\{|\{%|<%/.test(text) ? null : text;
}

/** Data files from the input folder down to the file's own, the nearest last. */
function folderData(file: string, { config, project }: Pick<Site, 'config' | 'project'>): Data {
  const { folder, name } = partsOf(file);
  const segments = (below(folder, config.input) ?? '').split('/').filter((one) => one !== '');
  const folders = segments.map((_one, index) => posix.join(config.input, ...segments.slice(0, index + 1)));
  const stems = [config.input, ...folders].map((one) =>
    posix.join(one, config.dataName ?? posix.basename(posix.resolve('/', one))),
  );
  let data: Data = config.globals;
  for (const stem of [...stems, posix.join(folder, name)])
    for (const ending of ['.json', '.11tydata.json'])
      data = withTags(data, readData(project, stem + ending) ?? {});
  return data;
}

/** Objects are merged and tags added up, as Eleventy's deep data merge does. */
function withTags(base: Data, over: Data): Data {
  const tags = [...textsOf(base['tags']), ...textsOf(over['tags'])];
  return { ...merged(base, over), ...(tags.length > 0 && { tags: [...new Set(tags)] }) };
}
