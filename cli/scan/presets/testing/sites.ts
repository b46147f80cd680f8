/** The sites that the generators themselves build: the judge of every preset. */
import { fileURLToPath } from 'node:url';

export interface TestSite {
  /** The preset that must know this site; null: a generator that has none, for whoever reads built pages. */
  preset: string | null;
  /** Program and arguments, run in a copy of the site. `BUILT` stands for the folder to build into. */
  command: readonly [program: string, ...args: string[]];
  /** A site whose installed packages this one uses. */
  packagesOf?: string;
  /** What the theme adds to each page's title. */
  suffix?: RegExp;
}

const astro = ['npx', 'astro', 'build', '--silent', '--outDir', 'BUILT'] as const;
const jekyll = ['jekyll', 'build', '--quiet', '--disable-disk-cache', '--destination', 'BUILT'] as const;
const mkdocs = ['mkdocs', 'build', '--quiet', '--site-dir', 'BUILT'] as const;
const vitepress = ['npx', 'vitepress', 'build', 'docs', '--outDir', 'BUILT'] as const;
const hugo = ['hugo', '--quiet', '--destination', 'BUILT'] as const;

export const SITES: Readonly<Record<string, TestSite>> = {
  hugo: { preset: 'hugo', command: hugo },
  'hugo-tree': { preset: 'hugo', command: hugo },
  jekyll: { preset: 'jekyll', command: jekyll },
  'jekyll-pretty': { preset: 'jekyll', command: jekyll },
  mkdocs: { preset: 'mkdocs', command: mkdocs },
  'mkdocs-flat': { preset: 'mkdocs', command: mkdocs, suffix: / - Flat$|^Flat$/ },
  sphinx: {
    preset: null,
    command: ['sphinx-build', '-q', '-b', 'html', '.', 'BUILT'],
    suffix: / — Anchors$/,
  },
  eleventy: { preset: 'eleventy', command: ['npx', 'eleventy', '--quiet', '--output=BUILT'] },
  astro: { preset: 'astro', command: astro },
  starlight: { preset: 'starlight', command: astro, suffix: / \| Star$/ },
  'starlight-nonroot': {
    preset: 'starlight',
    command: astro,
    packagesOf: 'starlight',
    suffix: / \| (Star|星)$/,
  },
  docusaurus: {
    preset: 'docusaurus',
    command: ['npx', 'docusaurus', 'build', '--out-dir', 'BUILT'],
    suffix: / \| Keel$|^Keel$/,
  },
  vite: { preset: null, command: ['npx', 'vite', 'build', '--outDir', 'BUILT'] },
  vitepress: { preset: 'vitepress', command: vitepress, suffix: /^Signal$/ },
  'vitepress-clean': {
    preset: 'vitepress',
    command: vitepress,
    packagesOf: 'vitepress',
    suffix: / \| Sinal$/,
  },
};

/** The folder of a site's source. */
export function sourceOf(name: string): string {
  return fileURLToPath(new URL(`sites/${name}`, import.meta.url));
}
