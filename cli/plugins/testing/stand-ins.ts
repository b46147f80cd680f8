/**
 * Stand-ins of the generators: each hands over no more than the generator's documentation says, and the pages are written by hand.
 * `generators.ts` runs the plugins in the generators themselves.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, vi } from 'vitest';
import { addFiles, folderWith } from '../../testing/files.ts';
import astro from '../astro.ts';
import docusaurus from '../docusaurus-plugin.ts';
import type { DevServer } from '../docusaurus-plugin.ts';
import eleventy from '../eleventy.ts';
import type { liveCards } from '../live.ts';
import type { PluginOptions } from '../options.ts';
import vite from '../vite.ts';
import type { VitePressConfig } from '../vitepress.ts';

export type Middleware = ReturnType<typeof liveCards>;

interface Started {
  build: () => Promise<void>;
  /** What the development server is given. */
  live: () => Promise<Middleware>;
}

const SITE = 'https://stand.example';
export const html = (title: string, more = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${more}</head><body><h1>${title}</h1></body></html>`;
export const BUILT = {
  'out/index.html': html('Home'),
  'out/a/index.html': html('Of the head'),
  'out/alien.html': html('Alien'),
};

export function logger() {
  const lines: string[] = [];
  const say = (kind: string) => (message: string) =>
    void lines.push(`${kind}: ${stripVTControlCharacters(message)}`);
  return { lines, info: say('info'), warn: say('warn'), error: say('error') };
}

type Log = ReturnType<typeof logger>;

function startEleventy(root: string, options: PluginOptions, log: Log): Started {
  const listeners: ((built: object) => Promise<void>)[] = [];
  const middlewares: Middleware[] = [];
  vi.spyOn(process, 'cwd').mockReturnValue(root);
  onTestFinished(() => void vi.restoreAllMocks());
  const item = {
    url: '/a/',
    inputPath: './src/a.md',
    date: new Date(0),
    data: { title: 'Given', tags: ['one'], pkg: {} },
  };
  eleventy(
    {
      pathPrefix: '/',
      logger: log,
      addCollection: (_name, collect) => collect({ getAll: () => [item] }),
      on: (_event, listener) => listeners.push(listener as never),
      setServerOptions: (given) => middlewares.push(...(given as { middleware: Middleware[] }).middleware),
    },
    { ...options, site: { url: SITE, ...options.site } },
  );
  const results = [
    { url: '/', outputPath: './out/index.html' },
    { url: '/a/', outputPath: './out/a/index.html' },
    { url: '/feed.xml', outputPath: './out/feed.xml' },
    { url: false, outputPath: false },
  ];
  const after = async (runMode: string) => {
    for (const listener of listeners) await listener({ directories: { output: './out/' }, runMode, results });
  };
  return {
    build: () => after('build'),
    live: async () => {
      await after('serve');
      return middlewares[0] ?? expect.fail('no middleware');
    },
  };
}

function startAstro(root: string, options: PluginOptions, log: Log): Started {
  const { hooks } = astro(options);
  const folder = pathToFileURL(`${root}/`);
  const dir = new URL('out/', folder);
  const config = { root: folder, outDir: dir, site: SITE, base: '/', trailingSlash: 'ignore' as const };
  hooks['astro:config:done']({ config });
  const pages = [{ pathname: '' }, { pathname: 'a/' }];
  return {
    build: () => hooks['astro:build:done']({ dir, pages, logger: log }),
    live: async () => {
      const used: unknown[] = [];
      const server = { middlewares: { use: (one: unknown) => used.push(one) } };
      hooks['astro:server:setup']({ server, logger: log });
      return Promise.resolve(used[0] as Middleware);
    },
  };
}

function viteServer(used: unknown[], transformed: (url: string) => Promise<unknown> = async () => null) {
  return {
    middlewares: { use: (one: unknown) => used.push(one) },
    transformIndexHtml: async (_url: string, text: string) => Promise.resolve(text),
    transformRequest: transformed,
  };
}

function startVite(root: string, options: PluginOptions, log: Log): Started {
  const plugin = vite({ ...options, site: { url: SITE, ...options.site } });
  const build = { outDir: 'out', ssr: false as const };
  return {
    build: async () => {
      plugin.configResolved({ root, base: '/', command: 'build', build, logger: log });
      const before = log.lines.length;
      await plugin.closeBundle.handler.call({ environment: { name: 'ssr' } });
      expect(log.lines).toHaveLength(before);
      await plugin.closeBundle.handler.call({ environment: { name: 'client' } });
    },
    live: async () => {
      await addFiles(root, { 'index.html': html('Home'), 'a/index.html': html('Of the head') });
      plugin.configResolved({ root, base: '/', command: 'serve', build, logger: log });
      const used: unknown[] = [];
      plugin.configureServer(viteServer(used));
      return used[0] as Middleware;
    },
  };
}

function startVitePress(root: string, options: PluginOptions, log: Log): Started {
  const plugin = vite(options);
  const ended: string[] = [];
  const site: VitePressConfig = {
    root: join(root, 'docs'),
    srcDir: join(root, 'docs'),
    outDir: join(root, 'out'),
    pages: ['index.md', 'old/a.md'],
    rewrites: { map: { 'old/a.md': 'a/index.md' } },
    sitemap: { hostname: SITE },
    site: { base: '/', title: 'Stand', description: 'A site', lang: 'en', locales: {} },
    logger: log,
    transformPageData: () => ({ title: 'Given' }),
    buildEnd: () => void ended.push('own'),
  };
  const build = { outDir: 'out', ssr: false as const };
  const config = {
    root: site.root,
    base: '/',
    command: 'build' as const,
    build,
    logger: log,
    vitepress: site,
  };
  const page = {
    title: 'Before',
    description: '',
    relativePath: 'a/index.md',
    filePath: 'old/a.md',
    frontmatter: {},
  };
  async function transform(url: string): Promise<void> {
    expect(url).toBe('/old/a.md');
    await site.transformPageData?.(page, {});
  }

  return {
    build: async () => {
      ended.length = 0;
      // One bundle for browsers, one for rendering.
      plugin.configResolved(config);
      plugin.configResolved(config);
      await plugin.closeBundle.handler.call({});
      await site.transformPageData?.(page, {});
      await site.buildEnd?.(site);
      expect(ended).toEqual(['own']);
    },
    live: async () => {
      plugin.configResolved({ ...config, command: 'serve' });
      const used: unknown[] = [];
      plugin.configureServer(viteServer(used, transform));
      return Promise.resolve(used[0] as Middleware);
    },
  };
}

function startDocusaurus(root: string, options: PluginOptions): Started {
  const context = {
    siteDir: root,
    outDir: join(root, 'out'),
    siteConfig: { url: SITE, baseUrl: '/', title: 'Stand' },
    i18n: { currentLocale: 'en', localeConfigs: { en: { htmlLang: 'en' } } },
  };
  const plugin = docusaurus(context, { ...options, id: 'default' });
  const docs = [
    {
      permalink: '/a/',
      title: 'Given',
      description: '',
      tags: [{ label: 'one' }],
      source: '@site/docs/a.md',
    },
  ];
  const allContent = {
    'docusaurus-plugin-content-docs': { default: { loadedVersions: [{ docs }, 5] } },
    'docusaurus-plugin-content-blog': { default: { blogPosts: [{ metadata: { odd: true } }] } },
    'docusaurus-plugin-debug': { default: undefined },
  };
  plugin.allContentLoaded({ allContent });
  return {
    build: () => plugin.postBuild({ outDir: context.outDir, routesPaths: ['/', '/a/', '/404.html'] }),
    live: async () => {
      expect(plugin.configureWebpack({ mode: 'production' }, false)).toEqual({});
      expect(plugin.configureWebpack({ mode: 'development' }, true)).toEqual({});
      const merged = plugin.configureWebpack({ mode: 'development' }, false);
      const [ours] = (merged as { devServer: DevServer }).devServer.setupMiddlewares([]);
      return Promise.resolve((ours as { middleware: Middleware }).middleware);
    },
  };
}

/** Docusaurus' logger is looked for where Docusaurus is. */
const DOCUSAURUS = {
  'node_modules/@docusaurus/core/package.json': '{ "name": "@docusaurus/core" }',
  'node_modules/@docusaurus/logger/package.json': '{ "name": "@docusaurus/logger", "main": "index.js" }',
  'node_modules/@docusaurus/logger/index.js':
    "const lines = (globalThis.ogTestLines ??= []); const say = (kind) => (message) => lines.push(kind + ': ' + message);\nexports.default = { info: say('info'), warn: say('warn'), error: say('error') };\n",
};

export type Plugin = readonly [name: string, start: typeof startAstro, title: string];

export const PLUGINS: readonly [Plugin, Plugin, ...Plugin[]] = [
  ['eleventy', startEleventy, 'Given'],
  ['astro', startAstro, 'Of the head'],
  ['vite', startVite, 'Of the head'],
  ['vitepress', startVitePress, 'Given'],
  ['docusaurus', startDocusaurus, 'Given'],
];

export async function started(
  [name, start]: Plugin,
  options: PluginOptions = {},
  files: Readonly<Record<string, string>> = BUILT,
) {
  const root = await folderWith({ 'package.json': '{}', ...files, ...(name === 'docusaurus' && DOCUSAURUS) });
  const log = logger();
  const lines =
    name === 'docusaurus' ? ((globalThis as { ogTestLines?: string[] }).ogTestLines ??= []) : log.lines;
  lines.length = 0;
  return { root, lines, ...start(root, options, log) };
}
