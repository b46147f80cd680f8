/** The tags of a page, as a network reads them. */
import { linkOf, nameOf, valueOf } from '../scan/pages/head.ts';
import type { Outline } from '../scan/pages/outline.ts';
import type { TextView } from '../scan/pages/view.ts';

export interface CheckedPage {
  /** The page: a file, or an address. */
  page: string;
  /** The address of the page, as far as it is known: relative addresses start there. */
  address: string | null;
  images: string[];
  width: string | null;
  height: string | null;
  type: string | null;
  alt: string | null;
  card: string | null;
  locale: string | null;
  url: string | null;
  canonical: string | null;
  /** Where the last tag about the image ends, in bytes from the beginning of the page. */
  tagsEnd: number;
}

const IMAGE_TAG = /^(?:og:image|twitter:(?:card|image))(?::|$)/;

export function factsOf(page: string, address: string | null, outline: Outline, view: TextView): CheckedPage {
  const metas = outline.tags.filter(({ name }) => name === 'meta');
  const get = (...names: string[]) => valueOf(metas, names);
  const ends = metas.filter((meta) => IMAGE_TAG.test(nameOf(meta))).map(({ end }) => end);
  return {
    page,
    address,
    images: imagesOf(metas),
    width: get('og:image:width'),
    height: get('og:image:height'),
    type: get('og:image:type'),
    alt: get('og:image:alt', 'twitter:image:alt'),
    card: get('twitter:card'),
    locale: get('og:locale'),
    url: get('og:url'),
    canonical: linkOf(outline.tags, 'canonical'),
    tagsEnd: view.from + Math.max(0, ...ends) * view.unit,
  };
}

/** `og:image:url` is the same as `og:image`, and counts where that is not there. */
function imagesOf(metas: Outline['tags']): string[] {
  for (const name of ['og:image', 'og:image:url']) {
    const found = metas
      .filter((meta) => nameOf(meta) === name)
      .map(({ attributes }) => (attributes.get('content') ?? '').trim());
    if (found.length > 0) return found;
  }
  return [];
}
