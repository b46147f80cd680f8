/** A folder of templates → templates with digests, ready to render a post into a card. */
import { join } from 'node:path';
import type { Output, Post, Site } from '../contract.ts';
import { openFonts } from '../fonts/fonts.ts';
import type { Fonts } from '../fonts/fonts.ts';
import { FaceWriter } from '../fonts/css.ts';
import { PACKAGE_ROOT } from '../package.ts';
import type { Card } from '../renderer/renderer.ts';
import { readSources } from './source.ts';
import { FolderTemplate } from './template.ts';
import { watch } from './watch.ts';

export interface Template {
  readonly name: string;
  /** sha256 over every byte that can change a picture of this template: HTML, CSS, assets, its fonts, the shared fonts. */
  readonly digest: string;
  /** Throws `FunctionError` `template_failed`, naming the template, the line and the cause. */
  render(view: { post: Post; site: Site; output: Output }): Promise<Card>;
  /** The characters of a text that no font of this template or of the shared ones can draw, each once. */
  missing(text: string): Promise<string[]>;
}

export interface Templates {
  readonly all: ReadonlyMap<string, Template>;
  /** Fonts every template may use by family name. */
  readonly fonts: Fonts;
}

export interface TemplateOptions {
  /** Default: the templates that come with og-sync. */
  folder?: string;
  /** Where fonts for the browser are prepared. */
  cacheDir: string;
}

function folderOf({ folder }: TemplateOptions): string {
  return folder ?? join(PACKAGE_ROOT, 'templates');
}

/**
 * Reads a folder of templates. Only bytes are read and hashed: parsing and fonts wait for the first card.
 * @throws FunctionError `template_failed` for a folder that holds no sound template.
 */
export async function loadTemplates(options: TemplateOptions): Promise<Templates> {
  const folder = folderOf(options);
  const [sources, fonts] = await Promise.all([
    readSources(folder),
    openFonts(join(folder, 'fonts'), options.cacheDir),
  ]);
  const writer = new FaceWriter();
  const all = new Map(
    sources.map((source): [string, Template] => [source.name, new FolderTemplate(source, fonts, writer)]),
  );
  return { all, fonts };
}

/**
 * Templates for a person who is writing them: read again after each change. A change that cannot be read is reported to
 * `onReload` and leaves the templates as they were; null reports one that could.
 * @throws FunctionError `template_failed` like `loadTemplates`.
 */
export async function watchTemplates(
  options: TemplateOptions,
  onReload: (error: unknown) => void,
): Promise<Templates & { close(): void }> {
  const watched = await watch(folderOf(options), () => loadTemplates(options), onReload);
  return {
    get all() {
      return watched.current.all;
    },
    get fonts() {
      return watched.current.fonts;
    },
    close: () => watched.close(),
  };
}
