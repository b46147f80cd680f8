/** Which preset a site has. */
import type { Config } from '../../config/config.ts';
import { PRESETS } from './registry.ts';
import type { Preset, Project } from './types.ts';

/** The named preset, else the one that recognises the folder; null for none. */
export function choosePreset(choice: Config['preset'], project: Project): Preset | null {
  if (choice === null) return PRESETS.find((preset) => preset.recognises(project)) ?? null;
  return PRESETS.find(({ name }) => name === choice) ?? null;
}
