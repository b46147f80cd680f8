import { defineConfig } from 'og-sync';

/** Points at the example blog: `npm start` makes its images. */
export default defineConfig({
  content: 'examples/blog/content/**/*.{md,mdx}',
  static: ['examples/blog/static'],
  site: {
    name: 'Slow Water',
    url: 'https://slow-water.example',
    logo: 'examples/blog/static/logo.svg',
    author: { name: 'Ines Faber', avatar: 'examples/blog/static/ines.svg' },
  },
  manifest: 'out/og-images.json',
});
