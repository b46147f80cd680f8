/** An error → what the page shows of it: file, line, cause and cure. */
import { posix } from 'node:path';
import { OgError } from '../../function/contract.ts';
import { SHARED } from '../../function/templates/shared.ts';
import { troubleKindOf } from '../report/kinds.ts';
import type { Problem } from '../scan/scan.ts';
import type { PreviewTrouble } from './api.ts';

/** A file with its line, as errors of the configuration write it. */
const PLACE = /^([^\n:]+):(\d+): /;
const LINE = /\bline (\d+)/;
/** A file of a template, as errors of templates name it. */
const IN_TEMPLATE = / in ([^\s:,"]+)(?:, line (\d+))?[:,]/;

const lineIn = (text: string): number | null => {
  const found = LINE.exec(text);
  return found === null ? null : Number(found[1]);
};

/** Of any error. `folder`: the template that was drawn, as a person would name its folder. */
export function troubleOf(error: unknown, folder?: string): PreviewTrouble {
  if (!(error instanceof OgError))
    return { code: 'internal', message: messageOf(error), hint: '', file: null, line: null };
  const { code, message, hint } = error;
  if (code === 'template_failed' && folder !== undefined) {
    const [, part, line] = IN_TEMPLATE.exec(message) ?? [];
    return {
      code,
      message,
      hint,
      file: part === undefined ? folder : posix.join(folder, part.startsWith(SHARED) ? '..' : '', part),
      line: line === undefined ? null : Number(line),
    };
  }
  const [, file, line] = PLACE.exec(message) ?? [];
  if (file !== undefined) return { code, message, hint, file, line: Number(line) };
  return { code, message, hint, file: folder ?? null, line: lineIn(message) };
}

/** Of a file that can be no post now. */
export function troubleOfProblem({ file, code, message }: Problem): PreviewTrouble {
  return { code, message, hint: troubleKindOf(code).cure ?? '', file, line: lineIn(message) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
