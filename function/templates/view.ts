/** What a template sees. */
import type { Output, Post, Site } from '../contract.ts';

interface Author {
  name: string;
  avatar?: string;
}

export interface View {
  post: Omit<Post, 'author' | 'template'> & { author: Author | null; tags: string[] };
  site: Readonly<Record<string, unknown>> & { author: Author | null };
  output: { width: number; height: number; scale: number };
  /** BCP 47: `post.data.lang`, else `site.lang`, and what the script of the title tells. */
  lang: string;
  /** The direction that language is written in, for the layout; single texts say `dir="auto"`. */
  dir: 'ltr' | 'rtl';
}

const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'nqo', 'ps', 'sd', 'ug', 'ur', 'yi']);

const LANGUAGE = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i;
/** Scripts that tell a language, with the languages written in them: the first one is the guess. */
const SCRIPTS: [script: RegExp, languages: string[]][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, ['ja']],
  [/\p{Script=Hangul}/u, ['ko']],
  [/\p{Script=Han}/u, ['zh', 'ja', 'ko', 'yue']],
  [/\p{Script=Arabic}/u, ['ar', 'fa', 'ur', 'ckb', 'ps', 'sd', 'ug']],
  [/\p{Script=Hebrew}/u, ['he', 'yi']],
  [/\p{Script=Thai}/u, ['th']],
  [/\p{Script=Devanagari}/u, ['hi', 'mr', 'ne', 'sa']],
];

/** The card of 1200×630 px is the drawing board: `scale` is 1 there, and fits every other size to it. */
export function scaleOf({ width, height }: Pick<Output, 'width' | 'height'>): number {
  return Math.min(width / 1200, height / 630);
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
      ...(description === undefined || description.trim() === '' ? {} : { description }),
      author: authorOf(author) ?? siteAuthor,
      tags: post.tags ?? [],
    },
    site: { ...site, author: siteAuthor },
    output: { width: output.width, height: output.height, scale: scaleOf(output) },
    lang,
    dir: RIGHT_TO_LEFT.has(primaryOf(lang)) ? 'rtl' : 'ltr',
  };
}

function authorOf(author: Post['author']): Author | null {
  if (author === undefined || author === '') return null;
  if (typeof author === 'string') return { name: author };
  return author.avatar === undefined ? { name: author.name } : { name: author.name, avatar: author.avatar };
}

/** A post may say its language; else the script of its title decides between the site's and a guess. */
function languageOf(post: Post, site: Site): string {
  const own = languageTag(post.data?.['lang']);
  if (own !== null) return own;
  const general = languageTag(site['lang']);
  const [, languages] = SCRIPTS.find(([script]) => script.test(post.title)) ?? [];
  if (languages === undefined) return general ?? 'en';
  return general !== null && languages.includes(primaryOf(general)) ? general : (languages[0] ?? 'en');
}

function languageTag(value: unknown): string | null {
  return typeof value === 'string' && LANGUAGE.test(value) ? value.replaceAll('_', '-').toLowerCase() : null;
}

function primaryOf(language: string): string {
  return language.split('-')[0] ?? '';
}
