/** Folders of templates → templates with digests, ready to render a post into a card. */
import { join } from 'node:path';
import type { Description, Output, Post, Site } from '../contract.ts';
import { openFonts } from '../fonts/fonts.ts';
import type { Fonts } from '../fonts/fonts.ts';
import { findInstalled } from '../fonts/installed.ts';
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
  /** What of a text no font of this template or of the shared ones can draw, each character once. */
  missing(text: string): Promise<string[]>;
  /** The families of fonts that every card of it has, each once. Throws `template_failed` like `render`. */
  families(): Promise<string[]>;
}

type Described = Pick<Description, 'templates' | 'fonts'>;

export interface Templates {
  /** By name: those of the folder, then those that come with og-sync and have none of their names. */
  readonly all: ReadonlyMap<string, Template>;
  /** Fonts every template may use by family name. */
  readonly fonts: Fonts;
  /** What the function's description says of them: all that the identity of an image has of its template. */
  readonly described: Described;
}

export interface TemplateOptions {
  /** Templates beside those that come with og-sync; one of the same name takes the place of ours. */
  folder?: string;
  /** Where fonts for the browser are prepared. */
  cacheDir: string;
  /** A folder from which Node would find the font packages of the user. Default: none are looked for. */
  packages?: string;
}

/** The folder of the templates that come with og-sync. */
export const SHIPPED_TEMPLATES = join(PACKAGE_ROOT, 'templates');

/**
 * Reads our templates and those of a folder. Only bytes are read and hashed: parsing and fonts wait for the first card.
 * @throws FunctionError `template_failed` for a folder that holds no sound template.
 */
export async function loadTemplates({ folder, cacheDir, packages }: TemplateOptions): Promise<Templates> {
  const installed = await findInstalled(packages ?? null);
  const [own, shipped, fonts] = await Promise.all([
    folder === undefined ? [] : readSources(folder),
    readSources(SHIPPED_TEMPLATES),
    openFonts(join(folder ?? SHIPPED_TEMPLATES, FONTS), cacheDir, installed),
  ]);
  const writer = new FaceWriter();
  const taken = new Set(own.map(({ name }) => name));
  const sources = [...own, ...shipped.filter(({ name }) => !taken.has(name))];
  const all = new Map(
    sources.map((source): [string, Template] => [source.name, new FolderTemplate(source, fonts, writer)]),
  );
  const digests = [...all].map(([name, { digest }]) => [name, { digest }] as const);
  return { all, fonts, described: { templates: Object.fromEntries(digests), fonts: fonts.installed } };
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
    get described() {
      return watched.current.described;
    },
    close: () => watched.close(),
  };
}
