/**
 * Docusaurus 3. Pages are the routes of `postBuild`; what the plugins for docs, blog and pages know of theirs wins over their heads.
 * https://docusaurus.io/docs/api/plugin-methods/lifecycle-apis
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { GivenPost } from '../scan/given.ts';
import { asBase, belowBase } from './config.ts';
import { postsOfContent } from './docusaurus-content.ts';
import { liveCards } from './live.ts';
import type { PluginLogger, PluginOptions, Project } from './options.ts';

/** Of what Docusaurus hands a plugin, what is used. */
export interface LoadContext {
  siteDir: string;
  outDir: string;
  siteConfig: { url: string; baseUrl: string; title: string };
  i18n: { currentLocale: string; localeConfigs: Readonly<Record<string, { htmlLang: string } | undefined>> };
}

interface Middleware {
  name: string;
  middleware: ReturnType<typeof liveCards>;
}

/** Of its configuration, what is used. */
export interface DevServer {
  setupMiddlewares: (middlewares: unknown[]) => unknown[];
}

export interface OgSyncDocusaurusPlugin {
  name: string;
  allContentLoaded(given: { allContent: object }): void;
  /** What webpack-dev-server gets beside its own; nothing in a build. */
  configureWebpack(config: { mode?: string }, isServer: boolean): object;
  postBuild(given: { outDir: string; routesPaths: string[] }): Promise<void>;
}

export default function ogSync(context: LoadContext, given: unknown = {}): OgSyncDocusaurusPlugin {
  // Docusaurus adds an id.
  const { id: _id, ...options } = given as PluginOptions & { id?: string };
  const { siteDir, siteConfig, i18n } = context;
  const base = asBase(siteConfig.baseUrl);
  const lang = i18n.localeConfigs[i18n.currentLocale]?.htmlLang ?? i18n.currentLocale;
  let posts: GivenPost[] = [];
  const project = (outDir = context.outDir): Project => ({
    root: siteDir,
    outDir,
    url: siteConfig.url,
    base,
    name: siteConfig.title,
    where: 'url in docusaurus.config',
  });
  const require = createRequire(join(siteDir, 'package.json'));
  return {
    name: 'og-sync',
    allContentLoaded({ allContent }) {
      posts = postsOfContent(allContent, { base, lang });
    },
    configureWebpack({ mode }, isServer) {
      if (isServer || mode !== 'development') return {};
      const middleware = liveCards({
        options,
        project: () => project(),
        logger: () => loggerOf(require),
        posts: () => posts,
      });
      const ours: Middleware = { name: 'og-sync', middleware };
      const devServer: DevServer = { setupMiddlewares: withOurs(ours) };
      return { devServer };
    },
    async postBuild({ outDir, routesPaths }) {
      const { buildCards } = await import('./build.ts');
      const addresses = routesPaths.map((path) => belowBase(path, base));
      await buildCards(options, project(outDir), { posts, addresses }, loggerOf(require));
    },
  };
}

/** The logger of Docusaurus itself, wherever the package manager has put it. */
function loggerOf(require: NodeJS.Require): PluginLogger {
  const core = createRequire(require.resolve('@docusaurus/core/package.json'));
  return (core('@docusaurus/logger') as { default: PluginLogger }).default;
}

/**
 * In place, as Docusaurus itself does it: of two plugins with a function each, webpack-merge calls both with the same list and joins what
 * they return.
 */
function withOurs(ours: Middleware): DevServer['setupMiddlewares'] {
  return (middlewares) => {
    middlewares.unshift(ours);
    return middlewares;
  };
}
