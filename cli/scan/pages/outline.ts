/** The markup of a page → what its head holds, and where tags may be added. Knows nothing of what it means. */
import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { createBodyReader } from './body.ts';
import { createTokens } from './tokens.ts';
import type { TokenHandlers } from './tokens.ts';
import type { TextView } from './view.ts';

export type Attributes = ReadonlyMap<string, string>;

/** A tag with its place, in units of the view. */
export interface Tag {
  name: string;
  /** Names in lower case; of two alike, the first. */
  attributes: Attributes;
  start: number;
  end: number;
}

export interface Outline {
  /** The attributes of `<html>`. */
  html: Attributes;
  /** Every `<meta>` and `<link>` of the head, and each `<script>` of ours as far as its end, in order. */
  tags: Tag[];
  title: string | null;
  /** The JSON-LD scripts that are not ours, as they stand. */
  data: string[];
  /** The first `<h1>` that holds text. */
  heading: string | null;
  /** The `datetime` of the page's own `<time>`. */
  time: string | null;
  /** Where tags may be added: every HTML parser takes what is written there for a part of the head. */
  anchor: number;
}

/** Written on each tag that og-sync adds: what carries it may be replaced. */
export const MARK = 'data-og-sync';

/** What a browser reads before the head ends by itself (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead). */
const HEAD_CONTENT = new Set(
  'base basefont bgsound link meta noframes noscript script style template title'.split(' '),
);
/** Browsers look for the encoding in the first 1,024 bytes only: a declaration there is not pushed out. */
const CHARSET_WITHIN = 1024;
const NOT_SPACE = /[^\t\n\f\r ]/;
const NO_ATTRIBUTES: Attributes = new Map();

/**
 * Reads a page as far as the end of its head and, if `body` is asked for, as far as its first heading.
 * Null when the view ends before and the page does not.
 */
export function outlineOf(view: TextView, { body }: { body: boolean }): Outline | null {
  const { text } = view;
  const outline: Outline = {
    html: NO_ATTRIBUTES,
    tags: [],
    title: null,
    data: [],
    heading: null,
    time: null,
    anchor: 0,
  };
  const reader = body ? createBodyReader(outline) : null;
  const open = { name: '', start: 0, attributes: new Map<string, string>(), attribute: '', value: '' };
  /** How far an HTML parser would be. */
  let phase: 'start' | 'html' | 'head' | 'after' = 'start';
  /** Something that belongs into a body was seen: no head begins after it, though `</head>` may still come. */
  let content = false;
  /** The head is over in every reading. */
  let over = false;
  let templates = 0;
  let foreign = 0;
  let noscript = false;
  /** The element whose text is no markup. */
  let raw: string | null = null;
  let captured = '';

  function finishHead(): void {
    over = true;
    if (reader === null) tokens.pause();
    else reader.skip(knownOf(outline));
  }

  function rest(): void {
    if (over && reader?.done() === true) tokens.pause();
  }

  function onOpen(end: number, selfClosing: boolean): void {
    const { name, attributes } = open;
    if (templates > 0 || noscript) {
      if (name === 'template') templates += 1;
      return;
    }
    if (foreign > 0 || name === 'svg' || name === 'math') {
      if ((name === 'svg' || name === 'math') && !selfClosing) foreign += 1;
      content = true;
      reader?.open(name, attributes, end);
      return;
    }
    if (name === 'html') return onHtml(attributes, end);
    if (name === 'head') return onHead(end);
    if (name === 'body' || name === 'frameset') {
      content = true;
      return over ? undefined : finishHead();
    }
    if (HEAD_CONTENT.has(name)) onHeadContent(name, attributes, end);
    else {
      content = true;
      if (phase === 'after' && !over) finishHead();
    }
    raw = RAW.has(name) ? name : null;
    captured = '';
    reader?.open(name, attributes, end);
  }

  function onHtml(attributes: Attributes, end: number): void {
    outline.html = new Map([...attributes, ...outline.html]);
    if (phase !== 'start' || content) return;
    phase = 'html';
    outline.anchor = end;
  }

  function onHead(end: number): void {
    if ((phase !== 'start' && phase !== 'html') || content) return;
    phase = 'head';
    outline.anchor = end;
  }

  function onHeadContent(name: string, attributes: Attributes, end: number): void {
    if (phase === 'start' || phase === 'html') phase = 'head';
    if (name === 'template') templates += 1;
    if (name === 'noscript') noscript = true;
    if (name === 'script' && attributes.has(MARK)) {
      isData = false;
      if (!over) own = { name, attributes: new Map(attributes), start: open.start };
    }
    if (over || (name !== 'meta' && name !== 'link')) return;
    outline.tags.push({ name, attributes: new Map(attributes), start: open.start, end });
    const early = view.from + end * view.unit <= CHARSET_WITHIN;
    const candidate = phase === 'head' && !content && early && !attributes.has(MARK);
    if (candidate && declaresCharset(attributes)) outline.anchor = end;
  }

  function onClose(name: string, start: number, end: number): void {
    if (raw === name) return onRawEnd(name, end);
    if (name === 'template') templates = Math.max(0, templates - 1);
    if (templates > 0) return;
    if (name === 'noscript') noscript = false;
    if (noscript) return;
    if (name === 'svg' || name === 'math') foreign = Math.max(0, foreign - 1);
    if (!over && (name === 'head' || name === 'body' || name === 'html')) {
      if (content || name !== 'head') finishHead();
      phase = 'after';
    }
    if (name === 'br' || name === 'body' || name === 'html') content = true;
    reader?.close(name, start);
  }

  function onRawEnd(name: string, end: number): void {
    raw = null;
    if (own !== null) outline.tags.push({ ...own, end });
    own = null;
    if (name === 'title' && outline.title === null) outline.title = tidy(decodeHTML(captured));
    if (name === 'script' && isData) outline.data.push(captured);
    captured = '';
  }

  let isData = false;
  /** The script of ours that is open. */
  let own: Omit<Tag, 'end'> | null = null;

  const handlers: TokenHandlers = {
    onopentagname(start, end) {
      open.name = text.slice(start, end).toLowerCase();
      open.start = start - 1;
      open.attributes.clear();
    },
    onattribname(start, end) {
      open.attribute = WANTED.has(open.name) ? text.slice(start, end).toLowerCase() : '';
      open.value = '';
    },
    onattribdata(start, end) {
      if (open.attribute !== '') open.value += view.decode(start, end);
    },
    onattribentity() {},
    onattribend() {
      const { attribute, value, attributes } = open;
      if (attribute !== '' && !attributes.has(attribute))
        attributes.set(attribute, value.includes('&') ? decodeHTMLAttribute(value) : value);
    },
    onopentagend(end) {
      isData = open.name === 'script' && /^application\/ld\+json\b/i.test(open.attributes.get('type') ?? '');
      onOpen(end + 1, false);
      rest();
    },
    onselfclosingtag(end) {
      isData = false;
      onOpen(end + 1, true);
      rest();
    },
    onclosetag(start, end, tagEnd) {
      onClose(text.slice(start, end).toLowerCase(), start, tagEnd);
      rest();
    },
    ontext(start, end) {
      if (templates > 0 || noscript) return;
      if (raw === 'title' || (raw === 'script' && isData)) captured += view.decode(start, end);
      if (raw !== null) return;
      if (!content && NOT_SPACE.test(text.slice(start, end))) {
        content = true;
        if (phase === 'after' && !over) finishHead();
      }
      if (reader?.listening() === true) reader.text(decodeHTML(view.decode(start, end)));
    },
    ontextentity() {},
    ondeclaration(_start, end) {
      if (phase === 'start' && !content) outline.anchor = end + 1;
    },
    oncomment(start, end) {
      // An XML declaration, a comment for HTML, must stay the first thing in the file.
      if (start === 1 && text.startsWith('<?')) outline.anchor = end + 1;
    },
    oncdata() {},
    onprocessinginstruction() {},
    onend() {},
    isInForeignContext: () => foreign > 0,
  };
  const tokens = createTokens(handlers);
  // No such thing in HTML: a browser takes it for a comment that ends at the first ">".
  const isRead = tokens.read(text.replaceAll('<![CDATA[', '<!_CDATA['), view.whole);
  if (isRead && !view.whole) return null;
  reader?.finish();
  return outline;
}

/** Elements whose text is no markup. */
const RAW = new Set('iframe noembed noframes plaintext script style textarea title xmp'.split(' '));
/** Elements whose attributes matter. */
const WANTED = new Set('html meta link script time h1 a span div img'.split(' '));

function declaresCharset(attributes: Attributes): boolean {
  return attributes.has('charset') || attributes.get('http-equiv')?.trim().toLowerCase() === 'content-type';
}

/** Whether the head itself has a title that goes before the heading, and a date. */
function knownOf({ tags, data }: Outline): { title: boolean; date: boolean } {
  const theirs = tags.filter(({ attributes }) => !attributes.has(MARK));
  const names = theirs.map(({ attributes }) => attributes.get('property') ?? attributes.get('name'));
  return {
    title: names.some((name) => name === 'og:title' || name === 'og-sync:title'),
    date: names.includes('article:published_time') || data.some((text) => text.includes('"datePublished"')),
  };
}

/** On one line, without spaces around. */
export function tidy(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
}
