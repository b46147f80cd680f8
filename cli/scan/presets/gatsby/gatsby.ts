/**
 * Gatsby, as its documentation lays sites out: `createFilePath` makes the address of a file's path below the folder that
 * `gatsby-source-filesystem` reads; `slug` or `path` of front matter wins; MDX below `src/pages` is a page at its path.
 * https://www.gatsbyjs.com/docs/tutorial/getting-started/part-6/, https://www.gatsbyjs.com/plugins/gatsby-source-filesystem/#createfilepath
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isYes } from '../../markdown/values.ts';
import { dataOf, asText } from '../reading/data.ts';
import { readModule } from '../reading/module.ts';
import { below, folderAddress, cleanFolder, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, Preset, Project } from '../types.ts';

const CONFIG = 'gatsby-config.{js,mjs,ts}';

/** The folders of content that the configuration names, the longest first; pictures have folders of their own. */
function foldersOf(project: Project): string[] {
  const [file = ''] = project.files(CONFIG);
  const { plugins } = dataOf(readModule(project.text(file) ?? '')?.exported);
  const folders = (Array.isArray(plugins) ? plugins : []).flatMap((plugin: unknown) => {
    const { resolve, options } = dataOf(plugin);
    const path = asText(dataOf(options)['path']);
    return resolve === 'gatsby-source-filesystem' && path !== undefined ? [cleanFolder(path)] : [];
  });
  const inside = folders.filter((folder) => folder !== 'src/pages');
  return (inside.length === 0 ? ['content', 'blog'] : inside).toSorted((a, b) => b.length - a.length);
}

export const gatsby: Preset = {
  name: 'gatsby',
  recognises: (project) => project.files(CONFIG).length > 0,
  rules(project) {
    const folders = foldersOf(project);
    return {
      content: [...folders.map((folder) => posix.join(folder, '**/*.{md,mdx}')), 'src/pages/**/*.{md,mdx}'],
      text: 'markdown',
      notices: ['gatsby-node makes addresses by program; here they are as createFilePath gives them'],
      route:
        (_files, { drafts }) =>
        (file, own) =>
          isYes(own?.['draft']) && !drafts ? { none: 'draft' } : pageOf(file, own ?? {}, folders),
    };
  },
};

function pageOf(file: string, fields: FrontMatter, folders: readonly string[]): PresetOutcome {
  const page = below(file, 'src/pages');
  const path = page ?? folders.map((folder) => below(file, folder)).find((one) => one !== null) ?? null;
  if (path === null) return { none: 'elsewhere' };
  const { folder, name } = partsOf(path);
  const own = page === null ? (asText(fields['slug']) ?? asText(fields['path'])) : undefined;
  const place = name === 'index' ? folder : posix.join(folder, name);
  return { pages: [{ address: folderAddress(own ?? place), fields, lang: asText(fields['lang']) }] };
}
