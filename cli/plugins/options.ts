/** What all plugins take, and what they know of a generator. Types alone. */
import type { UserConfig } from '../config/schema.ts';
import type { GivenPost } from '../scan/given.ts';

/** The fields of the configuration, laid over those of `og.config.*`, and what is the plugin's own. */
export interface PluginOptions extends UserConfig {
  /** A card that fails and a warning fail the build. Default: they are logged. */
  strict?: boolean;
  /** The configuration file. Default: the `og.config.*` of the project, if there is one. */
  configFile?: string;
  /** A folder in which images are kept from build to build. Default: `node_modules/.cache/og-sync`. */
  cache?: string;
}

/** The generator's own logger. */
export interface PluginLogger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A project, as its generator knows it. */
export interface Project {
  root: string;
  outDir: string;
  /** The address of the site without its base; null where the generator does not know it. */
  url: string | null;
  /** `/` or `/docs/`. */
  base: string;
  name?: string | undefined;
  /** Where a person says the address. */
  where: string;
}

/** What the generator says of its pages. */
export interface Pages {
  posts?: readonly GivenPost[];
  addresses?: readonly string[];
}
