/** The presets by name. They stand alone, so that the configuration knows them without loading any. */
export const PRESET_NAMES = [
  'hugo',
  'jekyll',
  'eleventy',
  'astro',
  'starlight',
  'docusaurus',
  'vitepress',
  'gatsby',
  'next',
  'zola',
  'mkdocs',
] as const;

export type PresetName = (typeof PRESET_NAMES)[number];
