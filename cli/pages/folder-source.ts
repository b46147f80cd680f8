/** The pages of a folder, and their images in the store or below the folder. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import { PEEK_BYTES } from '../../function/store/store.ts';
import type { Store } from '../../function/store/store.ts';
import { pageFileReader } from '../scan/pages/file.ts';
import { outlineOf } from '../scan/pages/outline.ts';
import { readBuiltSite } from '../scan/pages/pages.ts';
import type { Page, PageOptions } from '../scan/pages/pages.ts';
import { locatePicture } from '../scan/pages/picture.ts';
import { openView } from '../scan/pages/view.ts';
import type { CheckSource } from './check.ts';
import { finding } from './findings.ts';
import { cacheRules } from './headers-file.ts';
import { imageFacts } from './image-facts.ts';
import type { ImageFacts } from './image-facts.ts';
import { factsOf } from './page-facts.ts';
import type { CheckedPage } from './page-facts.ts';

export interface SiteFolderOptions extends PageOptions {
  folder: string;
  /** The same as a person names it. */
  shownFolder: string;
  publicUrl: string | null;
  /** Where images below `publicUrl` are; null: unknown. */
  store: Store | null;
  signal: AbortSignal;
}

/** Pages that networks never show. */
const PASSED: ReadonlySet<Page['leftOut']> = new Set(['off', 'noindex', 'redirect', 'not_found', 'untitled']);

export function folderSource(options: SiteFolderOptions): CheckSource {
  const { folder, publicUrl, store, signal } = options;
  const rules = readFile(resolve(folder, '_headers'), 'utf8').then(cacheRules, () => cacheRules(''));
  return {
    atOnce: 8,
    pages: () => pagesOf(options),
    async image(address, facts) {
      const key = keyBelow(publicUrl, address);
      if (key !== null && store !== null) {
        const peek = await store.peek(key, signal);
        return peek === null ? null : withRules(imageFacts(peek), (await rules)(new URL(address).pathname));
      }
      const siteUrl = options.siteUrl ?? originOf(facts);
      if (siteUrl === null || new URL(address).host !== new URL(siteUrl).host) return undefined;
      const path = locatePicture(address, '/', { folder, siteUrl });
      const found = path === null ? null : await peekFile(resolve(folder, `.${path}`));
      return found === null ? null : withRules(found, (await rules)(new URL(address).pathname));
    },
  };
}

async function* pagesOf(options: SiteFolderOptions): ReturnType<CheckSource['pages']> {
  const { folder, shownFolder, siteUrl } = options;
  const site = await readBuiltSite(folder, options);
  const read = pageFileReader();
  for (const { file, reason } of site.unreadable)
    yield () =>
      Promise.resolve(finding('unreachable', posix.join(shownFolder, file), `cannot be read: ${reason}`));
  for (const { file, address, leftOut } of site.pages) {
    if (PASSED.has(leftOut)) continue;
    const whole = siteUrl === null ? null : new URL(encodeURI(address).slice(1), siteUrl).href;
    const facts = read(resolve(folder, file), (bytes, all) => {
      const view = openView(bytes, all);
      const outline = outlineOf(view, { body: false });
      return outline && factsOf(posix.join(shownFolder, file), whole, outline, view);
    });
    yield () => Promise.resolve(facts);
  }
}

/** The key of an image below an address, or null. */
function keyBelow(base: string | null, address: string): string | null {
  if (base === null) return null;
  const prefix = base.endsWith('/') ? base : `${base}/`;
  if (!address.startsWith(prefix)) return null;
  try {
    return decodeURIComponent(address.slice(prefix.length));
  } catch {
    return address.slice(prefix.length);
  }
}

/** Where the page says that it is; its host is the site's. */
function originOf({ canonical, url }: CheckedPage): string | null {
  const said = URL.parse(canonical ?? '') ?? URL.parse(url ?? '');
  return said === null ? null : `${said.origin}/`;
}

async function peekFile(path: string): Promise<ImageFacts | null> {
  const stats = await stat(path).catch(() => null);
  if (stats === null || !stats.isFile()) return null;
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path, { end: PEEK_BYTES - 1 })) parts.push(part as Buffer);
  return imageFacts({ head: Buffer.concat(parts), bytes: stats.size, cacheControl: null });
}

function withRules(facts: ImageFacts, cacheControl: string | null): ImageFacts {
  return { ...facts, cacheControl: facts.cacheControl ?? cacheControl };
}
