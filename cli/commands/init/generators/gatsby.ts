/** Gatsby: https://www.gatsbyjs.com/docs/reference/config-files/gatsby-ssr/#onRenderBody */
import { dataOf } from '../../../scan/presets/reading/data.ts';
import { moduleConfig, packageFacts, siteUrl, textAt } from './config.ts';
import { slugExpression } from './tags.ts';
import type { Generator } from './types.ts';

export const gatsbySetup: Generator = {
  name: 'gatsby',
  label: 'Gatsby',
  builds: /(?:^|[\s/])gatsby +build\b/,
  facts(project) {
    const { fields, module } = moduleConfig(project, 'gatsby-config.{js,mjs,cjs,ts,mts}');
    const metadata = { ...dataOf(fields['siteMetadata']), ...dataOf(module?.named.get('siteMetadata')) };
    return {
      name: textAt(metadata, 'title'),
      url: siteUrl(textAt(metadata, 'siteUrl')) ?? packageFacts(project).url,
      output: 'public',
      served: 'static',
    };
  },
  head: ({ prefix, suffix }) => ({
    file: 'gatsby-ssr.js',
    lines: [
      "const React = require('react');",
      '',
      'exports.onRenderBody = ({ pathname, setHeadComponents }) => {',
      `  const slug = ${slugExpression('decodeURIComponent(pathname).slice(1)')};`,
      '  setHeadComponents([',
      `    React.createElement('meta', { key: 'og', property: 'og:image', content: \`${prefix}\${slug}${suffix}\` }),`,
      "    React.createElement('meta', { key: 'width', property: 'og:image:width', content: '1200' }),",
      "    React.createElement('meta', { key: 'height', property: 'og:image:height', content: '630' }),",
      "    React.createElement('meta', { key: 'card', name: 'twitter:card', content: 'summary_large_image' }),",
      '  ]);',
      '};',
    ],
  }),
};
