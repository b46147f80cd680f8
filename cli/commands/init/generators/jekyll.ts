/** Jekyll: https://jekyllrb.com/docs/configuration/default/, https://jekyllrb.com/docs/variables/ */
import { dataConfig, folderAt, siteUrl, textAt } from './config.ts';
import { PLAIN_ADDRESSES, tagLines } from './tags.ts';
import type { Generator } from './types.ts';

export const jekyllSetup: Generator = {
  name: 'jekyll',
  label: 'Jekyll',
  builds: /(?:^|[\s/])jekyll +(?:b|build)\b/,
  facts(project) {
    const config = dataConfig(project, '_config.{yml,yaml,toml}');
    return {
      name: textAt(config, 'title') ?? textAt(config, 'name'),
      url: siteUrl(textAt(config, 'url'), textAt(config, 'baseurl')?.replace(/^\/+/, '')),
      output: folderAt(config, '_site', 'destination'),
      served: folderAt(config, '.', 'source'),
    };
  },
  head: ({ prefix, suffix }) => ({
    file: '_includes/og-image.html',
    lines: [
      '{% assign og_slug = page.url | append: " " | replace: "/index.html ", "" | replace: ".html ", "" | replace: "/ ", "" | strip | remove_first: "/" %}',
      ...tagLines(`${prefix}{{ og_slug | default: "index" }}${suffix}`),
    ],
    use: `Include it inside <head> of your layout: {% include og-image.html %}. ${PLAIN_ADDRESSES}`,
  }),
};
