import { readFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';

const pkg = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** Libraries stay outside: npm installs and patches them; only our own files are bundled. */
const external = [/^node:/, ...Object.keys(pkg.dependencies).map((name) => new RegExp(`^${name}(/|$)`))];

export default defineConfig({
  input: {
    'og-sync': 'cli/bin.ts',
    index: 'cli/index.ts',
    astro: 'cli/plugins/astro.ts',
    docusaurus: 'cli/plugins/docusaurus.ts',
    'docusaurus-plugin': 'cli/plugins/docusaurus-plugin.ts',
    eleventy: 'cli/plugins/eleventy.ts',
    vite: 'cli/plugins/vite.ts',
    handler: 'function/lambda/handler.ts',
    prepare: 'function/prepare.ts',
    'og-deploy': 'deploy/bin.ts',
  },
  external,
  platform: 'node',
  output: { dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js', cleanDir: true },
});
