/** Hugo: https://gohugo.io/configuration/all/, https://gohugo.io/methods/page/permalink/ */
import { dataConfig, folderAt, siteUrl, textAt } from './config.ts';
import { tagLines } from './tags.ts';
import type { Generator } from './types.ts';

export const hugo: Generator = {
  name: 'hugo',
  label: 'Hugo',
  builds: /(?:^|[\s/])hugo(?! *(?:server|serve|new|mod|version|env|config|list)\b)(?=$|[\s;&|])/,
  facts(project) {
    const config = dataConfig(
      project,
      '{hugo,config}.{toml,yaml,yml,json}',
      'config/_default/{hugo,config}.{toml,yaml,yml,json}',
    );
    return {
      name: textAt(config, 'title'),
      url: siteUrl(textAt(config, 'baseURL')),
      output: folderAt(config, 'public', 'publishDir'),
      served: folderAt(config, 'static', 'staticDir'),
    };
  },
  head: ({ prefix, suffix }) => ({
    file: 'layouts/partials/og-image.html',
    lines: [
      '{{- $path := strings.TrimPrefix (absURL "") .Permalink | strings.TrimSuffix "/" | strings.TrimSuffix ".html" -}}',
      ...tagLines(`${prefix}{{ $path | default "index" }}${suffix}`),
    ],
    use: 'Call it inside <head> of layouts/_default/baseof.html: {{ partial "og-image.html" . }}',
  }),
};
