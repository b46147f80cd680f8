/** What a caller says of the configuration → the configuration, and what the environment adds. */
import { resolve } from 'node:path';
import { layered, loadConfig, resolveConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { applyOverrides } from '../config/overrides.ts';
import { readSettings } from '../config/settings.ts';
import type { Settings } from '../config/settings.ts';
import { untilAborted } from '../tasks/until-aborted.ts';
import type { ConfigOptions } from './options.ts';

export interface Opened {
  /** As written: without what follows from a built site. */
  config: Config;
  settings: Settings;
  cwd: string;
}

/**
 * Defaults < configuration < environment < overrides. Nothing of the process but its folder and, where none is handed in, its
 * environment is read. Throws `CliError`.
 */
export async function openConfig(options: ConfigOptions & { signal?: AbortSignal }): Promise<Opened> {
  options.signal?.throwIfAborted();
  const { environment = process.env, overrides: over = {}, defaults: under } = options;
  const cwd = resolve(options.cwd ?? '.');
  const settings = readSettings(environment, { stdout: false, stderr: false });
  // By themselves first, so that the file is not blamed for them.
  for (const [name, fields] of Object.entries({ overrides: over, defaults: under ?? {} }))
    resolveConfig(fields, cwd, `"${name}"`, environment);
  const layers = { under, over };
  const written =
    typeof options.config === 'object'
      ? resolveConfig(layered(options.config, layers), cwd, null, environment)
      : await untilAborted(loadConfig({ cwd, file: options.config, environment, layers }), options.signal);
  const store = over.store === undefined || written.store === null ? {} : { store: written.store };
  const called = { ...store, function: over.function };
  return {
    config: applyOverrides(written, called, { cwd, functionUrl: settings.functionUrl }),
    settings,
    cwd,
  };
}
