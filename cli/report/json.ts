/** `--json`: exactly one document on stdout, however the run ends. */
import { OgError } from '../../function/contract.ts';
import type { ReportDocument } from './document.ts';
import type { Output } from './reporter.ts';

export interface JsonOutput {
  /** Prints the document, with what ended the run if something did. Only the first call prints. */
  print(document: () => ReportDocument, error?: unknown): void;
}

/** Without `--json`. */
export const noJson: JsonOutput = { print() {} };

function entry(error: unknown): { code: string; message: string; hint?: string } {
  if (error instanceof OgError) return { code: error.code, message: error.message, hint: error.hint };
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'interrupted', message: 'Interrupted.' };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

export function jsonOutput(output: Output): JsonOutput {
  let printed = false;
  return {
    print(document, error) {
      if (printed) return;
      printed = true;
      const whole = error === undefined ? document() : { ...document(), error: entry(error) };
      output.write(`${JSON.stringify(whole)}\n`);
    },
  };
}
