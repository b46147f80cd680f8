/** A built page → the post that it shows. */
import { posix } from 'node:path';
import { LIMITS } from '../../../function/contract.ts';
import { languageTag } from '../../../function/text/language.ts';
import { pathProblem } from '../../../function/text/slug.ts';
import type { PostFields } from '../../config/schema.ts';
import { slugOfAddress, suggestSlug } from '../address.ts';
import { normaliseDate } from '../dates.ts';
import type { SourcePost } from '../post.ts';
import type { Commons } from './commons.ts';
import type { BuiltSite, Page } from './pages.ts';

/** `folder`: of the built site, relative to the config's. */
export function postOfPage(
  page: Page,
  site: Pick<BuiltSite, 'commons' | 'pictureOf'>,
  folder: string,
): SourcePost {
  const { head, address } = page;
  const { commons } = site;
  const { description, author, template, lang } = head;
  const date = head.date === null ? null : normaliseDate(head.date);
  const picture = site.pictureOf(page);
  const language = languageTag(lang);
  const fields: Partial<PostFields> = {
    slug: slugOf(address),
    address,
    title: titleOf(page, commons).slice(0, LIMITS.title).toWellFormed(),
    ...(description !== null && { description: description.slice(0, LIMITS.description).toWellFormed() }),
    ...(date !== null && { date }),
    ...(author !== null && { author: author.slice(0, LIMITS.author).toWellFormed() }),
    ...(head.tags.length > 0 && {
      tags: head.tags.slice(0, LIMITS.tags).map((tag) => tag.slice(0, LIMITS.tag).toWellFormed()),
    }),
    ...(picture !== null && { image: picture }),
    ...(template !== null && { template }),
    ...(language !== null && { lang: language }),
    ...(head.alt !== null && { alt: head.alt }),
  };
  const { slug: _slug, ...shown } = fields;
  return {
    file: posix.join(folder, page.file),
    fields,
    from: { slug: 'its address', date: 'its date', template: 'og.template' },
    frontMatter: { ...shown, canonical: head.canonical },
    text: 'plain',
    warnings: [],
  };
}

/** The address is the page's own: where a key cannot hold it, the nearest that it can. */
function slugOf(address: string): string {
  const slug = slugOfAddress(address);
  return pathProblem(slug) === null ? slug : (suggestSlug(slug) ?? slug);
}

/** Empty when the page has none that is its own. */
function titleOf({ head }: Page, commons: Commons): string {
  const { own, og, heading, title } = head.titles;
  if (own !== null) return own;
  if (og !== null) return commons.stripTitle(og, 'og', head);
  if (heading !== null && !commons.isCommon('heading', heading)) return heading;
  return title === null ? (heading ?? '') : commons.stripTitle(title, 'title', head);
}
