/** The image of a page → the tags that name it. */

/** One `<meta>`. */
export interface MetaTag {
  name: string;
  content: string;
}

export interface PageImage {
  /** Absolute. */
  url: string;
  width: number;
  height: number;
  type: string;
  alt: string;
}

/** What networks show beside the image. */
export interface PageFacts {
  title: string;
  description: string | null;
  /** The absolute address of the page. */
  url: string | null;
  type: 'article' | 'website';
  /** A language as HTML has it: `de`, `pt-BR`. */
  lang: string | null;
}

/** Tags about the images: always written. The first is what networks show; they may choose another. */
export function imageTags(images: readonly PageImage[]): MetaTag[] {
  const [first] = images;
  if (first === undefined) return [];
  const { url, alt } = first;
  return [
    ...images.flatMap(openGraphTags),
    { name: 'twitter:card', content: 'summary_large_image' },
    { name: 'twitter:image', content: url },
    { name: 'twitter:image:alt', content: alt },
  ];
}

/** What stands between one og:image and the next is about the former (ogp.me, "Arrays"). */
function openGraphTags({ url, width, height, type, alt }: PageImage): MetaTag[] {
  return [
    { name: 'og:image', content: url },
    ...(url.startsWith('https:') ? [{ name: 'og:image:secure_url', content: url }] : []),
    { name: 'og:image:width', content: String(width) },
    { name: 'og:image:height', content: String(height) },
    { name: 'og:image:type', content: type },
    { name: 'og:image:alt', content: alt },
  ];
}

/** Tags about the page: written where the page has none. */
export function pageTags({ title, description, url, type, lang }: PageFacts): MetaTag[] {
  const locale = lang === null ? null : localeOf(lang);
  return [
    { name: 'og:title', content: title },
    ...(description === null ? [] : [{ name: 'og:description', content: description }]),
    ...(url === null ? [] : [{ name: 'og:url', content: url }]),
    { name: 'og:type', content: type },
    ...(locale === null ? [] : [{ name: 'og:locale', content: locale }]),
  ];
}

/** `de_DE`, `zh_Hant_TW`, `es_419`. */
const LOCALE = /^[a-z]{2,3}(?:_[A-Z][a-z]{3})?_(?:[A-Z]{2}|\d{3})$/;

/** Whether a text is what `og:locale` takes; some generators write a language tag there. */
export function isLocale(text: string): boolean {
  return LOCALE.test(text);
}

/**
 * `de` → `de_DE`, `zh-Hant` → `zh_TW`: Open Graph wants a territory, and takes the one where most speakers are if none is
 * given (Unicode's likely subtags). Null for what is no language.
 */
function localeOf(lang: string): string | null {
  try {
    const { language, region } = new Intl.Locale(lang.trim().replaceAll('_', '-')).maximize();
    return region === undefined || !/^[A-Z]{2}$/.test(region) ? null : `${language}_${region}`;
  } catch {
    return null;
  }
}

/**
 * The tag as it is written: ASCII alone, so that it reads the same in any encoding of the page, and valid in XHTML too. `mark`
 * is the attribute by which og-sync knows it again.
 */
export function tagText({ name, content }: MetaTag, mark: string): string {
  const attribute = name.startsWith('og:') ? 'property' : 'name';
  return `<meta ${attribute}="${name}" content="${ascii(content)}" ${mark}="" />`;
}

/** `\` and `~` too: two bytes that Japanese encodings read as other signs. */
function ascii(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^ !#-%'-;=?-[\]-}]/gu, (sign) =>
      sign < ' ' ? ' ' : (NAMED[sign] ?? `&#${sign.codePointAt(0)};`),
    );
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
