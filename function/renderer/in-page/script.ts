/**
 * The code that runs inside the page, over the protocol: the page's own scripts are switched off. Each function is sent
 * as its source text, so it may call only what is sent along; `assemble` ties them together there.
 */
import { FIT, fit } from './fit.ts';
import { CONTRAST, channelLuminances, contrastIn, contrastOver, inkOf, isWeakIn } from './contrast.ts';
import { GROUND, colourOf, keyOf, opacityOf, partsOf, piecesOf } from './ground.ts';
import type { Finding, Inspection, LintTools } from './inspect.ts';
import { INSPECT, findingsOf, inspect } from './inspect.ts';
import type { Grounds, JudgeTools, Judgement } from './judge.ts';
import { JUDGE, decide, isUndecided, judge, openGrounds } from './judge.ts';
import { LINT, distinct, isOff, nearEdges, smallText } from './lint.ts';
import { RUNS, pseudoRuns, pseudosOf, runOf } from './runs.ts';
import { VEIL, fillBoxes, hideLetters, readPixels, showOnly } from './veil.ts';
import type { PageState } from './swap.ts';
import { WORDS, hang, isBrokenOnce, markPhrases, setBreaking, soften, wideWords } from './words.ts';
import type { WordTools } from './words.ts';
import { SWAP, keep, pending, swap } from './swap.ts';

/** What is handed over, since no function that runs in the page may refer to another file. */
const PARTS = {
  keep,
  swap,
  pending,
  fit,
  inspect,
  soften,
  findingsOf,
  openGrounds,
  judge,
  isUndecided,
  decide,
};
const WORD_TOOLS: WordTools = { setBreaking, markPhrases, hang, wideWords, isBrokenOnce };
const LINT_TOOLS: LintTools = { pseudosOf, pseudoRuns, runOf, smallText, nearEdges, distinct };
const JUDGE_TOOLS: JudgeTools = {
  channelLuminances,
  contrastIn,
  isWeakIn,
  contrastOver,
  inkOf,
  colourOf,
  opacityOf,
  partsOf,
  piecesOf,
  keyOf,
  isOff,
  fillBoxes,
  hideLetters,
  readPixels,
  showOnly,
};

interface Parts {
  parts: typeof PARTS;
  words: WordTools;
  lint: LintTools;
  judging: JudgeTools;
}

/** Findings, or null where the page waits for a picture of what it shows now. */
export type Decision = Finding[] | null;

/** What the page offers after loading. */
interface Stage {
  /** `fonts` are style rules to keep; `wanted` are characters to find. */
  show(body: string, fonts: string, wanted: readonly string[]): Inspection | Promise<Inspection>;
  /** The same card, once it is known where its long words break. */
  hyphenated(words: Readonly<Record<string, string>>, wanted: readonly string[]): Inspection;
  /** What the last card left undecided; from the second call on with the picture that was waited for. */
  decide(jpeg: string): Promise<Decision>;
}

function assemble({ parts, words: tools, lint, judging }: Parts): Stage {
  const state: PageState = { sources: [] };
  let grounds: Grounds | null = null;
  let judgement: Judgement | null = null;
  let deciding: ReturnType<typeof decide> | null = null;
  const look = (wanted: readonly string[]): Inspection => {
    const { inspection, runs, pseudos } = parts.inspect(parts.fit(tools), wanted, lint);
    grounds ??= parts.openGrounds(judging);
    judgement = parts.judge(runs, pseudos, grounds, judging);
    deciding = null;
    return { ...inspection, isUndecided: parts.isUndecided(judgement) };
  };
  const finish = (wanted: readonly string[]): Inspection | Promise<Inspection> => {
    const inspection = look(wanted);
    // Layout is what makes a font of the document load, so only now can one be missing.
    const late = parts.pending();
    return late === null ? inspection : late.then(() => look(wanted));
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
      return look(wanted);
    },
    async decide(jpeg) {
      if (judgement === null || grounds === null) return [];
      deciding ??= parts.decide(judgement, grounds, judging);
      const { done, value } = await deciding.next(jpeg);
      return done === true ? parts.findingsOf(value, lint) : null;
    },
  };
}

const FUNCTIONS = [
  ...SWAP,
  ...WORDS,
  ...FIT,
  ...RUNS,
  ...LINT,
  ...INSPECT,
  ...GROUND,
  ...CONTRAST,
  ...VEIL,
  ...JUDGE,
  assemble,
];

/** An object of these functions, by what they are called in the page. */
function handed(functions: Readonly<Record<string, { name: string }>>): string {
  return `{${Object.entries(functions)
    .map(([key, { name }]) => `${key}:${name}`)
    .join()}}`;
}

/** An expression whose value is the page's `Stage`. Names are asked for, since a bundler may change them. */
export const SCRIPT = `(()=>{${FUNCTIONS.map(String).join('\n')}
return ${assemble.name}({parts:${handed(PARTS)},words:${handed({ ...WORD_TOOLS })},lint:${handed({ ...LINT_TOOLS })},judging:${handed({ ...JUDGE_TOOLS })}})})()`;

/** Calls `Stage.show` on the object that `SCRIPT` gave. */
export const SHOW = 'function(body,fonts,wanted){return this.show(body,fonts,wanted)}';

/** Calls `Stage.decide` on it. */
export const DECIDE = 'function(jpeg){return this.decide(jpeg)}';

/** Calls `Stage.hyphenated` on it. */
export const HYPHENATED = 'function(words,wanted){return this.hyphenated(words,wanted)}';
