/**
 * The code that runs inside the page, over the protocol: the page's own scripts are switched off. Each function is sent
 * as its source text, so it may call only what is sent along; `assemble` ties them together there.
 */
import { FIT, fit } from './fit.ts';
import type { Inspection } from './inspect.ts';
import { INSPECT, inspect } from './inspect.ts';
import type { PageState } from './swap.ts';
import { WORDS, hang, isBrokenOnce, markPhrases, setBreaking, soften, wideWords } from './words.ts';
import type { WordTools } from './words.ts';
import { SWAP, keep, pending, swap } from './swap.ts';

interface Parts {
  keep: typeof keep;
  swap: typeof swap;
  pending: typeof pending;
  fit: typeof fit;
  inspect: typeof inspect;
  soften: typeof soften;
  tools: WordTools;
}

/** What the page offers after loading. */
interface Stage {
  /** `fonts` are style rules to keep; `wanted` are characters to find. */
  show(body: string, fonts: string, wanted: readonly string[]): Inspection | Promise<Inspection>;
  /** The same card, once it is known where its long words break. */
  hyphenated(words: Readonly<Record<string, string>>, wanted: readonly string[]): Inspection;
}

function assemble(parts: Parts): Stage {
  const state: PageState = { sources: [] };
  const finish = (wanted: readonly string[]): Inspection | Promise<Inspection> => {
    const inspection = parts.inspect(parts.fit(parts.tools), wanted);
    // Layout is what makes a font of the document load, so only now can one be missing.
    const late = parts.pending();
    return late === null ? inspection : late.then(() => parts.inspect(parts.fit(parts.tools), wanted));
  };
  return {
    show(body, fonts, wanted) {
      parts.keep(fonts);
      parts.swap(state, body);
      const early = parts.pending();
      return early === null ? finish(wanted) : early.then(() => finish(wanted));
    },
    hyphenated(words, wanted) {
      parts.soften(words);
      return parts.inspect(parts.fit(parts.tools), wanted);
    },
  };
}

const FUNCTIONS = [...SWAP, ...WORDS, ...FIT, ...INSPECT, assemble];

const TOOLS: WordTools = { setBreaking, markPhrases, hang, wideWords, isBrokenOnce };
const tools = Object.entries(TOOLS).map(([key, { name }]) => `${key}:${name}`);

/** An expression whose value is the page's `Stage`. Names are asked for, since a bundler may change them. */
export const SCRIPT = `(()=>{${FUNCTIONS.map(String).join('\n')}
return ${assemble.name}({keep:${keep.name},swap:${swap.name},pending:${pending.name},fit:${fit.name},inspect:${inspect.name},soften:${soften.name},tools:{${tools.join()}}})})()`;

/** Calls `Stage.show` on the object that `SCRIPT` gave. */
export const SHOW = 'function(body,fonts,wanted){return this.show(body,fonts,wanted)}';

/** Calls `Stage.hyphenated` on it. */
export const HYPHENATED = 'function(words,wanted){return this.hyphenated(words,wanted)}';
