/**
 * Eleventy 3: `eleventyConfig.addPlugin(ogSync, options)`. Pages are those of `eleventy.after`; what the data cascade says of them wins over
 * their heads. https://www.11ty.dev/docs/events/
 */
import { posix, resolve } from 'node:path';
import type { GivenPost } from '../scan/given.ts';
import { asBase } from './config.ts';
import { liveCards } from './live.ts';
import type { PluginLogger, PluginOptions, Project } from './options.ts';

export type { PluginOptions } from './options.ts';

interface Item {
  url: string | false;
  inputPath: string;
  date: Date;
  data: Readonly<Record<string, unknown>>;
}

interface Built {
  directories: { output: string };
  runMode: string;
  results: readonly { url: string | false; outputPath: string | false }[];
}

/** Of Eleventy's configuration, what is used. */
interface EleventyConfig {
  pathPrefix?: string;
  logger?: PluginLogger;
  serverOptions?: { middleware?: unknown[] };
  addCollection(name: string, collect: (api: { getAll(): readonly Item[] }) => unknown[]): unknown;
  on(event: 'eleventy.after', listener: (built: Built) => Promise<void>): unknown;
  setServerOptions(options: object): unknown;
}

/** What of the cascade is Eleventy's own. */
const INTERNAL = new Set([
  'pkg',
  'eleventy',
  'collections',
  'page',
  'pagination',
  'eleventyComputed',
  'eleventyNavigation',
]);

export default function ogSync(eleventyConfig: EleventyConfig, options: PluginOptions = {}): void {
  let items: readonly Item[] = [];
  let addresses: readonly string[] = [];
  let outDir = '_site';
  const logger = (): PluginLogger => eleventyConfig.logger ?? SILENT;
  const posts = (): GivenPost[] => items.flatMap(postsOf);
  const project = (): Project => ({
    root: resolve('.'),
    outDir: resolve(outDir),
    url: null,
    base: asBase(eleventyConfig.pathPrefix),
    where: 'site: { url } in the options of the plugin',
  });
  eleventyConfig.addCollection('ogSync', (api) => {
    items = api.getAll();
    return [];
  });
  eleventyConfig.on('eleventy.after', async ({ directories, runMode, results }) => {
    outDir = directories.output;
    addresses = results.flatMap(({ url, outputPath }) =>
      url !== false && outputPath !== false && outputPath.endsWith('.html') ? [url] : [],
    );
    if (runMode !== 'build') return;
    const { buildCards } = await import('./build.ts');
    await buildCards(options, project(), { posts: posts(), addresses }, logger());
  });
  const live = liveCards({ options, project, logger, posts, addresses: () => addresses });
  eleventyConfig.setServerOptions({ middleware: [live] });
}

function postsOf({ url, inputPath, date, data }: Item): GivenPost[] {
  if (url === false) return [];
  const { title, tags, lang, page } = data as {
    title?: unknown;
    tags?: unknown;
    lang?: unknown;
    page?: { lang?: unknown };
  };
  const language = [lang, page?.lang].find((one) => typeof one === 'string');
  const frontMatter = Object.fromEntries(Object.entries(data).filter(([name]) => !INTERNAL.has(name)));
  const { date: written } = data as { date?: unknown };
  return [
    {
      address: url,
      file: posix.normalize(inputPath),
      frontMatter,
      ...(typeof title === 'string' && { title }),
      ...(Array.isArray(tags) && { tags: tags as string[] }),
      ...(written !== undefined && { date }),
      ...(language !== undefined && { lang: language }),
    },
  ];
}

/** For an Eleventy that hands out no logger. */
const SILENT: PluginLogger = { info() {}, warn() {}, error() {} };
