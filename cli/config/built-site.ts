/** What reading and writing a built site asks of the rest of the configuration. */
import { join } from 'node:path';
import { HASHED_KEY } from '../../function/key.ts';
import { CliError } from '../errors.ts';
import type { Config } from './config.ts';
import { pathBelow } from './paths.ts';

/** Where images live in the built site itself, and below its address. */
const FOLDER = 'og';

/**
 * The configuration with the defaults that follow from `pages` and `inject`: posts come from the pages alone unless
 * `content` or `preset` is named; image names change with the picture; without an address to serve them from, images go into the
 * built site.
 * @throws CliError `usage` when tags are to be written and nobody says where images will be found.
 */
export function withBuiltSite(config: Config): Config {
  const { pages, named } = config;
  if (pages === null) {
    if (!config.inject) return config;
    throw new CliError(
      'usage',
      'Tags are to be written (inject), but into no pages.',
      'Name the folder of the built site: --pages public, or pages in og.config.ts.',
    );
  }
  const read: Config = {
    ...config,
    content: named.has('content') || (named.has('preset') && config.preset !== 'none') ? config.content : [],
    static: [pages, ...config.static],
  };
  if (!config.inject) return { ...read, publicUrl: config.publicUrl ?? addressInside(read) };
  const keyed = withHashedKey(read);
  if (keyed.publicUrl !== null) return keyed;
  const placed =
    keyed.store === null && keyed.function === null ? { ...keyed, store: join(pages, FOLDER) } : keyed;
  const publicUrl = addressInside(placed);
  if (publicUrl !== null) return { ...placed, publicUrl };
  throw new CliError(
    'usage',
    'Tags need the address that images are served from, and none is known.',
    placed.store === null || placed.function !== null || siteUrlOf(config) !== null
      ? 'Name it: --public-url https://cdn.example/images, or publicUrl in og.config.ts.'
      : 'Name the address of the site, and images are stored in it: --site-url https://blog.example, or site.url in og.config.ts.',
  );
}

/** Where tags are written, names change with the picture, unless the configuration names them otherwise. */
export function withHashedKey(config: Config): Config {
  return config.inject && !config.named.has('key') ? { ...config, key: HASHED_KEY } : config;
}

/** The address of the site, which ends with a slash; null where none is known. */
export function siteUrlOf({ site }: Pick<Config, 'site'>): string | null {
  const url = typeof site['url'] === 'string' ? URL.parse(site['url']) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const { origin, pathname } = url;
  return `${origin}${pathname.endsWith('/') ? pathname : `${pathname}/`}`;
}

/** Whether images are stored in the built site itself. */
export function isInside({ pages, store }: Pick<Config, 'pages' | 'store'>): boolean {
  return pages !== null && store !== null && pathInside(pages, store) !== null;
}

/** The address of a store that lies in the built site. */
function addressInside(config: Config): string | null {
  const { pages, store } = config;
  const site = siteUrlOf(config);
  const path = pages === null || store === null ? null : pathInside(pages, store);
  if (site === null || path === null) return null;
  return new URL(`${path.split('/').map(encodeURIComponent).join('/')}/`, site).href;
}

function pathInside(pages: string, store: string): string | null {
  return store.startsWith('s3://') ? null : pathBelow(pages, store);
}
