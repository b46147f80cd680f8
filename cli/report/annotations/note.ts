/** What went wrong in a run, or should be looked at → notes for a review, the most important first. Pure. */
import { isWarning, OgError } from '../../../function/contract.ts';
import { FINDINGS } from '../../pages/findings.ts';
import type { Finding, Severity } from '../../pages/findings.ts';
import type { ReportDocument } from '../document.ts';
import { troubleKindOf } from '../kinds.ts';
import { withoutFile } from '../trouble.ts';

export interface Note {
  severity: Severity;
  code: string;
  /** What the code is called. */
  name: string;
  /** Relative to the configuration's folder, with "/"; null where it is about no file. */
  file: string | null;
  message: string;
}

/** The notes of a run: problems and failed images are errors. `error`: what ended the run. */
export function notesOfRun({ images, problems }: ReportDocument, error?: unknown): Note[] {
  const notes: Note[] = problems.map(({ file, code, message }) =>
    noteOf('error', code, file, withoutFile(message, file)),
  );
  for (const { file, key, error: failure, warnings } of images) {
    const named = (message: string) => (file === null ? `${key}: ${message}` : message);
    if (failure !== null) notes.push(noteOf('error', failure.code, file, named(failure.message)));
    for (const { code, message } of warnings.filter(isWarning))
      notes.push(noteOf('warning', code, file, named(message)));
  }
  if (error instanceof OgError)
    notes.push({
      severity: 'error',
      code: error.code,
      name: 'the run ended early',
      file: null,
      message: `${error.message} ${error.hint}`,
    });
  return ranked(notes);
}

/** The notes of `check`; a page that is served has no file. */
export function notesOfFindings(findings: readonly Finding[], { served }: { served: boolean }): Note[] {
  return ranked(
    findings.map(({ code, severity, page, message }) => ({
      severity,
      code,
      name: FINDINGS[code][1],
      file: served ? null : page,
      message: served ? `${page} ${message}` : message,
    })),
  );
}

function noteOf(severity: Severity, code: string, file: string | null, message: string): Note {
  return { severity, code, name: troubleKindOf(code).name, file, message };
}

/** Errors first; of each, the rarest kind first, as in every report; then by file. */
function ranked(notes: readonly Note[]): Note[] {
  // Images of one post in several sizes have the same to say.
  const distinct = [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
  const kinds = Map.groupBy(distinct, ({ code }) => code);
  const many = ({ code }: Note) => kinds.get(code)?.length ?? 0;
  return distinct.sort(
    (one, other) =>
      Number(one.severity === 'warning') - Number(other.severity === 'warning') ||
      many(one) - many(other) ||
      compare(one.code, other.code) ||
      compare(one.file ?? '', other.file ?? ''),
  );
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
