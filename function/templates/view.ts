/** What a template sees. */
import { createHash } from 'node:crypto';
import type { Output, Post, Site } from '../contract.ts';
import { addressOfSlug } from '../text/slug.ts';
import { isBlank } from '../text/text.ts';
import { directionOf, languageOfText, languageTag } from '../text/language.ts';

interface Focus {
  x: number;
  y: number;
}

interface Author {
  name: string;
  avatar?: string;
}

export interface View {
  post: Omit<Post, 'author' | 'template'> & {
    address: string;
    author: Author | null;
    tags: string[];
    /** Made of the slug: what is drawn by it is each post's own, and the same every time. */
    seed: number;
    /** The part of the cover that matters most, in per cent from its left upper corner. */
    focus: Focus | null;
  };
  site: Readonly<Record<string, unknown>> & { author: Author | null };
  output: { width: number; height: number; scale: number };
  /** BCP 47: of the post, else of the site, else as most letters of the title suggest. */
  lang: string;
  /** The direction that language is written in, for the layout; single texts say `dir="auto"`. */
  dir: 'ltr' | 'rtl';
}

/** From this height for a width of 1 on, a card is drawn larger, and at most so much. */
const ENLARGED = { from: 0.6, rate: 0.36, most: 1.4 };

/**
 * The card of 1200×630 px is the drawing board: `scale` is 1 there, and fits every other size to it. What is higher for its
 * width is drawn larger: it has room, and is shown in a narrow column.
 */
export function scaleOf({ width, height }: Pick<Output, 'width' | 'height'>): number {
  const enlarged = 1 + (height / width - ENLARGED.from) * ENLARGED.rate;
  return Math.min(width / 1200, height / 630) * Math.min(ENLARGED.most, Math.max(1, enlarged));
}

/**
 * Evens out what posts may leave out or write in two ways: an author is an object or null (the site's stands in), tags
 * are a list, an empty description is none.
 */
export function viewOf({ post, site, output }: { post: Post; site: Site; output: Output }): View {
  const { author, description, template: _template, ...rest } = post;
  const siteAuthor = authorOf(site.author);
  const lang = languageOf(post, site);
  return {
    post: {
      ...rest,
      address: post.address ?? addressOfSlug(post.slug),
      ...(description === undefined || isBlank(description) ? {} : { description }),
      author: authorOf(author) ?? siteAuthor,
      tags: post.tags ?? [],
      seed: seedOf(post.slug),
      focus: focusOf(post.data?.['focus']),
    },
    site: { ...(site.theme?.logo === 'none' ? { ...site, logo: undefined } : site), author: siteAuthor },
    output: { width: output.width, height: output.height, scale: scaleOf(output) },
    lang,
    dir: directionOf(lang),
  };
}

function authorOf(author: Post['author']): Author | null {
  if (author === undefined || author === '') return null;
  if (typeof author === 'string') return { name: author };
  return author.avatar === undefined ? { name: author.name } : { name: author.name, avatar: author.avatar };
}

/** What the post says, else the site, else what most letters of the title suggest. */
function languageOf({ lang, data, title }: Post, site: Site): string {
  return (
    languageTag(lang) ??
    languageTag(data?.['lang']) ??
    languageTag(site['lang']) ??
    languageOfText(title) ??
    'en'
  );
}

function seedOf(slug: string): number {
  return createHash('sha256').update(slug).digest().readUInt32BE();
}

/** Per cent from the left, and from the top. */
const PLACES: Readonly<Record<string, [number | null, number | null]>> = {
  left: [0, null],
  right: [100, null],
  top: [null, 0],
  bottom: [null, 100],
  center: [null, null],
};

/** `top`, `left bottom`, `30% 70%`: as CSS writes a position, without lengths. Null for anything else. */
function focusOf(value: unknown): Focus | null {
  const words = typeof value === 'string' ? value.trim().toLowerCase().split(/\s+/, 3) : [];
  const places = words.map((word) => PLACES[word]);
  if (words.length > 0 && words.length < 3 && !places.includes(undefined)) {
    const [x, y] = [0, 1].map((axis) =>
      places.map((place) => place?.[axis]).find((at) => typeof at === 'number'),
    );
    return { x: x ?? 50, y: y ?? 50 };
  }
  const [x, y] = words.map(percentOf);
  return words.length === 2 && x != null && y != null ? { x, y } : null;
}

function percentOf(word: string): number | null {
  const percent = /^\d{1,3}(?:\.\d{1,3})?(?=%$)/.exec(word)?.[0];
  return percent === undefined ? null : Math.min(100, Number(percent));
}
