/** What a page says about itself. */
import { articleOf } from './json-ld.ts';
import { MARK, tidy } from './outline.ts';
import type { Outline, Tag } from './outline.ts';

export interface PageHead {
  /** Each title by where it stands; null where it does not. */
  titles: { own: string | null; og: string | null; heading: string | null; title: string | null };
  siteName: string | null;
  description: string | null;
  lang: string | null;
  /** As the page has them: in any form. */
  date: string | null;
  author: string | null;
  tags: string[];
  template: string | null;
  alt: string | null;
  canonical: string | null;
  /** Pictures that the page names itself, the most particular first. */
  pictures: string[];
  /** Whether it has an `og:image` that og-sync did not write. */
  ownImage: string | null;
  /** Why it is no page that is shared; null: it is one. */
  leftOut: 'off' | 'noindex' | 'redirect' | null;
}

/** `isOurs`: whether an image's address is one of ours, though its tag is not marked. */
export function headOf(outline: Outline, isOurs: (address: string) => boolean): PageHead {
  const metas = outline.tags.filter(({ name }) => name === 'meta');
  const foreign = metas.filter(({ attributes }) => !attributes.has(MARK));
  const get = (...names: string[]) => valueOf(foreign, names);
  const article = articleOf(outline.data);
  const images = ['og:image', 'og:image:url', 'og:image:secure_url', 'twitter:image', 'twitter:image:src'];
  const ownImage = valuesOf(foreign, images).find((address) => !isOurs(address)) ?? null;
  // What stood there before the image was ours: read like the page's own, so that a second run sees the same page.
  const before = valueOf(
    metas.filter(({ attributes }) => attributes.has(MARK)),
    ['og-sync:image'],
  );
  const shown = [get('og-sync:image'), article.image, ownImage ?? before];
  return {
    titles: {
      own: get('og-sync:title'),
      og: get('og:title'),
      heading: outline.heading,
      title: outline.title === '' ? null : outline.title,
    },
    siteName: get('og:site_name', 'application-name'),
    description: get('og-sync:description', 'og:description', 'description', 'twitter:description'),
    lang: outline.html.get('lang') ?? outline.html.get('xml:lang') ?? null,
    date: get('article:published_time') ?? article.date ?? get('datepublished') ?? outline.time,
    author: authorOf(get('article:author', 'author')) ?? article.author,
    tags: valuesOf(foreign, ['article:tag']),
    template: get('og-sync:template'),
    alt: get('og-sync:alt'),
    canonical: linkOf(outline.tags, 'canonical'),
    pictures: shown.filter((one) => one !== null && !isOurs(one)) as string[],
    ownImage: ownImage ?? before,
    leftOut: leftOut(metas, get),
  };
}

/** `property`, `name` and `itemprop` alike: pages mix them up, and networks read all. */
export function nameOf({ attributes }: Pick<Tag, 'attributes'>): string {
  const name = attributes.get('property') ?? attributes.get('name') ?? attributes.get('itemprop') ?? '';
  return name.trim().toLowerCase();
}

function valuesOf(metas: readonly Tag[], names: readonly string[]): string[] {
  return metas
    .filter((meta) => names.includes(nameOf(meta)))
    .map(({ attributes }) => tidy(attributes.get('content') ?? ''))
    .filter((value) => value !== '');
}

/** The value of the first of the names that has one. */
export function valueOf(metas: readonly Tag[], names: readonly string[]): string | null {
  for (const name of names) {
    const [value] = valuesOf(metas, [name]);
    if (value !== undefined) return value;
  }
  return null;
}

/** The address of the first `<link>` of a kind. */
export function linkOf(tags: readonly Tag[], rel: string): string | null {
  const link = tags.find(
    ({ name, attributes }) =>
      name === 'link' && (attributes.get('rel') ?? '').toLowerCase().split(/\s+/).includes(rel),
  );
  const address = link?.attributes.get('href')?.trim() ?? '';
  return address === '' ? null : address;
}

/** `article:author` may be the address of a profile: no name. */
function authorOf(author: string | null): string | null {
  return author === null || /^https?:\/\//i.test(author) ? null : author;
}

function leftOut(metas: readonly Tag[], get: (...names: string[]) => string | null): PageHead['leftOut'] {
  if (/^(off|false|no)$/i.test(get('og-sync') ?? '')) return 'off';
  if (metas.some(({ attributes }) => isRedirect(attributes))) return 'redirect';
  const robots = `${get('robots') ?? ''},${get('googlebot') ?? ''}`.toLowerCase().split(/[\s,]+/);
  return robots.some((word) => word === 'noindex' || word === 'none') ? 'noindex' : null;
}

/** `<meta http-equiv=refresh content="0; url=/there/">`; without an address, the page only loads itself again. */
function isRedirect(attributes: Tag['attributes']): boolean {
  return (
    attributes.get('http-equiv')?.trim().toLowerCase() === 'refresh' &&
    (attributes.get('content') ?? '').replace(/^[\s\d.;,]+/, '') !== ''
  );
}
