/** What Astro and Starlight have in common: configuration, ids, addresses. */
import { posix } from 'node:path';
import { slug as githubSlug } from 'github-slugger';
import type { FrontMatter } from '../../markdown/formats.ts';
import { dataOf, asText } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { readModule } from '../reading/module.ts';
import { folderAddress, cleanFolder, partsOf } from '../reading/paths.ts';
import type { Project } from '../types.ts';
import type { Collection } from './content.ts';

export const CONFIG = 'astro.config.{mjs,js,ts,mts,cjs,cts}';

export interface AstroConfig {
  source: string;
  /** Whether a page is a file, `a.html`, not a folder. */
  files: boolean;
  i18n: Data;
  integrations: unknown;
}

export function readAstroConfig(project: Project): AstroConfig {
  const [file = ''] = project.files(CONFIG);
  const config = dataOf(readModule(project.text(file) ?? '')?.exported);
  return {
    source: cleanFolder(asText(config['srcDir']) ?? 'src'),
    files: dataOf(config['build'])['format'] === 'file',
    i18n: dataOf(config['i18n']),
    integrations: config['integrations'],
  };
}

/** An entry's id: its `slug`, else its path as GitHub makes anchors. */
export function idOf(path: string, fields: FrontMatter): string {
  const slug = asText(fields['slug']);
  if (slug !== undefined) return slug;
  const { folder, name } = partsOf(path);
  const id = posix
    .join(folder, name)
    .split('/')
    .map((one) => githubSlug(one))
    .join('/');
  return id.replace(/\/index$/, '');
}

export function astroAddress(path: string, { files }: Pick<AstroConfig, 'files'>): string {
  const folder = folderAddress(path.replace(/(^|\/)index$/, '$1'));
  return files && folder !== '/' ? `${folder.slice(0, -1)}.html` : folder;
}

export function isIn(path: string, { patterns }: Collection): boolean {
  const inside = patterns.filter((one) => !one.startsWith('!'));
  const outside = patterns.filter((one) => one.startsWith('!')).map((one) => one.slice(1));
  const matches = (globs: readonly string[]) =>
    globs.some((glob) => posix.matchesGlob(path, glob.replace(/^\.\//, '')));
  return matches(inside) && !matches(outside);
}
