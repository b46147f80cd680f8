/** The bytes of a page → the bytes with other tags of ours. Pure; every other byte stays. */
import { isDeepStrictEqual } from 'node:util';
import { nameOf, valueOf } from '../scan/pages/head.ts';
import { MARK, outlineOf } from '../scan/pages/outline.ts';
import type { Outline, Tag } from '../scan/pages/outline.ts';
import { declaredEncoding, encodeAscii, openView } from '../scan/pages/view.ts';
import type { TextView } from '../scan/pages/view.ts';
import { jsonLdText } from './json-ld.ts';
import type { JsonLd } from './json-ld.ts';
import { isLocale, tagText } from './tags.ts';
import type { MetaTag } from './tags.ts';

/** What a page should say. With no image, tags of ours go and none come. */
export interface WantedTags {
  /** About the image: they replace what the page says of any image. */
  image: MetaTag[];
  /** About the page: only where it does not say the same. */
  page: MetaTag[];
  /** JSON-LD about the images; null: none is wanted. */
  data: JsonLd | null;
}

/** `bytes`: what takes the place of the part that was read. */
export type Rewriting =
  { kind: 'same' } | { kind: 'changed'; bytes: Buffer } | { kind: 'refused'; reason: string };

const IMAGE = /^(og:image|twitter:image)(:|$)/;
/** Other cards than these two show a small picture, or none. */
const KEPT_CARDS = new Set(['summary_large_image', 'player', 'app']);
const SPACE = /[\t\n\f\r ]/;
const LONGEST_INDENT = 64;

/**
 * The first bytes of a page (`whole`: all of them) with the wanted tags; null when the head goes on behind them.
 * `isOurs`: whether an image's address is one of ours, though its tag is not marked.
 */
export function rewrite(
  bytes: Buffer,
  whole: boolean,
  wanted: WantedTags,
  isOurs: (address: string) => boolean,
): Rewriting | null {
  const view = openView(bytes, whole);
  const outline = outlineOf(view, { body: false });
  if (outline === null) return null;
  const removed = outline.tags.filter((tag) => tag.attributes.has(MARK) || isReplaced(tag, wanted));
  const rest = without(view, removed, outline.anchor);
  rest.tags = textsOf(
    view,
    outline.tags.filter((tag) => !removed.includes(tag)),
  );
  const tags = tagsToWrite(outline, wanted, isOurs).map((tag) => tagText(tag, MARK));
  if (tags.length > 0 && wanted.data !== null) tags.push(jsonLdText(wanted.data, MARK));
  const first = assemble(bytes, view, rest, tags);
  if (first.equals(bytes)) return { kind: 'same' };
  const declared = declaredEncoding(bytes);
  if (declared === declaredEncoding(first)) return proven(first, view, rest, tags.length);
  // Our tags would push the page's declaration to where no browser looks for it.
  const charset = `<meta charset="${declared}" ${MARK}="" />`;
  const second = assemble(bytes, view, rest, tags.length === 0 ? [] : [charset, ...tags]);
  if (second.equals(bytes)) return { kind: 'same' };
  if (declared === declaredEncoding(second)) return proven(second, view, rest, tags.length + 1);
  return refused('its encoding would no longer be recognised');
}

function refused(why: string): Rewriting {
  return { kind: 'refused', reason: `tags cannot be added: ${why}` };
}

/** What a page with an image of ours must not say beside it, or says in a way that nobody understands. */
function isReplaced(tag: Tag, wanted: WantedTags): boolean {
  if (wanted.image.length === 0 || tag.name !== 'meta') return false;
  const name = nameOf(tag);
  const content = tag.attributes.get('content')?.trim() ?? '';
  if (name === 'twitter:card') return !KEPT_CARDS.has(content);
  if (name === 'og:locale') return !isLocale(content) && wanted.page.some((one) => one.name === name);
  return IMAGE.test(name);
}

function tagsToWrite({ tags }: Outline, wanted: WantedTags, isOurs: (address: string) => boolean): MetaTag[] {
  if (wanted.image.length === 0) return [];
  const metas = tags.filter(({ name }) => name === 'meta');
  const theirs = metas.filter(({ attributes }) => !attributes.has(MARK));
  const staying = new Set(theirs.filter((tag) => !isReplaced(tag, wanted)).map(nameOf));
  const missing = [...wanted.image, ...wanted.page].filter(({ name }) => !staying.has(name));
  const picture = staying.has('og-sync:image') ? null : pictureOf(metas, theirs, isOurs);
  // The page's own picture is on its card: the next run must find it again.
  return picture === null ? missing : [...missing, { name: 'og-sync:image', content: picture }];
}

function pictureOf(metas: Tag[], theirs: Tag[], isOurs: (address: string) => boolean): string | null {
  const own = valueOf(theirs, ['og:image', 'og:image:url', 'og:image:secure_url', 'twitter:image']);
  return own === null || isOurs(own) ? valueOf(metas, ['og-sync:image']) : own;
}

interface Rest {
  /** Pieces of the view that stay. */
  kept: [start: number, end: number][];
  /** Their text. */
  text: string;
  /** The anchor within that text. */
  anchor: number;
  /** The tags of the head that stay, as they stand. */
  tags: string[];
}

/** The view without some tags and the white space before each: ours have the anchor's line end and indentation there. */
function without(view: TextView, removed: readonly Tag[], anchor: number): Rest {
  const rest: Rest = { kept: [], text: '', anchor, tags: [] };
  let at = 0;
  for (const { start, end } of removed) {
    let from = start;
    while (from > at && SPACE.test(view.text.charAt(from - 1))) from--;
    rest.kept.push([at, from]);
    if (end <= anchor) rest.anchor -= end - from;
    at = end;
  }
  rest.kept.push([at, view.text.length]);
  rest.text = rest.kept.map(([start, end]) => view.text.slice(start, end)).join('');
  return rest;
}

function assemble(bytes: Buffer, view: TextView, rest: Rest, tags: readonly string[]): Buffer {
  const content = Buffer.concat(
    rest.kept.map(([start, end]) =>
      bytes.subarray(view.from + start * view.unit, view.from + end * view.unit),
    ),
  );
  const space = indentation(rest);
  const block = encodeAscii(tags.map((tag) => space + tag).join(''), view);
  const at = rest.anchor * view.unit;
  const odd = bytes.subarray(view.from + view.text.length * view.unit);
  return Buffer.concat([
    bytes.subarray(0, view.from),
    content.subarray(0, at),
    block,
    content.subarray(at),
    odd,
  ]);
}

/** The line end and indentation of what follows the anchor; nothing where that stands on the same line. */
function indentation({ text, anchor }: Rest): string {
  let end = anchor;
  while (end < text.length && SPACE.test(text.charAt(end))) end++;
  const space = text.slice(anchor, end);
  const line = space.lastIndexOf('\n');
  if (anchor === 0 || line < 0 || space.length - line > LONGEST_INDENT) return '';
  return space.slice(line > 0 && space[line - 1] === '\r' ? line - 1 : line);
}

function textsOf({ text }: TextView, tags: readonly Tag[]): string[] {
  return tags.map(({ start, end }) => text.slice(start, end));
}

/** Read again before it is written: with our tags taken out, the page must be what it was. */
function proven(bytes: Buffer, before: TextView, rest: Rest, count: number): Rewriting {
  const view = openView(bytes, before.whole);
  const outline = outlineOf(view, { body: false });
  if (outline !== null && view.encoding === before.encoding) {
    const ours = outline.tags.filter(({ attributes }) => attributes.has(MARK));
    const again = without(view, ours, outline.anchor);
    const theirs = textsOf(
      view,
      outline.tags.filter((tag) => !ours.includes(tag)),
    );
    // Where a tag of theirs went, what stood around it may have become one.
    const alike =
      again.text === rest.text && again.anchor === rest.anchor && isDeepStrictEqual(theirs, rest.tags);
    if (ours.length === count && alike) return { kind: 'changed', bytes };
  }
  return refused('its markup would be read differently with them');
}
