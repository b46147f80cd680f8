/** Cards drawn one by one, for a program: `createRenderer`. `index.ts` loads this file with the first call. */
import { checkImages, draw, readJob } from '../../function/card/card.ts';
import { DEFAULT_KEY, HASHED_KEY, keySlug } from '../../function/key.ts';
import { pathProblem } from '../../function/text/slug.ts';
import { siteUrlOf, withHashedKey } from '../config/built-site.ts';
import type { Config } from '../config/config.ts';
import { outputsOf } from '../config/outputs.ts';
import { PostError } from '../errors.ts';
import type { PostErrorCode } from '../errors.ts';
import { loadSite } from '../pictures/site.ts';
import { toItems } from '../plan/items.ts';
import type { Problem } from '../scan/attempt.ts';
import { readGiven } from '../scan/given.ts';
import { oursBelow } from '../scan/pages/ours.ts';
import { pageReader } from '../scan/pages/one.ts';
import { toPost } from '../scan/post.ts';
import type { ScannedPost, SourcePost } from '../scan/post.ts';
import { scan } from '../scan/scan.ts';
import { openPictures, openRenderer, watchOwnTemplates } from '../wiring.ts';
import type { CardImage, CardRenderer, DrawOptions } from './card.ts';
import { openConfig } from './config.ts';
import type { RendererOptions } from './options.ts';
import { withGivenPosts } from './session.ts';

/** How long a reading of the sources counts, ms. */
const FRESH_MS = 500;

/**
 * Opens configuration, templates and pictures; the browser starts with the first card. `pages`: the built folder to read instead of the
 * configuration's, or none. Throws `CliError`.
 */
export async function openCards(
  options: RendererOptions,
  { pages }: { pages?: string | null } = {},
): Promise<CardRenderer> {
  const opened = await openConfig(options);
  const { settings } = opened;
  const written = withGivenPosts(opened.config, options.posts === undefined ? {} : { posts: [] });
  const config = withHashedKey(pages === undefined ? written : { ...written, pages });
  const ended = new AbortController();
  const pictures = openPictures(config, settings, ended.signal);
  const templates = await watchOwnTemplates(config, settings, () => {});
  const [site, renderer] = await Promise.all([loadSite(config, pictures), openRenderer(settings)]);
  const siteUrl = siteUrlOf(config);
  const readPage = pageReader({
    siteUrl,
    siteName: typeof config.site['name'] === 'string' ? config.site['name'] : null,
    folder: config.static[0] ?? config.root,
    isOurs: oursBelow({ ...config, siteUrl }),
  });
  const outputs = outputsOf(config);
  const first = outputs[0]?.outputName ?? null;
  /** A name with an older hash, or with none, means the first output. */
  const others = [HASHED_KEY, DEFAULT_KEY].map((pattern) => ({ pattern, outputName: first }));
  const names = [...outputs, ...others].map(({ pattern, outputName }) => ({
    slugIn: keySlug(pattern),
    outputName,
  }));
  let reading: { at: number; posts: Promise<Map<string, ScannedPost>> } | null = null;

  async function read(): Promise<Map<string, ScannedPost>> {
    const given = { posts: await options.posts?.(), addresses: options.addresses?.() };
    const { posts } = await scan(config, { now: new Date(), signal: ended.signal, given });
    return new Map(posts.map((scanned) => [scanned.post.slug, scanned]));
  }

  function postsNow(): Promise<Map<string, ScannedPost>> {
    if (reading === null || performance.now() - reading.at > FRESH_MS)
      reading = { at: performance.now(), posts: read() };
    return reading.posts;
  }

  async function drawPost(
    scanned: ScannedPost,
    { signal }: DrawOptions,
    outputName = first,
  ): Promise<CardImage> {
    signal?.throwIfAborted();
    const context = { config, site, description: templates.described, pictures, signal };
    const { items, problems } = await toItems([scanned], context);
    const item = items.find((one) => one.outputName === outputName);
    if (item === undefined) throw errorOf(problems[0]);
    const { output } = item;
    const job = readJob(await item.load(), { site, output, templates });
    await Promise.all([checkImages(job.post), checkImages(site)]);
    const { picture, warnings } = await draw(job, { renderer, site, output, signal });
    const { bytes, width, height } = picture;
    const { key, fingerprint, template } = item;
    const all = [...item.warnings, ...warnings];
    return {
      bytes,
      contentType: `image/${output.format}`,
      width,
      height,
      key,
      fingerprint,
      template,
      warnings: all,
    };
  }

  return {
    async render(post, draws = {}) {
      const problems: Problem[] = [];
      const [source] = readGiven([post], config.text ?? 'markdown', problems).values();
      if (problems[0] !== undefined) throw errorOf(problems[0]);
      const scanned = postOf(source ?? null, config);
      if (scanned !== null) return drawPost(scanned, draws);
      throw new PostError('invalid_post', `${post.address} is to have no card: og: false or map says so.`);
    },
    async renderPage({ address, html }, draws = {}) {
      const bytes = typeof html === 'string' ? Buffer.from(html) : html;
      const scanned = postOf(readPage(address, bytes), config);
      return scanned === null ? null : drawPost(scanned, draws);
    },
    async image(key, draws = {}) {
      const posts = await postsNow();
      for (const { slugIn, outputName } of names) {
        const scanned = posts.get(slugIn(key) ?? '');
        if (scanned !== undefined) return drawPost(scanned, draws, outputName);
      }
      return null;
    },
    slugsOf,
    async close() {
      ended.abort();
      templates.close();
      await renderer.close();
    },
  };

  function slugsOf(key: string): string[] {
    const slugs = names.map(({ slugIn }) => slugIn(key) ?? '').filter((slug) => pathProblem(slug) === null);
    return [...new Set(slugs)];
  }
}

function postOf(source: SourcePost | null, config: Config): ScannedPost | null {
  return source === null ? null : toPost(source, { ...config, now: new Date() });
}

function errorOf(problem: Problem | undefined): PostError {
  return new PostError(
    (problem?.code ?? 'invalid_post') as PostErrorCode,
    problem?.message ?? 'It is no post.',
  );
}
