/** A folder of templates → templates with digests, ready to render a post into a card. */
import { join } from 'node:path';
import type { Output, Post, Site } from './contract.ts';
import { openFonts } from './fonts.ts';
import type { Fonts } from './fonts.ts';
import { FaceWriter } from './fonts/css.ts';
import { PACKAGE_ROOT } from './package.ts';
import type { Card } from './renderer/renderer.ts';
import { readSources } from './templates/source.ts';
import { FolderTemplate } from './templates/template.ts';

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

/**
 * Reads a folder of templates. Only bytes are read and hashed: parsing and fonts wait for the first card.
 * @param options.folder default: the templates that come with og-sync
 * @param options.cacheDir where fonts for the browser are prepared
 * @throws FunctionError `template_failed` for a folder that holds no sound template.
 */
export async function loadTemplates(options: { folder?: string; cacheDir: string }): Promise<Templates> {
  const folder = options.folder ?? join(PACKAGE_ROOT, 'templates');
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
