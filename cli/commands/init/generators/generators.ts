/** All generators that `init` knows. Add one here. */
import type { PresetName } from '../../../config/preset-names.ts';
import { astroSetup, starlightSetup } from './astro.ts';
import { docusaurusSetup } from './docusaurus.ts';
import { eleventySetup } from './eleventy.ts';
import { gatsbySetup } from './gatsby.ts';
import { hugoSetup } from './hugo.ts';
import { jekyllSetup } from './jekyll.ts';
import { mkdocsSetup } from './mkdocs.ts';
import { nextSetup } from './next.ts';
import type { Generator } from './types.ts';
import { vitepressSetup } from './vitepress.ts';
import { zolaSetup } from './zola.ts';

export const GENERATORS: Readonly<Record<PresetName, Generator>> = {
  hugo: hugoSetup,
  jekyll: jekyllSetup,
  eleventy: eleventySetup,
  astro: astroSetup,
  starlight: starlightSetup,
  docusaurus: docusaurusSetup,
  vitepress: vitepressSetup,
  gatsby: gatsbySetup,
  next: nextSetup,
  zola: zolaSetup,
  mkdocs: mkdocsSetup,
};
