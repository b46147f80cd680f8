/** Emoji in the HTML of a card: each in an element of its own, so that no font for text can take it. */
import { emojiRuns } from '../fonts/emoji.ts';

/** Elements whose text is not drawn as HTML. */
const CLOSED = /^<(style|script|title|textarea|select|svg|template)\b/i;
const OPENING = 16;

/**
 * Puts what has emoji presentation into `<og-emoji>`. The text around it goes into one `<og-text>` with it: where a box
 * lays its children out one by one, a text stays one child.
 */
export function markEmoji(html: string): string {
  let marked = '';
  let at = 0;
  while (at < html.length) {
    const markup = html.indexOf('<', at);
    marked += markText(html.slice(at, markup < 0 ? undefined : markup));
    if (markup < 0) break;
    at = endOfMarkup(html, markup);
    marked += html.slice(markup, at);
  }
  return marked;
}

function markText(text: string): string {
  const runs = emojiRuns(text);
  if (!runs.some(({ emoji }) => emoji)) return text;
  const inner = runs.map((run) => (run.emoji ? `<og-emoji>${run.text}</og-emoji>` : run.text));
  return `<og-text>${inner.join('')}</og-text>`;
}

function endOfMarkup(html: string, at: number): number {
  if (html.startsWith('<!--', at)) return after(html, '-->', at);
  const [, name] = CLOSED.exec(html.slice(at, at + OPENING)) ?? [];
  return endOfTag(html, name === undefined ? at : after(html, `</${name}`, at));
}

function after(html: string, sign: string, from: number): number {
  const at = html.indexOf(sign, from);
  return at < 0 ? html.length : at + sign.length;
}

/** Past the ">" that is in no quotes. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at++) {
    const sign = html[at] ?? '';
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at + 1;
  }
  return html.length;
}
