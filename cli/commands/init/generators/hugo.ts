/** Hugo: https://gohugo.io/configuration/all/, https://gohugo.io/methods/page/permalink/ */
import { dataConfig, folderAt, siteUrl, textAt } from './config.ts';
import { tagLines } from './tags.ts';
import type { Generator } from './types.ts';

export const hugoSetup: Generator = {
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
      '{{- $path := (urls.Parse (replaceRE "[#?]" "-" .Permalink)).Path | strings.TrimPrefix (urls.Parse (absURL "")).Path -}}',
      '{{- $path = $path | strings.TrimSuffix "/" | strings.TrimSuffix ".html" -}}',
      String.raw`{{- $path = $path | replaceRE "[^\\p{L}\\p{M}\\p{N}._~/-]" "-" | default "index" -}}`,
      ...tagLines(`${prefix}{{ (urls.Parse $path).String }}${suffix}`),
    ],
    use: 'Call it inside <head> of layouts/_default/baseof.html: {{ partial "og-image.html" . }}',
  }),
};
