/** `--json`: exactly one document on stdout, however the run ends. */
import { OgError } from '../../function/contract.ts';
import { InterruptedError } from '../errors.ts';
import type { ReportDocument } from './document.ts';
import type { ReportOutput } from './reporter.ts';

export interface JsonOutput {
  /** Names the document of the run under way: it is printed when the run is left at once. */
  track(document: () => ReportDocument): void;
  /** Prints the tracked document, else the given one, with what ended the run if something did. Only the first call prints. */
  print(document: () => object, error?: unknown): void;
}

/** Without `--json`. */
export const noJson: JsonOutput = { track() {}, print() {} };

function entry(error: unknown): { code: string; message: string; hint?: string } {
  if (error instanceof OgError) return { code: error.code, message: error.message, hint: error.hint };
  if (error instanceof InterruptedError) return { code: 'interrupted', message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** Inside of a string alone, where JSON has another way to write it: GitHub's runner would take "##[" for a command. */
const BRACKET = String.raw`##\u005b`;
/** Members of a list that are written together. */
const TOGETHER = 1_000;

/**
 * What JSON.stringify makes of an object, in parts: that of 100,000 images is 40 MB, and takes three times as much to be written whole.
 * No string is cut.
 */
function* jsonParts(whole: object): Generator<string> {
  let before = '{';
  for (const [name, value] of Object.entries(whole) as [string, unknown][]) {
    if (value === undefined) continue;
    const head = `${before}${JSON.stringify(name)}:`;
    before = ',';
    if (!Array.isArray(value)) {
      yield head + JSON.stringify(value);
      continue;
    }
    yield `${head}[`;
    for (let at = 0; at < value.length; at += TOGETHER)
      yield (at === 0 ? '' : ',') + JSON.stringify(value.slice(at, at + TOGETHER)).slice(1, -1);
    yield ']';
  }
  yield before === '{' ? '{}' : '}';
}

/** `redact` takes secrets out of the text. */
export function jsonOutput(output: ReportOutput, redact: (text: string) => string): JsonOutput {
  let printed = false;
  let tracked: (() => ReportDocument) | null = null;
  return {
    track(document) {
      tracked = document;
    },
    print(document, error) {
      if (printed) return;
      printed = true;
      const known = (tracked ?? document)();
      const whole = error === undefined ? known : { ...known, error: entry(error) };
      for (const part of jsonParts(whole)) output.write(redact(part.replaceAll('##[', BRACKET)));
      output.write('\n');
    },
  };
}
