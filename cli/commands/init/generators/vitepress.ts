/** VitePress: https://vitepress.dev/reference/site-config#transformhead */
import { posix } from 'node:path';
import { dataOf } from '../../../scan/presets/reading/data.ts';
import { folderAt, moduleConfig, siteUrl, textAt } from './config.ts';
import { slugExpression } from './tags.ts';
import type { Generator } from './types.ts';

export const vitepressSetup: Generator = {
  name: 'vitepress',
  label: 'VitePress',
  builds: /(?:^|[\s/])vitepress +build\b/,
  facts(project) {
    const { file, fields } = moduleConfig(
      project,
      '{.,*,*/*}/.vitepress/config.{js,mjs,cjs,ts,mts}',
      '{.,*,*/*}/.vitepress/config/index.{js,mjs,ts,mts}',
    );
    const root = file === null ? '.' : file.slice(0, file.indexOf('.vitepress')).replace(/\/$/, '') || '.';
    const source = folderAt(fields, '.', 'srcDir');
    return {
      name: textAt(fields, 'title'),
      url: siteUrl(
        textAt(dataOf(fields['sitemap']), 'hostname'),
        textAt(fields, 'base')?.replace(/^\/+/, ''),
      ),
      output: posix.join(root, folderAt(fields, '.vitepress/dist', 'outDir')),
      served: posix.join(root, source, 'public'),
    };
  },
  head: ({ prefix, suffix }) => ({
    file: '.vitepress/config',
    lines: [
      'transformHead({ pageData }) {',
      `  const slug = ${slugExpression(String.raw`pageData.relativePath.replace(/(^|\/)index\.md$|\.md$/, '')`)};`,
      '  return [',
      `    ['meta', { property: 'og:image', content: \`${prefix}\${slug}${suffix}\` }],`,
      "    ['meta', { property: 'og:image:width', content: '1200' }],",
      "    ['meta', { property: 'og:image:height', content: '630' }],",
      "    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],",
      '  ];',
      '},',
    ],
    use: 'It is a field of defineConfig({ … }).',
  }),
};
