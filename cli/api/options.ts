/** What the functions of the package take. Types alone. */
import type { UserConfig } from '../config/schema.ts';
import type { GivenPost } from '../scan/given.ts';
import type { RunEvent } from './events.ts';

/** Where the configuration comes from. */
export interface ConfigOptions {
  /** The project's folder. Default: the one that the process was started in. */
  cwd?: string;
  /** The configuration itself, whose paths start at `cwd`, or its file. Default: the `og.config.*` of `cwd`, if there is one. */
  config?: UserConfig | string;
  /** What counts where the configuration says nothing. */
  defaults?: UserConfig;
  /** What counts whatever the configuration says. */
  overrides?: UserConfig;
  /** Variables such as OG_FUNCTION_URL and AWS_PROFILE. Default: those of the process. */
  environment?: Readonly<Record<string, string | undefined>>;
}

export interface RunOptions extends ConfigOptions {
  /** Posts that the caller knows, instead of `content`, or beside the pages of a built site, whose heads they complete. */
  posts?: readonly GivenPost[];
  /** Of the built site, only the pages at these addresses are read, and nothing else is a post. */
  addresses?: readonly string[];
  /** Ends the run: the promise rejects with the signal's reason. What was made is kept. */
  signal?: AbortSignal;
  /** Hears what happens. What it throws ends the run. */
  onEvent?: (event: RunEvent) => void;
}

export interface PlanOptions extends RunOptions {
  /** A glob over slugs and files: other posts are left alone. */
  only?: string;
  /** Everything is made again. */
  force?: boolean;
}

export interface SyncOptions extends PlanOptions {
  /** Deletes orphans that are older than `olderThanMs` (default: a week). Default: they stay. */
  prune?: boolean | { olderThanMs?: number };
  /**
   * A folder in which images that belong into the built site are kept from build to build: generators empty what they write into. They are
   * made there and copied. It is deleted from: of images that nobody claimed for a week.
   */
  cache?: string;
}

export interface CheckOptions extends ConfigOptions {
  /** A site that is served, a page or a sitemap of it. Default: the built folder, `pages` of the configuration. */
  url?: string;
  signal?: AbortSignal;
}

export interface RendererOptions extends ConfigOptions {
  /** Posts that the caller knows, now: called each time sources are read. */
  posts?: () => readonly GivenPost[] | Promise<readonly GivenPost[]>;
  /** Of the built site, only the pages at these addresses are read. */
  addresses?: () => readonly string[];
}
