/** Folders of templates → templates with digests, ready to render a post into a card. */
import { join } from 'node:path';
import type { Output, Post, Site } from '../contract.ts';
import { openFonts } from '../fonts/fonts.ts';
import type { Fonts } from '../fonts/fonts.ts';
import { FaceWriter } from '../fonts/css.ts';
import { PACKAGE_ROOT } from '../package.ts';
import type { Card } from '../renderer/renderer.ts';
import { FONTS } from './name.ts';
import { readSources } from './source.ts';
import { FolderTemplate } from './template.ts';
import { watch } from './watch.ts';

export interface Template {
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
  /** Of all files that can change a picture, with what it uses of `_shared/`; shared fonts are not counted. */
  readonly bytes: number;
  /** sha256 over every byte that can change a picture of this template: HTML, CSS, assets, what it uses of `_shared/`, fonts. */
  readonly digest: string;
  /** Throws `FunctionError` `template_failed`, naming the template, the line and the cause. */
  render(view: { post: Post; site: Site; output: Output }): Promise<Card>;
  /** The characters of a text that no font of this template or of the shared ones can draw, each once. */
  missing(text: string): Promise<string[]>;
  /** The families of fonts that every card of it has, each once. Throws `template_failed` like `render`. */
  families(): Promise<string[]>;
}

export interface Templates {
  /** By name: those of the folder, then those that come with og-sync and have none of their names. */
  readonly all: ReadonlyMap<string, Template>;
  /** Fonts every template may use by family name. */
  readonly fonts: Fonts;
}

export interface TemplateOptions {
  /** Templates beside those that come with og-sync; one of the same name takes the place of ours. */
  folder?: string;
  /** Where fonts for the browser are prepared. */
  cacheDir: string;
}

/** The folder of the templates that come with og-sync. */
export const SHIPPED_TEMPLATES = join(PACKAGE_ROOT, 'templates');

/**
 * Reads our templates and those of a folder. Only bytes are read and hashed: parsing and fonts wait for the first card.
 * @throws FunctionError `template_failed` for a folder that holds no sound template.
 */
export async function loadTemplates({ folder, cacheDir }: TemplateOptions): Promise<Templates> {
  const [own, shipped, fonts] = await Promise.all([
    folder === undefined ? [] : readSources(folder),
    readSources(SHIPPED_TEMPLATES),
    openFonts(join(folder ?? SHIPPED_TEMPLATES, FONTS), cacheDir),
  ]);
  const writer = new FaceWriter();
  const taken = new Set(own.map(({ name }) => name));
  const sources = [...own, ...shipped.filter(({ name }) => !taken.has(name))];
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
  const watched = await watch(options.folder ?? SHIPPED_TEMPLATES, () => loadTemplates(options), onReload);
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
