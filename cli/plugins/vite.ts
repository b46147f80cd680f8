/**
 * Vite 5 and newer, and VitePress: a plugin of Vite. With VitePress, pages are those of its configuration, and what it knows of them
 * (`transformPageData`) wins over their heads. https://vite.dev/guide/api-plugin, https://vitepress.dev/reference/site-config
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { asBase } from './config.ts';
import { liveCards } from './live.ts';
import type { CardRequest, CardResponse, LivePage } from './live.ts';
import type { PluginLogger, PluginOptions, Project } from './options.ts';
import { packageFolder } from './package-folder.ts';
import { openVitePress } from './vitepress.ts';
import type { VitePress, VitePressConfig } from './vitepress.ts';

export type { PluginOptions } from './options.ts';

/** Of Vite's configuration, what is used. */
interface ViteConfig {
  root: string;
  base: string;
  command: 'build' | 'serve';
  build: { outDir: string; ssr: boolean | string };
  logger: Pick<PluginLogger, 'info' | 'warn' | 'error'>;
}

interface ViteServer {
  middlewares: {
    use(middleware: (request: CardRequest, response: CardResponse, next: () => void) => void): unknown;
  };
  transformIndexHtml(url: string, html: string): Promise<string>;
  transformRequest(url: string): Promise<unknown>;
}

export interface OgSyncPlugin {
  name: string;
  configResolved(config: ViteConfig): void;
  configureServer(server: ViteServer): void;
  closeBundle: { order: 'post'; sequential: true; handler(this: unknown): Promise<void> };
}

export default function ogSync(options: PluginOptions = {}): OgSyncPlugin {
  let config: ViteConfig | null = null;
  let vitepress: VitePress | null = null;

  function vite(): ViteConfig {
    if (config === null) throw new Error('og-sync: Vite has not read its configuration yet.');
    return config;
  }

  function project(): Project {
    const { root, base, build } = vite();
    const where = 'site: { url } in the options of the plugin';
    return (
      vitepress?.project() ?? {
        root: packageFolder(root),
        outDir: resolve(root, build.outDir),
        url: null,
        base: asBase(base),
        where,
      }
    );
  }

  return {
    name: 'og-sync',
    configResolved(resolved) {
      config = resolved;
      const { vitepress: site } = resolved as ViteConfig & { vitepress?: VitePressConfig };
      if (site === undefined) return;
      vitepress = openVitePress(site);
      vitepress.afterBuild(async (pages) => {
        const { buildCards } = await import('./build.ts');
        await buildCards(options, project(), pages, site.logger);
      });
    },
    configureServer(server) {
      const live = liveCards({
        options,
        project,
        logger: () => vite().logger,
        find: (slugs) =>
          vitepress === null ? fileOf(slugs, vite().root, server) : vitepress.find(slugs, server),
      });
      server.middlewares.use(live);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const { command, build, logger } = vite();
        const { environment } = (this ?? {}) as { environment?: { name: string } };
        const isClient = environment === undefined || environment.name === 'client';
        // VitePress makes its pages after its bundles.
        if (vitepress !== null || command !== 'build' || build.ssr !== false || !isClient) return;
        const { buildCards } = await import('./build.ts');
        await buildCards(options, project(), {}, logger);
      },
    },
  };
}

/** The HTML file of a slug, as Vite serves it. */
async function fileOf(slugs: readonly string[], root: string, server: ViteServer): Promise<LivePage | null> {
  for (const slug of slugs)
    for (const [file, address] of [
      [`${slug}.html`, slug === 'index' ? '/' : `/${slug}.html`],
      [`${slug}/index.html`, `/${slug}/`],
    ] as const) {
      const path = join(root, file);
      if (!existsSync(path)) continue;
      return { address, html: await server.transformIndexHtml(`/${file}`, await readFile(path, 'utf8')) };
    }
  return null;
}
