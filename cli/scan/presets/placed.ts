/** A page that a preset found → what a post is made of. */
import { languageTag } from '../../../function/text/language.ts';
import type { Placed } from '../markdown/placed.ts';
import type { Inline } from '../markdown/inline-html.ts';
import { readInline } from '../markdown/text.ts';
import { fieldsOf, textOf } from '../markdown/values.ts';
import { partsOf } from './reading/paths.ts';
import type { PresetPage, SiteRules } from './types.ts';

/**
 * The page with its title as a reader sees it. `heading` is asked for when the front matter has no title.
 * @param site the rules of the site that the page is of
 */
export function placedPage(
  file: string,
  page: PresetPage,
  site: SiteRules,
  heading: () => Inline | null,
): Placed {
  const fields: Record<string, unknown> = { ...page.fields };
  if (site.ownsTemplate === true) delete fields['template'];
  const lang = languageTag(textOf(fields['lang'])) ?? languageTag(page.lang);
  const title = titleOf(file, page, site, heading);
  return {
    address: page.address.normalize('NFC'),
    from: "the file's path",
    fields,
    ...(title !== null && { title }),
    ...(lang !== null && { lang }),
  };
}

/** Null when the front matter has one that is no text, which is reported, or one of og-sync's own. */
function titleOf(
  file: string,
  page: PresetPage,
  site: SiteRules,
  heading: () => Inline | null,
): Inline | null {
  const own = page.title ?? page.fields['title'];
  if (typeof own === 'object' && own !== null) return null;
  const text = textOf(own);
  if (text !== null) return readInline(text, site.text);
  if (typeof own === 'boolean') return readInline(String(own), 'plain');
  if (textOf(fieldsOf(page.fields['og'])['title']) !== null) return null;
  const found = heading();
  if (found !== null) return found;
  if (page.fallbackTitle !== undefined) return readInline(page.fallbackTitle, site.text);
  const words = wordsOf(file);
  return words === null ? null : { text: words, marks: [] };
}

/** A page without any title has the name of its file, or of its folder. */
function wordsOf(file: string): string | null {
  const { folder, name } = partsOf(file);
  const own = /^(_?index|readme)$/i.test(name) ? partsOf(folder).name : name;
  const words = own.replaceAll(/[-_]+/g, ' ').trim();
  return words === '' ? null : words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Whether an address is that of the page for what is not found: nobody shares it. */
export function isErrorPage(address: string): boolean {
  return /(?:^|\/)404(?:\.html?|\/)?$/.test(address);
}
