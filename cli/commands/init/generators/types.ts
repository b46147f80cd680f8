/** What `init` knows of one generator besides its preset: where things are, and how its templates name an image. */
import type { PresetName } from '../../../config/preset-names.ts';
import type { Project } from '../../../scan/presets/types.ts';

export interface Generator {
  name: PresetName;
  /** As its makers write it. */
  label: string;
  /** What the generator's configuration says. Nothing of it is executed. */
  facts(project: Project): GeneratorFacts;
  /** A command line that builds the site. */
  builds: RegExp;
  /** What to write into a template, where og-sync writes no tags itself. */
  head(image: ImageAddress): HeadLines;
}

export interface GeneratorFacts {
  /** Name of the site. */
  name?: string | undefined;
  /** Its address, with the path it lives below. */
  url?: string | undefined;
  /** Colour that templates take as `site.accent`. */
  accent?: string | undefined;
  /** A picture file. */
  logo?: string | undefined;
  /** The folder that a build writes the site to. */
  output: string;
  /** A folder whose files are published as they are, at the root of the site. */
  served: string;
  /** One line each for what the user should know. */
  notes?: string[];
}

/** `prefix` + slug + `suffix` is the address of a page's image. */
export interface ImageAddress {
  prefix: string;
  suffix: string;
}

export interface HeadLines {
  /** The file they belong into, as this generator has it by custom. */
  file: string;
  lines: string[];
  /** How the file comes to be used, in a sentence. */
  use?: string;
}
