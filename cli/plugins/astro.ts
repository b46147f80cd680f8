/**
 * Astro 5 and newer, and Starlight: an integration. Pages are those of `astro:build:done`, and what their heads say; in development the
 * server is asked for them. https://docs.astro.build/en/reference/integrations-reference/
 */
import { fileURLToPath } from 'node:url';
import { asBase } from './config.ts';
import { servedPage } from './served.ts';
import type { ServedRequest } from './served.ts';
import { liveCards } from './live.ts';
import type { CardResponse } from './live.ts';
import type { PluginLogger, PluginOptions, Project } from './options.ts';

export type { PluginOptions } from './options.ts';

/** Of Astro's configuration, what is used. */
interface AstroConfig {
  root: URL;
  outDir: URL;
  site?: string | undefined;
  base: string;
  trailingSlash: 'always' | 'never' | 'ignore';
}

interface AstroServer {
  middlewares: {
    use(middleware: (request: ServedRequest, response: CardResponse, next: () => void) => void): unknown;
  };
}

export interface OgSyncIntegration {
  name: string;
  hooks: {
    'astro:config:done': (given: { config: AstroConfig }) => void;
    'astro:server:setup': (given: { server: AstroServer; logger: PluginLogger }) => void;
    'astro:build:done': (given: {
      dir: URL;
      pages: { pathname: string }[];
      logger: PluginLogger;
    }) => Promise<void>;
  };
}

export default function ogSync(options: PluginOptions = {}): OgSyncIntegration {
  let config: AstroConfig | null = null;
  const project = (dir?: URL): Project => {
    if (config === null) throw new Error('og-sync: Astro has not read its configuration yet.');
    return {
      root: fileURLToPath(config.root),
      outDir: fileURLToPath(dir ?? config.outDir),
      url: config.site ?? null,
      base: asBase(config.base),
      where: 'site in the configuration of Astro',
    };
  };
  return {
    name: 'og-sync',
    hooks: {
      'astro:config:done': (given) => {
        ({ config } = given);
      },
      'astro:server:setup': ({ server, logger }) => {
        const live = liveCards({
          options,
          project: () => project(),
          logger: () => logger,
          find: (slugs, request) =>
            servedPage(slugs, request, { base: project().base, slash: config?.trailingSlash !== 'never' }),
        });
        server.middlewares.use(live);
      },
      'astro:build:done': async ({ dir, pages, logger }) => {
        const { buildCards } = await import('./build.ts');
        const addresses = pages.map(({ pathname }) => `/${pathname.replace(/^\//, '')}`);
        await buildCards(options, project(dir), { addresses }, logger);
      },
    },
  };
}
