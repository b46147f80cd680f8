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
      // Inside of a string alone, where JSON has another way to write it: GitHub's runner would take it for a command.
      const text = JSON.stringify(whole).replaceAll('##[', String.raw`##\u005b`);
      output.write(`${redact(text)}\n`);
    },
  };
}
