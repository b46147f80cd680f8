/**
 * Astro. Markdown below `src/pages` is a page at its path; an entry of a collection is at its id, below the route that shows the
 * collection. Source: packages/astro/src/content/utils.ts (getContentEntryIdAndSlug), loaders/glob.ts (generateIdDefault)
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isYes } from '../../markdown/values.ts';
import { isData, asText } from '../reading/data.ts';
import { below, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, Preset } from '../types.ts';
import { astroAddress, CONFIG, idOf, isIn, readAstroConfig } from './config.ts';
import type { AstroConfig } from './config.ts';
import { readContent } from './content.ts';
import type { AstroContent } from './content.ts';

export const astro: Preset = {
  name: 'astro',
  recognises: (project) => project.files(CONFIG).length > 0,
  rules(project) {
    const config = readAstroConfig(project);
    const content = readContent(project, config.source);
    const { collections, routes, notices } = content;
    const unshown = collections.filter(({ name }) => routes.every((route) => route.collection !== name));
    const folders = collections.map(({ folder }) =>
      posix.join(folder, '**/*.{md,mdx,markdown,mdown,mkdn,mkd,mdwn}'),
    );
    return {
      content: [...folders, `${config.source}/pages/**/*.{md,mdx,markdown}`],
      text: 'markdown',
      notices: [...notices, ...unshown.map(({ name }) => `no route shows the collection ${name} by its id`)],
      route:
        (_files, { drafts }) =>
        (file, own) =>
          pageIn(file, own ?? {}, config) ?? entryIn(file, own ?? {}, content, { config, drafts }),
    };
  },
};

/** A file below `src/pages`; null when it is elsewhere. */
function pageIn(file: string, fields: FrontMatter, config: AstroConfig): PresetOutcome | null {
  const path = below(file, `${config.source}/pages`);
  if (path === null) return null;
  if (path.split('/').some((one) => one.startsWith('_'))) return { none: 'no page' };
  const { folder, name } = partsOf(path);
  return made([astroAddress(posix.join(folder, name), config)], fields, config);
}

function entryIn(
  file: string,
  fields: FrontMatter,
  { collections, routes }: AstroContent,
  { config, drafts }: { config: AstroConfig; drafts: boolean },
): PresetOutcome {
  for (const collection of collections) {
    const path = below(file, collection.folder);
    if (path === null || !isIn(path, collection)) continue;
    const shown = routes.filter((route) => route.collection === collection.name);
    if (shown.length === 0) return { none: 'computed' };
    const isDraft = isYes(fields['draft']) && !drafts;
    const open = shown.filter((route) => !isDraft || !route.leavesDraftsOut);
    if (open.length === 0) return { none: 'draft' };
    const id = idOf(path, fields);
    return made(
      open.map(({ before, after }) => astroAddress(before + id + after, config)),
      fields,
      config,
    );
  }
  return { none: collections.some(({ folder }) => below(file, folder) !== null) ? 'no page' : 'elsewhere' };
}

function made(addresses: readonly string[], fields: FrontMatter, config: AstroConfig): PresetOutcome {
  return { pages: addresses.map((address) => ({ address, fields, lang: langOf(address, fields, config) })) };
}

/** `lang` of the page, else the language whose folder it is in. https://docs.astro.build/en/guides/internationalization/ */
function langOf(address: string, fields: FrontMatter, { i18n }: AstroConfig): string | undefined {
  const [, first = ''] = address.split('/');
  for (const locale of Array.isArray(i18n['locales']) ? (i18n['locales'] as unknown[]) : []) {
    if (locale === first) return asText(fields['lang']) ?? first;
    if (isData(locale) && locale['path'] === first)
      return asText(fields['lang']) ?? (Array.isArray(locale['codes']) ? asText(locale['codes'][0]) : first);
  }
  return asText(fields['lang']) ?? asText(i18n['defaultLocale']);
}
