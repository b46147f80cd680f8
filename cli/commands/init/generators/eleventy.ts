/** Eleventy: https://www.11ty.dev/docs/config/, https://www.11ty.dev/docs/data-eleventy-supplied/ */
import { dataOf } from '../../../scan/presets/reading/data.ts';
import { dataConfig, folderAt, moduleConfig, packageFacts, siteUrl, textAt } from './config.ts';
import { tagLines } from './tags.ts';
import type { Generator } from './types.ts';

export const eleventySetup: Generator = {
  name: 'eleventy',
  label: 'Eleventy',
  builds: /(?:^|[\s/])eleventy(?=$|[\s;&|])(?!.*--(?:serve|watch))/,
  facts(project) {
    const { fields, module } = moduleConfig(project, '{eleventy.config,.eleventy}.{js,cjs,mjs,ts}');
    const dir = { ...dataOf(fields['dir']), ...dataOf(dataOf(module?.named.get('config'))['dir']) };
    const input = folderAt(dir, '.', 'input');
    const globs = `${input}/**/_data/{metadata,site,meta}`;
    const site = {
      ...dataConfig(project, `${globs}.json`),
      ...moduleConfig(project, `${globs}.{js,cjs,mjs}`).fields,
    };
    const passes = module?.calls.filter(({ name }) => name === 'addPassthroughCopy') ?? [];
    return {
      ...packageFacts(project),
      name: textAt(site, 'title') ?? textAt(site, 'name'),
      ...(textAt(site, 'url') !== undefined && { url: siteUrl(textAt(site, 'url')) }),
      output: folderAt(dir, '_site', 'output'),
      served: 'public',
      notes: passes.some(({ args }) => JSON.stringify(args[0]).includes('public'))
        ? []
        : [
            'Images made before the build need addPassthroughCopy({ "public": "/" }) in your Eleventy configuration.',
          ],
    };
  },
  head: ({ prefix, suffix }) => ({
    file: '_includes/og-image.njk',
    lines: [
      '{% set ogSlug = (page.url or "/") | replace(r/^\\/|\\/$|\\.html$/g, "") | replace(r/[ -,:-@[-^`{-}]/g, "-") or "index" %}',
      ...tagLines(`${prefix}{{ ogSlug }}${suffix}`),
    ],
    use: 'Include it inside <head> of your Nunjucks layout: {% include "og-image.njk" %}',
  }),
};
