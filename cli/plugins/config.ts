/** A plugin's options and its generator's project → where a run finds its configuration. Pure. */
import type { ConfigOptions } from '../api/options.ts';
import type { UserConfig } from '../config/schema.ts';
import type { PluginOptions, Project } from './options.ts';

/** What the generator knows < `og.config.*` < the plugin's options. */
export function configOptions(options: PluginOptions, { root, url, base, name }: Project): ConfigOptions {
  const { strict: _strict, configFile, cache: _cache, ...overrides } = options;
  const site: UserConfig['site'] = {
    ...(url !== null && { url: siteAddress(url, base) }),
    ...(name !== undefined && name !== '' && { name }),
  };
  return {
    cwd: root,
    ...(configFile !== undefined && { config: configFile }),
    defaults: { inject: true, site },
    overrides,
  };
}

/** The address with the base, unless it has a path already. */
function siteAddress(url: string, base: string): string {
  const whole = URL.parse(url);
  return whole === null || whole.pathname !== '/' ? url : new URL(base, whole).href;
}

/** The path of an address below the base: `/docs/a/` is `/a/` below `/docs/`. */
export function belowBase(path: string, base: string): string {
  return base !== '/' && `${path}/`.startsWith(base) ? `/${path.slice(base.length)}` : path;
}

/** `/`, `/docs/`: with both slashes, whatever was written. */
export function asBase(written: string | undefined): string {
  const path = (written ?? '/').split('/').filter((part) => part !== '' && part !== '.');
  return path.length === 0 ? '/' : `/${path.join('/')}/`;
}
