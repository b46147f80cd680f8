/** Docusaurus: https://docusaurus.io/docs/api/docusaurus-config, https://docusaurus.io/docs/swizzling#wrapping */
import { moduleConfig, siteUrl, textAt } from './config.ts';
import { elementLines, slugExpression } from './tags.ts';
import type { Generator } from './types.ts';

export const docusaurusSetup: Generator = {
  name: 'docusaurus',
  label: 'Docusaurus',
  builds: /(?:^|[\s/])docusaurus +build\b/,
  facts(project) {
    const { fields } = moduleConfig(project, 'docusaurus.config.{js,mjs,cjs,ts,mts}');
    return {
      name: textAt(fields, 'title'),
      url: siteUrl(textAt(fields, 'url'), textAt(fields, 'baseUrl')?.replace(/^\/+/, '')),
      output: 'build',
      served: 'static',
    };
  },
  head: ({ prefix, suffix }) => ({
    file: 'src/theme/SiteMetadata/index.js',
    lines: [
      "import React from 'react';",
      "import Head from '@docusaurus/Head';",
      "import { useLocation } from '@docusaurus/router';",
      "import useDocusaurusContext from '@docusaurus/useDocusaurusContext';",
      "import SiteMetadata from '@theme-original/SiteMetadata';",
      '',
      'export default function SiteMetadataWithImage(props) {',
      '  const { pathname } = useLocation();',
      '  const { siteConfig, i18n } = useDocusaurusContext();',
      '  // The base of another language ends in its folder, which is a part of the slug.',
      "  const folder = i18n.currentLocale === i18n.defaultLocale ? '' : `${i18n.localeConfigs[i18n.currentLocale].path}/`;",
      '  const base = siteConfig.baseUrl.length - folder.length;',
      `  const slug = ${slugExpression('decodeURIComponent(pathname).slice(base)')};`,
      '  return (',
      '    <>',
      '      <SiteMetadata {...props} />',
      '      <Head>',
      ...elementLines(`\`${prefix}\${slug}${suffix}\``).map((line) => `        ${line}`),
      '      </Head>',
      '    </>',
      '  );',
      '}',
    ],
    use: 'Docusaurus takes the file as it is: a component of that name in src/theme wraps its own.',
  }),
};
