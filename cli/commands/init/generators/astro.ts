/** Astro and Starlight: https://docs.astro.build/en/reference/configuration-reference/, https://starlight.astro.build/reference/overrides/ */
import { dataOf } from '../../../scan/presets/reading/data.ts';
import type { Project } from '../../../scan/presets/types.ts';
import { folderAt, moduleConfig, packageFacts, siteUrl, textAt } from './config.ts';
import { elementLines, slugExpression } from './tags.ts';
import type { Generator, GeneratorFacts, ImageAddress } from './types.ts';

function facts(project: Project): GeneratorFacts {
  const { fields, module } = moduleConfig(project, 'astro.config.{js,mjs,cjs,ts,mts}');
  const starlight = module?.calls.find(({ name }) => name === 'starlight');
  const title = dataOf(starlight?.args[0])['title'];
  return {
    ...packageFacts(project),
    name: typeof title === 'string' ? title : undefined,
    url:
      siteUrl(textAt(fields, 'site'), textAt(fields, 'base')?.replace(/^\/+/, '')) ??
      packageFacts(project).url,
    output: folderAt(fields, 'dist', 'outDir'),
    served: folderAt(fields, 'public', 'publicDir'),
  };
}

/** The slug of the page that is rendered, without the path that the site lives below. */
const SLUG = [
  "const base = import.meta.env.BASE_URL.replace(/\\/$/, '');",
  `const slug = ${slugExpression('decodeURIComponent(Astro.url.pathname).slice(base.length + 1)')};`,
];
const image = ({ prefix, suffix }: ImageAddress) => `\`${prefix}\${slug}${suffix}\``;

export const astroSetup: Generator = {
  name: 'astro',
  label: 'Astro',
  builds: /(?:^|[\s/])astro +build\b/,
  facts,
  head: (address) => ({
    file: 'src/components/OgImage.astro',
    lines: ['---', ...SLUG, '---', ...elementLines(image(address))],
    use: "Use it inside <head> of your layout: import OgImage from '../components/OgImage.astro', then <OgImage />.",
  }),
};

export const starlightSetup: Generator = {
  ...astroSetup,
  name: 'starlight',
  label: 'Starlight',
  head: (address) => ({
    file: 'src/components/Head.astro',
    lines: [
      '---',
      "import Default from '@astrojs/starlight/components/Head.astro';",
      ...SLUG,
      '---',
      '<Default />',
      ...elementLines(image(address)),
    ],
    use: "Name it in astro.config: starlight({ components: { Head: './src/components/Head.astro' } }).",
  }),
};
