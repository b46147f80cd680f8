/** One page that is no file yet, such as a development server answers it → the post that it shows. */
import type { SourcePost } from '../post.ts';
import { countCommons } from './commons.ts';
import { headOf } from './head.ts';
import { outlineOf } from './outline.ts';
import { locatePicture } from './picture.ts';
import { postOfPage } from './post.ts';
import { openView } from './view.ts';

export interface OnePageOptions {
  siteUrl: string | null;
  siteName: string | null;
  /** Where a picture of the site's own is looked for. */
  folder: string;
  isOurs: (address: string) => boolean;
}

/** Pages seen one after the other: what they have in common, such as the end of their titles, is known better with each. */
export function pageReader(
  options: OnePageOptions,
): (address: string, html: Uint8Array) => SourcePost | null {
  const counted = countCommons();
  return (address, html) => {
    const outline = outlineOf(openView(Buffer.from(html), true), { body: true });
    const head = outline === null ? null : headOf(outline, options.isOurs);
    if (head === null || head.leftOut !== null) return null;
    counted.add(head);
    const commons = counted.commons(options.siteName);
    const picture = head.pictures.find((one) => !commons.isCommon('picture', one));
    const located = picture === undefined ? null : locatePicture(picture, address, options);
    const page = { file: address, address, head, leftOut: null };
    return postOfPage(page, { commons, pictureOf: () => located }, '');
  };
}
