/** Where a file of content lives on its site, when no preset knows its generator. */
import { languageTag } from '../../../function/text/language.ts';
import { addressOfField, addressOfFile, placeholderOf } from '../address.ts';
import type { ContentFile } from './files.ts';
import type { FrontMatter } from './formats.ts';
import type { Inline } from './inline-html.ts';
import { isNo, isYes, textOf } from './values.ts';

/** A file of content as a page of its site: what a preset or the general rule makes of it. */
export interface Placed {
  /** The path of the page below the site's root, `/2024/hello/`. */
  address: string;
  /** What the address was read from, for messages. */
  from: string;
  /** The part of the address that only the site's generator can fill in, such as `:year`. */
  unfilled?: string;
  /** The front matter, with what the generator adds to it. */
  fields: FrontMatter;
  /** Wins over the front matter. */
  title?: Inline;
  /** BCP 47; wins over the front matter. */
  lang?: string;
}

/** Whether front matter says that its file is not to be published. */
export function isDraft(frontMatter: FrontMatter): boolean {
  return isYes(frontMatter['draft']) || isNo(frontMatter['published']);
}

/**
 * The general rule: `slug`, `permalink` or `url` of the front matter, else the file's own path.
 * @param site `site.url` of the configuration: an address on another host is none
 * @param folderLanguage the language of the folder or the name of the file
 */
export function placeOf(
  { file, fixed }: ContentFile,
  fields: FrontMatter,
  { site, folderLanguage }: { site: string | null; folderLanguage: string | null },
): Placed {
  const lang = languageTag(textOf(fields['lang'])) ?? folderLanguage;
  const rest = { fields, ...(lang !== null && { lang }) };
  for (const from of ['slug', 'permalink', 'url']) {
    const text = textOf(fields[from]);
    const address = text === null ? null : addressOfField(text, site, { link: from === 'url' });
    if (address === null) continue;
    const unfilled = placeholderOf(address);
    return { address, from, ...(unfilled !== null && { unfilled }), ...rest };
  }
  return { address: addressOfFile(file, fixed), from: "the file's path", ...rest };
}
