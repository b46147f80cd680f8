/**
 * The parsers of markdown and HTML, loaded when a text first needs one. They take 50 ms, and most titles have no markup: a
 * third of the time of a run with nothing to do. `require`, since those who ask do not wait.
 */
import { createRequire } from 'node:module';
import type * as Entities from 'entities';
import type * as Html from 'htmlparser2';
import type MarkdownIt from 'markdown-it';

const require = createRequire(import.meta.url);

function once<T>(load: () => T): () => T {
  let loaded: { value: T } | null = null;
  return () => (loaded ??= { value: load() }).value;
}

/** Names that code writes so, such as `__init__`: no emphasis. */
const DUNDER = /__\p{L}[\p{L}\p{N}_]*__(?![\p{L}\p{N}_])/uy;
const NAME_BEFORE = /[\p{L}\p{N}_]$/u;

/** Markdown as CommonMark has it, with HTML and ~~strikethrough~~, and without emphasis in `__init__`. */
export const markdownParser = once((): InstanceType<typeof MarkdownIt> => {
  const Markdown = require('markdown-it') as typeof MarkdownIt;
  const parser = new Markdown('commonmark', { html: true }).enable('strikethrough');
  parser.inline.ruler.before('emphasis', 'dunder', (state, silent) => {
    DUNDER.lastIndex = state.pos;
    if (NAME_BEFORE.test(state.src.slice(Math.max(0, state.pos - 2), state.pos))) return false;
    const [name] = DUNDER.exec(state.src) ?? [];
    if (name === undefined) return false;
    if (!silent) state.pending += name;
    state.pos += name.length;
    return true;
  });
  return parser;
});

export const htmlParsers = once(() => require('htmlparser2') as typeof Html);

export const entities = once(() => require('entities') as typeof Entities);
