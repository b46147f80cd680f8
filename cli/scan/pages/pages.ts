/** A folder of built pages → what each is: a page of its own with an address, or the reason why not. */
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { slugOfAddress } from '../address.ts';
import { matchFiles } from '../markdown/files.ts';
import { countCommons } from './commons.ts';
import type { Commons } from './commons.ts';
import { pageFileReader } from './file.ts';
import { headOf } from './head.ts';
import type { PageHead } from './head.ts';
import { outlineOf } from './outline.ts';
import { locatePicture } from './picture.ts';
import { openView } from './view.ts';

/** Why a page gets no card of its own. */
type LeftOut = NonNullable<PageHead['leftOut']> | 'not_found' | 'own_image' | 'copy' | 'untitled';

export interface Page {
  /** Relative to the folder of the built site, with "/". */
  file: string;
  /** Its path on the site, below the site's own address: "/2024/hello/". */
  address: string;
  head: PageHead;
  leftOut: LeftOut | null;
}

export interface BuiltSite {
  /** The picture that a page names, and most others do not, as a post would name it; null where it has none. */
  pictureOf(page: Page): string | null;
  /** Sorted by file. */
  pages: Page[];
  commons: Commons;
  unreadable: { file: string; reason: string }[];
}

export interface PageOptions {
  /** The address of the site, with its path; null where it is not known. */
  siteUrl: string | null;
  siteName: string | null;
  /** What becomes of pages that name a picture themselves. */
  own: 'card' | 'keep';
  /** Whether an image's address is one of ours. */
  isOurs: (address: string) => boolean;
  /** The slugs of the pages to read; null or none: all. */
  listed?: ReadonlySet<string> | null;
  signal?: AbortSignal | undefined;
}

/** In any case: hosts serve `INDEX.HTM`, too. */
const PAGES = '**/*.{[hH][tT][mM],[hH][tT][mM][lL],[xX][hH][tT][mM][lL]}';
/** Pages read before other work has its turn. */
const SLICE = 32;
/** At the root of the site or of a language; elsewhere it is the page of the number 404. */
const NOT_FOUND =
  /^(?:[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,2}\/)?(?:404|_not-found|not_found)(?:\.html?|\/index\.html?)$/i;

/**
 * Reads the head of every page of a folder, one after the other: only what a card needs stays in memory.
 * @throws the signal's reason when aborted.
 */
export async function readBuiltSite(folder: string, options: PageOptions): Promise<BuiltSite> {
  const { listed = null } = options;
  const files = (await matchFiles(folder, [PAGES])).filter(
    ({ file }) => listed === null || listed.has(slugOfAddress(addressOfFile(file))),
  );
  const read = pageFileReader();
  const counted = countCommons();
  const pages: Page[] = [];
  const unreadable: BuiltSite['unreadable'] = [];
  for (const [index, { file }] of files.entries()) {
    if (index % SLICE === 0) await setImmediate();
    options.signal?.throwIfAborted();
    try {
      const head = read(resolve(folder, file), (bytes, whole) => {
        const outline = outlineOf(openView(bytes, whole), { body: true });
        return outline === null ? null : headOf(outline, options.isOurs);
      });
      if (head.leftOut === null) counted.add(head);
      pages.push({ file, address: addressOfFile(file), head, leftOut: head.leftOut });
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      unreadable.push({ file, reason: error.message });
    }
  }
  const commons = counted.commons(options.siteName);
  judge(pages, commons, options);
  const pictureOf = ({ head, address }: Page): string | null => {
    const own = head.pictures.find((one) => !commons.isCommon('picture', one));
    return own === undefined ? null : locatePicture(own, address, { folder, siteUrl: options.siteUrl });
  };
  return { pages, commons, unreadable, pictureOf };
}

/** "a/index.html" is "/a/", "a.html" is "/a.html". */
function addressOfFile(file: string): string {
  return `/${file.replace(/(^|\/)index\.html?$/i, '$1')}`;
}

/** Decides which pages are pages of their own, and where they are. */
function judge(pages: Page[], commons: Commons, options: PageOptions): void {
  const bySlug = new Map(pages.map((page) => [slugOfAddress(page.address), page]));
  const claimed = new Set<string>();
  for (const page of pages) {
    if (page.leftOut !== null) continue;
    page.leftOut = reasonOf(page, commons, options.own);
    if (page.leftOut !== null) continue;
    const canonical = ownCanonical(page, commons, options.siteUrl);
    if (canonical === null) continue;
    const slug = slugOfAddress(canonical);
    const there = bySlug.get(slug);
    if ((there !== undefined && there !== page) || claimed.has(slug)) page.leftOut = 'copy';
    page.address = canonical;
    claimed.add(slug);
  }
}

function reasonOf({ file, head }: Page, commons: Commons, own: PageOptions['own']): LeftOut | null {
  if (NOT_FOUND.test(file)) return 'not_found';
  const { ownImage, titles } = head;
  if (own === 'keep' && ownImage !== null && !commons.isCommon('picture', ownImage)) return 'own_image';
  const hasTitle = Object.values(titles).some((title) => title !== null);
  return hasTitle ? null : 'untitled';
}

/** The canonical address below the site's own, where it is there and says something of this page. */
function ownCanonical({ head, address }: Page, commons: Commons, siteUrl: string | null): string | null {
  const { canonical } = head;
  if (canonical === null || siteUrl === null || commons.isCommon('canonical', canonical)) return null;
  const site = new URL(siteUrl);
  const base = site.pathname.endsWith('/') ? site.pathname : `${site.pathname}/`;
  const url = URL.parse(canonical, new URL(encodeURI(address).slice(1), new URL(base, site)));
  if (url === null || bareHost(url) !== bareHost(site) || !`${url.pathname}/`.startsWith(base)) return null;
  return decoded(`/${url.pathname.slice(base.length)}`);
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^www\./, '');
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
