/** The tags of a page, as a network reads them. */
import { linkOf, nameOf, valueOf } from '../scan/pages/head.ts';
import { MARK } from '../scan/pages/outline.ts';
import type { Outline } from '../scan/pages/outline.ts';
import type { TextView } from '../scan/pages/view.ts';

/** One og:image and what the page says of it. */
export interface ShownImage {
  /** As the page has it. */
  address: string;
  width: string | null;
  height: string | null;
  type: string | null;
  alt: string | null;
  /** Whether og-sync wrote it. */
  isOurs: boolean;
}

export interface CheckedPage {
  /** The page: a file, or an address. */
  page: string;
  /** The address of the page, as far as it is known: relative addresses start there. */
  address: string | null;
  /** In the order of the page: the first is what most networks show. */
  images: ShownImage[];
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
    card: get('twitter:card'),
    locale: get('og:locale'),
    url: get('og:url'),
    canonical: linkOf(outline.tags, 'canonical'),
    tagsEnd: view.from + Math.max(0, ...ends) * view.unit,
  };
}

const PROPERTIES = ['width', 'height', 'type', 'alt'] as const;

/**
 * `og:image:url` is the same as `og:image`, and counts where that is not there. A property is of the image before it, one
 * before all of them of the first (ogp.me, "Arrays").
 */
function imagesOf(metas: Outline['tags']): ShownImage[] {
  const root = metas.some((meta) => nameOf(meta) === 'og:image') ? 'og:image' : 'og:image:url';
  const places = metas.flatMap((meta, index) => (nameOf(meta) === root ? [index] : []));
  return places.map((place, index) => {
    const own = metas.slice(index === 0 ? 0 : place, places[index + 1]);
    const [width, height, type, alt] = PROPERTIES.map((name) => valueOf(own, [`og:image:${name}`]));
    const { attributes } = metas[place] ?? { attributes: new Map<string, string>() };
    return {
      address: (attributes.get('content') ?? '').trim(),
      width: width ?? null,
      height: height ?? null,
      type: type ?? null,
      alt: alt ?? (index === 0 ? valueOf(metas, ['twitter:image:alt']) : null),
      isOurs: attributes.has(MARK),
    };
  });
}
