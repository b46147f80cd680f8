/** The pages of a site that is served, as its sitemap lists them, and their images. */
import { readFile } from 'node:fs/promises';
import { CliError } from '../errors.ts';
import { headOf } from '../scan/pages/head.ts';
import { outlineOf } from '../scan/pages/outline.ts';
import { openView } from '../scan/pages/view.ts';
import type { CheckSource } from './check.ts';
import { fetchHead, FetchError } from './fetch.ts';
import { finding } from './findings.ts';
import type { Finding } from './findings.ts';
import { imageFacts } from './image-facts.ts';
import { factsOf } from './page-facts.ts';
import type { CheckedPage } from './page-facts.ts';
import { MOST_SITEMAP_BYTES, parseSitemap } from './sitemap.ts';

/** More of a page no network reads. */
const PAGE_BYTES = 1_000_000;
/** Larger images are too large for every network. */
const IMAGE_BYTES = 10_000_000;
/** Sitemaps in sitemaps, and all of them together. */
const MOST_SITEMAPS = 1000;
/** Pages at most: what an index of two sitemaps may hold. */
const MOST_PAGES = 100_000;
const PLACES = ['sitemap.xml', 'sitemap_index.xml', 'sitemap-index.xml'];

/** `where`: the address of a site, of a page or of a sitemap, or a sitemap file. */
export function siteSource(where: string, atOnce: number, signal: AbortSignal): CheckSource {
  return {
    atOnce,
    pages: () => pagesOf(where, signal),
    async image(address) {
      try {
        return imageFacts(await fetchHead(address, IMAGE_BYTES, signal));
      } catch (error) {
        if (error instanceof FetchError) return null;
        throw error;
      }
    },
  };
}

async function* pagesOf(where: string, signal: AbortSignal): ReturnType<CheckSource['pages']> {
  for (const address of await addressesOf(where, signal)) yield () => readPage(address, signal);
}

async function readPage(address: string, signal: AbortSignal): Promise<CheckedPage | Finding | null> {
  try {
    const { head, url } = await fetchHead(address, PAGE_BYTES, signal);
    const view = openView(head, true);
    const outline = outlineOf(view, { body: false });
    if (outline === null || headOf(outline, () => false).leftOut !== null) return null;
    return factsOf(address, url, outline, view);
  } catch (error) {
    if (error instanceof FetchError) return finding('unreachable', address, error.message);
    throw error;
  }
}

/**
 * The addresses of all pages: of a sitemap, of the sitemap of a site, else of the page itself.
 * @throws CliError `usage` when a sitemap file is not there.
 */
async function addressesOf(where: string, signal: AbortSignal): Promise<string[]> {
  const url = /^https?:\/\//i.test(where) ? URL.parse(where) : null;
  if (url === null) return await followed(await readLocal(where), signal);
  const places = url.pathname.endsWith('/') ? PLACES.map((place) => new URL(place, url).href) : [];
  const start = await nextOf([url.href], signal);
  const own = start === null ? [] : await followed(start, signal);
  if (own.length > 0) return own;
  for (const place of places) {
    const there = await nextOf([place], signal);
    const pages = there === null ? [] : await followed(there, signal);
    if (pages.length > 0) return pages;
  }
  // The page alone; if it was not to be had, that is a finding.
  return [url.href];
}

async function readLocal(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(
      'usage',
      `The sitemap ${file} cannot be read: ${reason}.`,
      'Give --url an address, or a sitemap file.',
      {
        cause,
      },
    );
  }
}

/** The pages of a sitemap and of those that it names. */
async function followed(start: Buffer, signal: AbortSignal): Promise<string[]> {
  const pages = new Set<string>();
  const queue: string[] = [];
  const seen = new Set<string>();
  for (let bytes: Buffer | null = start; bytes !== null && pages.size < MOST_PAGES;) {
    const found = sitemapIn(bytes);
    for (const page of found.pages.slice(0, MOST_PAGES - pages.size)) pages.add(page);
    queue.push(...found.sitemaps.filter((address) => !seen.has(address)).slice(0, MOST_SITEMAPS - seen.size));
    for (const address of found.sitemaps) seen.add(address);
    bytes = await nextOf(queue, signal);
  }
  return [...pages];
}

/** The next sitemap that can be fetched; null when none is left. */
async function nextOf(queue: string[], signal: AbortSignal): Promise<Buffer | null> {
  for (let address = queue.shift(); address !== undefined; address = queue.shift())
    try {
      return (await fetchHead(address, MOST_SITEMAP_BYTES, signal)).head;
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
    }
  return null;
}

function sitemapIn(bytes: Buffer): ReturnType<typeof parseSitemap> {
  try {
    return parseSitemap(bytes);
  } catch {
    return { pages: [], sitemaps: [] };
  }
}
