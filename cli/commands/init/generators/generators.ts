/** All generators that `init` knows. Add one here. */
import type { PresetName } from './types.ts';
import { astro, starlight } from './astro.ts';
import { docusaurus } from './docusaurus.ts';
import { eleventy } from './eleventy.ts';
import { gatsby } from './gatsby.ts';
import { hugo } from './hugo.ts';
import { jekyll } from './jekyll.ts';
import { mkdocs } from './mkdocs.ts';
import { next } from './next.ts';
import type { Generator } from './types.ts';
import { vitepress } from './vitepress.ts';
import { zola } from './zola.ts';

export const GENERATORS: Readonly<Record<PresetName, Generator>> = {
  hugo,
  jekyll,
  eleventy,
  astro,
  starlight,
  docusaurus,
  vitepress,
  gatsby,
  next,
  zola,
  mkdocs,
};
