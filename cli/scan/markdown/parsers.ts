/**
 * The parsers of markdown and HTML, loaded when a text first needs one. They take 50 ms, and most titles have no markup: a
 * third of the time of a run with nothing to do. `require`, since those who ask do not wait.
 */
import { createRequire } from 'node:module';
import type * as Html from 'htmlparser2';
import type MarkdownIt from 'markdown-it';

const require = createRequire(import.meta.url);

function once<T>(load: () => T): () => T {
  let loaded: { value: T } | null = null;
  return () => (loaded ??= { value: load() }).value;
}

/** Markdown as CommonMark has it, with HTML and ~~strikethrough~~. */
export const markdownParser = once((): InstanceType<typeof MarkdownIt> => {
  const Markdown = require('markdown-it') as typeof MarkdownIt;
  return new Markdown('commonmark', { html: true }).enable('strikethrough');
});

export const htmlParsers = once(() => require('htmlparser2') as typeof Html);
