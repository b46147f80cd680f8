/** A post, its page and its images → what the page should say. */
import type { Output } from '../../function/contract.ts';
import type { Config } from '../config/config.ts';
import { siteUrlOf } from '../config/built-site.ts';
import { imageUrl } from '../report/manifest.ts';
import type { Page } from '../scan/pages/pages.ts';
import type { ScannedPost } from '../scan/post.ts';
import type { WantedTags } from './rewrite.ts';
import { jsonLdOf } from './json-ld.ts';
import { imageTags, pageTags } from './tags.ts';
import type { PageImage } from './tags.ts';

/** An image of the post that is in the store. */
interface StoredImage {
  key: string;
  output: Output;
}

/** Pure. The first of the images is what networks show; they may choose the others. */
export function wantedTags(
  page: Page,
  { post, alt }: ScannedPost,
  stored: readonly [StoredImage, ...StoredImage[]],
  config: Pick<Config, 'site' | 'publicUrl' | 'jsonLd'>,
): WantedTags {
  const pageImage = ({ key, output: { width, height, format } }: StoredImage): PageImage => ({
    url: imageUrl(key, config.publicUrl),
    width,
    height,
    type: `image/${format}`,
    alt: alt ?? post.title,
  });
  const images = stored.map(pageImage);
  const url = addressOf(page, siteUrlOf(config));
  const type = post.date === undefined ? 'website' : 'article';
  return {
    image: imageTags(images),
    data: config.jsonLd ? jsonLdOf(images, { type, url }) : null,
    page: pageTags({
      title: post.title,
      description: post.description ?? null,
      url,
      type,
      lang: post.lang ?? page.head.lang,
    }),
  };
}

/** The canonical address, which og:url must agree with, else where the site has the page. */
function addressOf({ head, address }: Page, siteUrl: string | null): string | null {
  const own = siteUrl === null ? null : new URL(encodeURI(address).slice(1), siteUrl).href;
  const canonical = head.canonical === null ? null : URL.parse(head.canonical, own ?? undefined);
  return canonical?.href ?? own;
}
