/** The folder → what is known of the site in it. */
import { basename } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { PRESETS } from '../../scan/presets/registry.ts';
import type { Project } from '../../scan/presets/types.ts';
import type { PresetName } from '../../config/preset-names.ts';
import { GENERATORS } from './generators/generators.ts';
import type { Generator, GeneratorFacts } from './generators/types.ts';

export interface KnownSite {
  generator: Generator | null;
  facts: GeneratorFacts;
}

/** Folders that builds write to, for a site whose generator is not known: the one that is there. */
const OUTPUTS = ['public', 'dist', '_site', 'build', 'out', 'site'];

/** What is known of a site; `preset` in place of what is recognised. */
export function knownSite(project: Project, preset: PresetName | null | undefined): KnownSite {
  const name = preset === undefined ? recognised(project) : preset;
  if (name !== null) return { generator: GENERATORS[name], facts: GENERATORS[name].facts(project) };
  const output = OUTPUTS.find((folder) => project.files(`${folder}/**/*.html`).length > 0) ?? 'public';
  return { generator: null, facts: { output, served: 'static' } };
}

function recognised(project: Project): PresetName | null {
  return PRESETS.find((preset) => preset.recognises(project))?.name ?? null;
}

/** Whether a module in that folder can import og-sync. */
export function isInstalled(folder: string): boolean {
  try {
    createRequire(pathToFileURL(`${folder}/og.config.ts`)).resolve('og-sync/package.json');
    return true;
  } catch {
    return false;
  }
}

/** A folder's name as the name of a site: what there is when nothing else says one. */
export function nameOfFolder(folder: string): string {
  return basename(folder)
    .split(/[-_.]+/)
    .filter((word) => word !== '')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join(' ');
}
