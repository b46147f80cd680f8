/**
 * htmlparser2's tokenizer, reading end tags as browsers do: it ends one at the first ">", also within quotes. Where that is too early, a
 * fresh tokenizer goes on behind the tag.
 */
import { Tokenizer } from 'htmlparser2';
import type { TokenizerCallbacks } from 'htmlparser2';
import { endOfEndTag } from './end-tag.ts';

/** `onclosetag` has the end of the whole tag besides. */
export interface TokenHandlers extends Omit<TokenizerCallbacks, 'onclosetag'> {
  onclosetag(start: number, end: number, tagEnd: number): void;
}

export interface Tokens {
  /** Nothing more is read. */
  pause(): void;
  /** Reads it, `whole` or the beginning of more. Returns whether it was read to its end. */
  read(text: string, whole: boolean): boolean;
}

export function createTokens(handlers: TokenHandlers): Tokens {
  let tokenizer: Tokenizer | null = null;
  let isPaused = false;

  function pause(): void {
    isPaused = true;
    tokenizer?.pause();
  }

  /** Reads from `from`; returns where to go on with a fresh tokenizer, null when there is nothing more. */
  function readFrom(from: number, text: string, whole: boolean): number | null {
    let next: number | null = null;
    // A paused tokenizer still reports what it has just read.
    const isOver = (): boolean => next !== null;
    const shifted = (handler: (start: number, end: number) => void) => (start: number, end: number) => {
      if (!isOver()) handler(start + from, end + from);
    };
    tokenizer = new Tokenizer(
      { decodeEntities: false },
      {
        ...handlers,
        onopentagname: shifted(handlers.onopentagname),
        onattribname: shifted(handlers.onattribname),
        onattribdata: shifted(handlers.onattribdata),
        onattribend: (quote, end) => (isOver() ? undefined : handlers.onattribend(quote, end + from)),
        onopentagend: (end) => (isOver() ? undefined : handlers.onopentagend(end + from)),
        onselfclosingtag: (end) => (isOver() ? undefined : handlers.onselfclosingtag(end + from)),
        ontext: shifted(handlers.ontext),
        ondeclaration: shifted(handlers.ondeclaration),
        onprocessinginstruction: shifted(handlers.onprocessinginstruction),
        oncomment: (start, end, offset) =>
          isOver() ? undefined : handlers.oncomment(start + from, end + from, offset),
        oncdata: (start, end, offset) =>
          isOver() ? undefined : handlers.oncdata(start + from, end + from, offset),
        onclosetag(start, end) {
          if (isOver()) return;
          const tagEnd = endOfEndTag(text, end + from);
          // A tag without an end is none, and neither is what follows it.
          if (tagEnd < 0) next = text.length;
          else {
            if (tagEnd > text.indexOf('>', end + from) + 1) next = tagEnd;
            handlers.onclosetag(start + from, end + from, tagEnd);
          }
          if (next !== null) tokenizer?.pause();
        },
      },
    );
    tokenizer.write(from === 0 ? text : text.slice(from));
    if (next === null && !isPaused && whole) tokenizer.end();
    return isPaused ? null : next;
  }

  return {
    pause,
    read(text, whole) {
      for (let from: number | null = 0; from !== null && from <= text.length;) {
        from = readFrom(from, text, whole);
      }
      return !isPaused;
    },
  };
}
