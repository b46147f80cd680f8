/** A folder of templates → templates with digests, ready to render a post into a card. */
import type { Output, Post, Site } from './contract.ts';
import type { Fonts } from './fonts.ts';
import type { Card } from './renderer/renderer.ts';

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
