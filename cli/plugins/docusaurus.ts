/**
 * Docusaurus compiles every plugin for its own module system, with all that the plugin imports, and libraries do not survive it. So this file, which
 * it compiles, imports nothing: Node loads the plugin itself, as the module that it is.
 */
import { createRequire } from 'node:module';
import type { LoadContext, OgSyncDocusaurusPlugin } from './docusaurus-plugin.ts';
export type { PluginOptions } from './options.ts';

/** `options`: `PluginOptions`, which Docusaurus hands over as unknown. */
export default function ogSync(context: LoadContext, options?: unknown): OgSyncDocusaurusPlugin {
  const load = createRequire(import.meta.url);
  const { default: plugin } = load('./docusaurus-plugin.js') as { default: typeof ogSync };
  return plugin(context, options);
}
