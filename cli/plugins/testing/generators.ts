/**
 * Each plugin in a real build of its generator, twice, and in its development server. Run by `npm run test:generators`; the product must be built
 * (`npm run build`).
 */
import { readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import glob from 'fast-glob';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../../function/package.ts';
import { prepareSite, runBuild } from '../../scan/presets/testing/build.ts';
import { runCli } from '../../testing/process.ts';
import { serveSite } from './serve.ts';

interface Case {
  site: string;
  /** The configuration of the generator, and what a user changes in it. */
  config: string;
  edits: readonly (readonly [from: string, to: string])[];
  url: string;
  serve: readonly string[];
  /** Pages whose cards are asked for in development: of a post of its own, and the first page. */
  slugs: readonly string[];
  /** A typed configuration, which the generator's own types must take. Eleventy has none. */
  types?: string;
  /** Where the site is served in development. */
  base?: string;
}

const CASES: readonly Case[] = [
  {
    site: 'eleventy',
    config: 'eleventy.config.js',
    edits: [
      [
        'export default function (config) {',
        "import ogSync from 'og-sync/eleventy';\n\nexport default function (config) {\n  config.addPlugin(ogSync, { site: { url: 'https://eleven.example' } });",
      ],
    ],
    url: 'https://eleven.example',
    serve: ['npx', 'eleventy', '--serve', '--quiet', '--port=PORT'],
    slugs: ['posts/v1.2.3', 'index'],
  },
  {
    site: 'astro',
    types: `import { defineConfig } from 'astro/config';
import ogSync from 'og-sync/astro';
export default defineConfig({ integrations: [ogSync({ strict: true })] });`,
    config: 'astro.config.mjs',
    edits: [
      [
        "import mdx from '@astrojs/mdx';",
        "import mdx from '@astrojs/mdx';\nimport ogSync from 'og-sync/astro';",
      ],
      ['integrations: [mdx()]', "base: '/tail', integrations: [mdx(), ogSync()]"],
    ],
    url: 'https://comet.example/tail/',
    serve: ['npx', 'astro', 'dev', '--port', 'PORT', '--host', 'localhost'],
    slugs: ['index'],
    base: '/tail/',
  },
  {
    site: 'starlight',
    config: 'astro.config.mjs',
    edits: [
      [
        "import starlight from '@astrojs/starlight';",
        "import starlight from '@astrojs/starlight';\nimport ogSync from 'og-sync/astro';",
      ],
      ['  integrations: [', '  integrations: [ogSync(),'],
    ],
    url: 'https://star.example',
    serve: ['npx', 'astro', 'dev', '--port', 'PORT', '--host', 'localhost'],
    slugs: ['de', 'index'],
  },
  {
    site: 'vite',
    types: `import { defineConfig } from 'vite';
import ogSync from 'og-sync/vite';
export default defineConfig({ plugins: [ogSync({ strict: true })] });`,
    config: 'vite.config.js',
    edits: [
      [
        "import { defineConfig } from 'vite';",
        "import { defineConfig } from 'vite';\nimport ogSync from 'og-sync/vite';",
      ],
      [
        '  build:',
        "  plugins: [ogSync({ site: { name: 'Beacon', url: 'https://beacon.example' } })],\n  build:",
      ],
    ],
    url: 'https://beacon.example',
    serve: ['npx', 'vite', '--port', 'PORT', '--strictPort', '--host', 'localhost'],
    slugs: ['guide/first-steps', 'guide', 'index'],
  },
  {
    site: 'vitepress',
    types: `import { defineConfig } from 'vitepress';
import ogSync from 'og-sync/vite';
export default defineConfig({ vite: { plugins: [ogSync({ strict: true })] } });`,
    config: 'docs/.vitepress/config.mts',
    edits: [
      [
        "import { defineConfig } from 'vitepress';",
        "import { defineConfig } from 'vitepress';\nimport ogSync from 'og-sync/vite';",
      ],
      [
        "  title: 'Signal',",
        "  title: 'Signal',\n  sitemap: { hostname: 'https://signal.example' },\n  vite: { plugins: [ogSync()] },",
      ],
    ],
    url: 'https://signal.example',
    serve: ['npx', 'vitepress', 'dev', 'docs', '--port', 'PORT', '--host', 'localhost'],
    slugs: ['guide/getting-started', 'new/place', 'de'],
  },
  {
    site: 'docusaurus',
    types: `import type { Config } from '@docusaurus/types';
import ogSync from 'og-sync/docusaurus';
const config: Config = { title: 'x', url: 'https://x.example', baseUrl: '/', plugins: [ogSync, [ogSync, { strict: true }]] };
export default config;`,
    config: 'docusaurus.config.js',
    edits: [['  plugins: [', "  plugins: ['og-sync/docusaurus',"]],
    url: 'https://keel.example',
    serve: ['npx', 'docusaurus', 'start', '--port', 'PORT', '--host', 'localhost', '--no-open'],
    slugs: ['handbook/next/first/second', 'blog/2024/01/02/hello-world', 'index'],
  },
];

/** Files with the time each was written. */
async function written(folder: string): Promise<Map<string, number>> {
  const files = await glob('**/*.jpg', { cwd: folder });
  return new Map(
    await Promise.all(files.map(async (file) => [file, (await stat(join(folder, file))).mtimeMs] as const)),
  );
}

/** The compiler takes the configuration, with the types that the generator brings. */
async function expectTyped(root: string, types: string): Promise<void> {
  await writeFile(join(root, 'typed.mts'), types);
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022'];
  const modules = ['--module', 'esnext', '--moduleResolution', 'bundler'];
  const node = ['--types', 'node', '--typeRoots', join(PACKAGE_ROOT, 'node_modules/@types')];
  const tsc = join(PACKAGE_ROOT, 'node_modules/.bin/tsc');
  const compiled = promisify(execFile)(tsc, [...options, ...modules, ...node, 'typed.mts'], { cwd: root });
  expect(await compiled.catch((error: unknown) => error)).toMatchObject({ stdout: '' });
  await rm(join(root, 'typed.mts'));
}

for (const { site, config, edits, url, serve, slugs, types, base = '/' } of CASES)
  test(
    `${site}: cards and tags from its own build, nothing made twice, and live cards`,
    { timeout: 900_000 },
    async () => {
      const place = `${site}-plugin`;
      const built = await prepareSite(
        site,
        async (root) => {
          const file = join(root, config);
          let text = await readFile(file, 'utf8');
          for (const [from, to] of edits) {
            expect(text).toContain(from);
            text = text.replace(from, () => to);
          }
          await writeFile(file, text);
        },
        place,
      );
      const { root, folder } = built;
      await rm(join(root, 'node_modules/og-sync'), { force: true });
      await symlink(PACKAGE_ROOT, join(root, 'node_modules/og-sync'));
      const cache = join(root, 'node_modules/.cache/og-sync');
      await rm(cache, { recursive: true, force: true });

      const said = await runBuild(site, built);
      const first = await written(cache);
      expect([first.size > 2, said]).toEqual([true, said]);
      await runBuild(site, built);
      expect(await written(cache)).toEqual(first);

      const images = await glob('**/og/**/*.jpg', { cwd: folder });
      expect(images.length).toBe(first.size);
      const checked = await runCli(['check', folder, '--site-url', url, '--json'], { cwd: root });
      expect(JSON.parse(checked.stdout)).toMatchObject({ summary: { errors: 0 }, findings: [] });

      if (types !== undefined) await expectTyped(root, types);
      const server = await serveSite(root, serve, base);
      try {
        for (const slug of slugs) {
          const [file = ''] = await glob(`og/${slug}.*.jpg`, { cwd: folder });
          expect(file).toContain(slug);
          const answer = await fetch(`${server.origin}${base}${encodeURI(file)}`);
          const bytes = Buffer.from(await answer.arrayBuffer());
          const type = answer.headers.get('content-type');
          expect([slug, type, server.said()]).toEqual([slug, 'image/jpeg', server.said()]);
          const [live, stored] = await Promise.all(
            [bytes, join(folder, file)].map((picture) => sharp(picture).raw().toBuffer()),
          );
          expect([slug, stored !== undefined && live?.equals(stored)]).toEqual([slug, true]);
        }
        const none = await fetch(`${server.origin}${base}og/no/such/page.0123456789ab.jpg`);
        expect(none.headers.get('content-type') ?? '').not.toContain('image/');
      } finally {
        await server.close();
      }
    },
  );
