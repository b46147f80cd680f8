import { readFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';

const PAGE = 'cli/preview/page';
const STYLES = ['base', 'toolbar', 'grid', 'large', 'networks', 'bench'];

/** The page of the preview: it runs in a browser, so its library is bundled with it. */
export default defineConfig({
  input: { page: `${PAGE}/main.tsx` },
  platform: 'browser',
  output: { dir: 'dist/preview', format: 'esm', minify: true },
  plugins: [
    {
      name: 'styles',
      generateBundle() {
        const files = STYLES.map((name) => new URL(`${PAGE}/styles/${name}.css`, import.meta.url));
        const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
        this.emitFile({ type: 'asset', fileName: 'page.css', source });
      },
    },
  ],
});
