/** What is known of one site generator: which files are pages, where each page lives, which language it is in. */
import type { FrontMatter } from '../markdown/formats.ts';
import type { TextKind } from '../markdown/text.ts';
import type { PresetName } from '../../config/preset-names.ts';

/** The folder of a site, to be read. Paths are relative to it, with "/". */
export interface Project {
  /** The text of a file; null when it is not there or cannot be read. */
  text(path: string): string | null;
  /** The files that a glob matches below a folder, sorted; names with a leading dot too where the glob says so. */
  files(...globs: string[]): string[];
}

export interface Preset {
  name: PresetName;
  /** Whether the folder holds a site of this generator. */
  recognises(project: Project): boolean;
  /** Reads the generator's own configuration. Nothing of it is ever executed. */
  rules(project: Project): SiteRules;
}

/** How one site's files become pages. */
export interface SiteRules {
  /** Globs of the files that may be pages, when the user names none. */
  content: string[];
  /** What titles and descriptions hold. */
  text: TextKind;
  /** Whether `template` in front matter names a template of the generator, not one of ours. */
  ownsTemplate?: boolean;
  /** Which headings are titles; default: the first of level 1, else the first. */
  heading?: 'first' | 'level-1';
  /** Whether front matter may be a program, `---js`. */
  takesPrograms?: boolean;
  /** One line each for what a program decides and no rule can know. */
  notices: string[];
  /** The generator's way with each file. It sees all files at once, since neighbours decide: an index, a translation. */
  route(
    files: readonly string[],
    context: RouteContext,
  ): (file: string, own: FrontMatter | null) => PresetOutcome;
}

export interface RouteContext {
  /** The front matter of another file; empty when there is none or it does not parse. */
  frontMatter(file: string): FrontMatter;
  /** The text of a file's head, where there is no front matter but what a generator takes for it. */
  head(file: string): string;
  /** Whether drafts are wanted. */
  drafts: boolean;
  now: Date;
}

/** The pages of one file, or in a word why there is none. */
export type PresetOutcome = { pages: PresetPage[] } | { none: Reason };

export type Reason =
  /** Not to be published, not yet, or no longer. */
  | 'draft'
  | 'future'
  | 'expired'
  /** A part of other pages, data, or a file that the generator copies as it is. */
  | 'no page'
  /** A program decides where it lives, or how often. */
  | 'computed'
  /** In none of the folders that the generator reads. */
  | 'elsewhere';

export interface PresetPage {
  /** The path below the site's root as the generator builds it, not escaped: `/2024/hello/`, `/a.html`, `/`. */
  address: string;
  /** The front matter with what the generator adds to it: defaults of folders, a date from the file's name. */
  fields: FrontMatter;
  /** Wins over front matter and heading. */
  title?: string | undefined;
  /** Taken when neither front matter nor a heading has a title. */
  fallbackTitle?: string | undefined;
  lang?: string | undefined;
}
