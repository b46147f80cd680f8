/** What a configuration file imports. It loads nothing: every run loads it. */
import type { UserConfig } from './schema.ts';

/** Gives an editor the type of the configuration; the value is returned as it is. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
