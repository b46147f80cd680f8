/** Zola: https://www.getzola.org/documentation/getting-started/configuration/, https://www.getzola.org/documentation/templates/overview/ */
import { dataConfig, folderAt, siteUrl, textAt } from './config.ts';
import { tagLines } from './tags.ts';
import type { Generator } from './types.ts';

export const zolaSetup: Generator = {
  name: 'zola',
  label: 'Zola',
  builds: /(?:^|[\s/])zola +build\b/,
  facts(project) {
    const config = dataConfig(project, '{zola,config}.toml');
    return {
      name: textAt(config, 'title'),
      url: siteUrl(textAt(config, 'base_url')),
      output: folderAt(config, 'public', 'output_dir'),
      served: 'static',
    };
  },
  head: ({ prefix, suffix }) => ({
    file: 'templates/partials/og-image.html',
    lines: [
      '{% set og_path = current_path | default(value="/") | trim_start_matches(pat="/") | trim_end_matches(pat="/") | regex_replace(pattern=`[^\\p{L}\\p{M}\\p{N}._~/-]`, rep=`-`) %}',
      ...tagLines(`${prefix}{% if og_path %}{{ og_path | safe }}{% else %}index{% endif %}${suffix}`),
    ],
    use: 'Include it inside <head> of templates/base.html: {% include "partials/og-image.html" %}',
  }),
};
