/** Inline HTML → its text, and what its elements mean. Nothing of it is kept but text. */
import type { Mark, MarkKind } from '../../../function/text/marks.ts';
import { entities, htmlParsers } from './parsers.ts';

/** A text on one line without its markup, and what the markup meant. */
export interface Inline {
  text: string;
  marks: readonly Mark[];
}

/** Begins the name of an element that markdown made: no source holds it, so no source can close such an element. */
export const OURS = 'x\u0001';

const MEANINGS: ReadonlyMap<string, MarkKind> = new Map([
  ...(['code', 'kbd', 'samp', 'tt'] as const).map((name) => [name, 'code'] as const),
  ...(['em', 'i', 'cite', 'dfn', 'var'] as const).map((name) => [name, 'emphasis'] as const),
  ...(['strong', 'b'] as const).map((name) => [name, 'strong'] as const),
  ...(['s', 'del', 'strike'] as const).map((name) => [name, 'struck'] as const),
  ['sup', 'raised'],
  ['sub', 'lowered'],
  ...(['code', 'emphasis', 'strong', 'struck'] as const).map((kind) => [`${OURS}${kind}`, kind] as const),
]);
/** Elements that are never closed, and what is read in their place. */
const VOID: ReadonlyMap<string, string> = new Map([
  ['br', ' '],
  ['hr', ' '],
  ['img', ''],
  ['wbr', ''],
]);
const SILENT = new Set(['script', 'style', 'svg', 'template']);

/** A piece of the source: text, or a tag, which is text as long as nothing closes it. */
interface Piece {
  text: string;
  tag?: { name: string; opens: boolean; paired: boolean };
}

/** Elements with an end, and those that never have one, are markup; entities become signs. */
export function inlineOfHtml(html: string): Inline {
  return read(pairs(piecesOf(html)));
}

function piecesOf(html: string): Piece[] {
  const pieces: Piece[] = [];
  /** Where the source is that no piece holds yet. */
  let at = 0;
  let name = '';
  const text = (end: number, shown = html.slice(at, end)): void => {
    pieces.push({ text: shown });
    at = end;
  };
  const tag = (end: number, opens: boolean, paired: boolean): void => {
    pieces.push({ text: html.slice(at, end), tag: { name, opens, paired } });
    at = end;
  };
  /** What is never closed is no markup: text to the end. */
  const rest = (): void => text(html.length, entities().decodeHTML(html.slice(at)));
  const comment = (_start: number, end: number): void => {
    if (html[end] === '>') at = end + 1;
    else rest();
  };
  const { Tokenizer } = htmlParsers();
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext: (_start, end) => text(end),
      ontextentity: (codePoint, end) => text(end, String.fromCodePoint(codePoint)),
      onopentagname: (start, end) => (name = html.slice(start, end).toLowerCase()),
      onopentagend: (end) => tag(end + 1, true, VOID.has(name)),
      onselfclosingtag: (end) => tag(end + 1, true, true),
      onclosetag(start, end) {
        name = html.slice(start, end).toLowerCase();
        const close = html.indexOf('>', end);
        if (close >= 0) tag(close + 1, false, false);
      },
      oncomment: comment,
      oncdata: comment,
      ondeclaration: comment,
      onprocessinginstruction: comment,
      onattribname: () => undefined,
      onattribdata: () => undefined,
      onattribentity: () => undefined,
      onattribend: () => undefined,
      onend: () => undefined,
      // Elsewhere what follows "<title>" or "<script>" is no markup, and here they are words as often as elements.
      isInForeignContext: () => true,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  if (at < html.length) rest();
  return pieces;
}

/** Finds what opens and closes an element: the last of its name that is open. Elements may cross, as in a browser. */
function pairs(pieces: Piece[]): Piece[] {
  const open = new Map<string, NonNullable<Piece['tag']>[]>();
  for (const { tag } of pieces) {
    if (tag === undefined || tag.paired) continue;
    const waiting = open.get(tag.name) ?? [];
    if (tag.opens) {
      waiting.push(tag);
      open.set(tag.name, waiting);
      continue;
    }
    const opening = waiting.pop();
    if (opening === undefined) continue;
    opening.paired = true;
    tag.paired = true;
  }
  return pieces;
}

function read(pieces: readonly Piece[]): Inline {
  const words: string[] = [];
  let length = 0;
  let spaced = true;
  let silent = 0;
  const marks: Mark[] = [];
  const open = new Map<string, number[]>();
  /** On one line, with one space where there are several. */
  const add = (piece: string): void => {
    if (silent > 0 || piece === '') return;
    const one = piece.replaceAll(/\s+/g, ' ');
    const word = spaced ? one.replace(/^ /, '') : one;
    words.push(word);
    length += word.length;
    spaced = one.endsWith(' ');
  };
  for (const { text, tag } of pieces) {
    if (tag?.paired !== true) {
      add(text);
      continue;
    }
    const { name, opens } = tag;
    add(VOID.get(name) ?? '');
    if (text.endsWith('/>') || VOID.has(name)) continue;
    if (SILENT.has(name)) silent += opens ? 1 : -1;
    if (!opens) close(name);
    else if (open.get(name)?.push(length) === undefined) open.set(name, [length]);
  }
  const text = words.join('').trimEnd();
  return { text, marks: marks.map((mark) => ({ ...mark, to: Math.min(mark.to, text.length) })) };

  function close(name: string): void {
    const from = open.get(name)?.pop() ?? length;
    const kind = MEANINGS.get(name);
    if (kind !== undefined && from < length) marks.push({ kind, from, to: length });
  }
}
