/** The images of a page as schema.org has them: search engines choose among several shapes (https://schema.org/image). */
import type { PageFacts, PageImage } from './tags.ts';

/** A node of JSON-LD. */
export interface JsonLd {
  '@context': 'https://schema.org';
  '@type': 'Article' | 'WebPage';
  url?: string;
  image: { '@type': 'ImageObject'; url: string; width: number; height: number }[];
}

/** What a page says of its images: an article where it has a date. */
export function jsonLdOf(
  images: readonly PageImage[],
  { type, url }: Pick<PageFacts, 'type' | 'url'>,
): JsonLd {
  return {
    '@context': 'https://schema.org',
    '@type': type === 'article' ? 'Article' : 'WebPage',
    ...(url !== null && { url }),
    image: images.map(({ url: address, width, height }) => ({
      '@type': 'ImageObject',
      url: address,
      width,
      height,
    })),
  };
}

/** The script as it is written: ASCII alone and without a sign that HTML or XML would read; `mark` as in `tagText`. */
export function jsonLdText(node: JsonLd, mark: string): string {
  const json = JSON.stringify(node).replaceAll(
    /[<>&~\u007f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<script type="application/ld+json" ${mark}="">${json}</script>`;
}
