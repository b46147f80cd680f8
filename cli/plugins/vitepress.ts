/** VitePress, as its plugin of Vite sees it: its pages, what it knows of each, and the end of its build. */
import { slugOfAddress } from '../scan/address.ts';
import type { GivenPost } from '../scan/given.ts';
import { asBase } from './config.ts';
import type { Pages, PluginLogger, Project } from './options.ts';
import { packageFolder } from './package-folder.ts';

interface PageData {
  title: string;
  description: string;
  /** After rewrites. */
  relativePath: string;
  filePath: string;
  frontmatter: Readonly<Record<string, unknown>>;
}

/** Of VitePress' configuration, what is used. */
export interface VitePressConfig {
  root: string;
  srcDir: string;
  outDir: string;
  /** Source files below `srcDir`. */
  pages: readonly string[];
  rewrites: { map: Readonly<Record<string, string | undefined>> };
  cleanUrls?: boolean;
  sitemap?: { hostname?: string };
  site: {
    base: string;
    title: string;
    description: string;
    lang: string;
    locales: Readonly<Record<string, { lang?: string; description?: string } | undefined>>;
  };
  logger: PluginLogger;
  transformPageData?: (
    page: PageData,
    context: object,
  ) => Promise<Partial<PageData> | void> | Partial<PageData> | void;
  buildEnd?: (config: VitePressConfig) => Promise<void> | void;
}

export interface VitePress {
  project(): Project;
  afterBuild(work: (pages: Pages) => Promise<void>): void;
  /** What VitePress knows of the page of one of these slugs. */
  find(
    slugs: readonly string[],
    server: { transformRequest(url: string): Promise<unknown> },
  ): Promise<GivenPost | null>;
}

/** What was known of each page, by site: VitePress keeps what it rendered when its server starts again. */
const seen = new Map<string, Map<string, PageData>>();
/** Sites that are listened to: VitePress makes several bundles with one configuration. */
const opened = new WeakMap<VitePressConfig, VitePress>();

export function openVitePress(site: VitePressConfig): VitePress {
  const known = opened.get(site);
  if (known !== undefined) return known;
  const pages = seen.get(site.srcDir) ?? new Map<string, PageData>();
  seen.set(site.srcDir, pages);
  const { transformPageData } = site;
  site.transformPageData = async (page, context) => {
    const changes = await transformPageData?.(page, context);
    pages.set(page.relativePath, { ...page, ...changes });
    return changes;
  };
  const pathOf = (source: string): string => site.rewrites.map[source] ?? source;

  function postOf(path: string): GivenPost | null {
    const page = pages.get(path);
    if (page === undefined) return null;
    const { title, description, frontmatter, filePath } = page;
    const { locales, ...common } = site.site;
    const locale = { ...common, ...(locales[path.split('/')[0] ?? ''] ?? locales['root']) };
    return {
      address: addressOf(path, site),
      file: filePath,
      frontMatter: frontmatter,
      lang: locale.lang,
      description: description === '' ? locale.description : description,
      ...(title !== '' && { title }),
    };
  }

  const vitepress: VitePress = {
    project: () => ({
      root: packageFolder(site.root),
      outDir: site.outDir,
      url: site.sitemap?.hostname ?? null,
      base: asBase(site.site.base),
      name: site.site.title,
      where: 'sitemap.hostname in the configuration of VitePress',
    }),
    afterBuild(work) {
      const { buildEnd } = site;
      site.buildEnd = async (config) => {
        await buildEnd?.(config);
        const paths = site.pages.map(pathOf);
        const posts = paths.map(postOf).filter((post) => post !== null);
        await work({ posts, addresses: paths.map((path) => addressOf(path, site)) });
      };
      vitepress.afterBuild = () => {};
    },
    async find(slugs, server) {
      for (const source of site.pages) {
        const path = pathOf(source);
        if (!slugs.includes(slugOfAddress(addressOf(path, site)))) continue;
        await server.transformRequest(`/${source}`);
        return postOf(path);
      }
      return null;
    },
  };
  opened.set(site, vitepress);
  return vitepress;
}

function addressOf(path: string, { cleanUrls = false }: VitePressConfig): string {
  const name = path.replace(/\.md$/, '');
  return /(?:^|\/)index$/.test(name)
    ? `/${name.slice(0, -'index'.length)}`
    : `/${name}${cleanUrls ? '' : '.html'}`;
}
