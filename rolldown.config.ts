import { readFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';
import { fonts } from './cli/packaging/fonts.ts';
import { licenses } from './cli/packaging/licenses.ts';
import { patterns } from './cli/packaging/patterns.ts';
import { requires } from './cli/packaging/requires.ts';

const pkg = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>;
};

/**
 * What npm has to install stays outside: native code, and files that are read as files. All other libraries are bundled, without
 * the parts that nothing uses, their types and their source maps: a blog installs half as much, and starts sooner. Fonts come along.
 */
const installed = Object.keys(pkg.dependencies).map((name) => new RegExp(`^${name}(/|$)`));
/** Other ways to a browser than its pipe: puppeteer loads them when they are asked for. */
const OTHER_WAYS =
  /\/puppeteer-core\/lib\/puppeteer\/(?:bidi\/bidi|node\/NodeWebSocketTransport|node\/LaunchOptions)\.js$|^@puppeteer\/browsers$/;

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
  external: [/^node:/, ...installed, OTHER_WAYS],
  plugins: [fonts(), patterns(), requires(), licenses()],
  // gray-matter has an engine that evaluates; it is never chosen (cli/scan/markdown/front-matter.ts).
  checks: { eval: false },
  platform: 'node',
  // Of libraries that are CommonJS. The bundle is not.
  transform: { define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' } },
  output: { dir: 'dist', format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js', cleanDir: true },
});
