/** Next.js: https://nextjs.org/docs/app/api-reference/functions/generate-metadata#opengraph */
import { folderAt, moduleConfig, packageFacts } from './config.ts';
import type { Generator } from './types.ts';

export const nextSetup: Generator = {
  name: 'next',
  label: 'Next.js',
  builds: /(?:^|[\s/])next +build\b/,
  facts(project) {
    const { fields } = moduleConfig(project, 'next.config.{js,mjs,cjs,ts,mts}');
    const exports = fields['output'] === 'export';
    return {
      ...packageFacts(project),
      output: exports ? folderAt(fields, 'out', 'distDir') : 'out',
      served: 'public',
      notes: exports
        ? []
        : [
            "next.config does not set output: 'export', so there may be no folder of built pages: make the cards before the build, or check a served site.",
          ],
    };
  },
  head: ({ prefix, suffix }) => ({
    file: 'app/blog/[slug]/page.tsx',
    lines: [
      'export async function generateMetadata({ params }) {',
      '  const { slug } = await params;',
      '  return {',
      '    openGraph: {',
      `      images: [{ url: \`${prefix}blog/\${slug}${suffix}\`, width: 1200, height: 630 }],`,
      '    },',
      "    twitter: { card: 'summary_large_image' },",
      '  };',
      '}',
    ],
    use: 'Each route needs its own: "blog/" is the path of this one.',
  }),
};
