/** All presets, in the order in which a folder is tried: a sure sign before a mere likeness. Add one here. */
import { astro } from './astro/astro.ts';
import { starlight } from './astro/starlight.ts';
import { docusaurus } from './docusaurus/docusaurus.ts';
import { eleventy } from './eleventy/eleventy.ts';
import { gatsby } from './gatsby/gatsby.ts';
import { hugo } from './hugo/hugo.ts';
import { jekyll } from './jekyll/jekyll.ts';
import { mkdocs } from './mkdocs/mkdocs.ts';
import { next } from './next/next.ts';
import type { Preset } from './types.ts';
import { vitepress } from './vitepress/vitepress.ts';
import { zola } from './zola/zola.ts';

export const PRESETS: readonly Preset[] = [
  docusaurus,
  vitepress,
  starlight,
  astro,
  eleventy,
  gatsby,
  next,
  zola,
  hugo,
  jekyll,
  mkdocs,
];
