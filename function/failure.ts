/** Anything thrown → the closed family of errors that leaves the function. */
import type { ZodError } from 'zod';
import { bounded, boundsProblem, clip } from './text/bound.ts';
import { FunctionError } from './contract.ts';
import type { ErrorCode, FailedResult } from './contract.ts';

/** Wrong fields that are reported, and characters of each. */
const FIELDS = 20;
const MESSAGE = 300;
/** Characters of one error's message in an answer. */
const ANSWER = 2000;

/** What a schema may look at of one post, or of a request without its posts. */
const BOUNDS = { depth: 32, values: 40_000 } as const;

/** Refuses what is too deep or too much for a schema. Throws `FunctionError` `bad_request`. */
export function refuseUnbounded(what: string, value: unknown): void {
  const problem = boundsProblem(value, BOUNDS);
  if (problem !== null)
    throw new FunctionError('bad_request', `${what} is not valid: ${problem}.`, 'Send less of it.');
}

/** Where a field stands, as a person would write it: `posts[3].title`. */
function fieldPath(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return clip(text, MESSAGE);
}

/** A schema's complaints as one sentence, and as `details` for programs: each wrong field with its path. */
export function invalid(code: ErrorCode, what: string, error: ZodError): FunctionError {
  const { issues } = error;
  // The schema's own error is not kept as the cause: it repeats what is here, and grows with the input.
  const fields = issues
    .slice(0, FIELDS)
    .map(({ path, message }) => ({ path: fieldPath(path), message: clip(message, MESSAGE) }));
  const sentence = fields
    .slice(0, 5)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  const more = issues.length > 5 ? `; and ${issues.length - 5} more` : '';
  return new FunctionError(code, `${what} is not valid: ${sentence}${more}.`, 'Correct the named fields.', {
    details: fields,
  });
}

/** The error itself when it is of our family, else `internal` with the cause kept for the log. */
export function toFunctionError(error: unknown): FunctionError {
  if (error instanceof FunctionError) return error;
  return new FunctionError('internal', 'Something broke inside the function.', 'Look into its log.', {
    cause: error,
  });
}

/** What the wire says of an error: what happened and what to do, never a stack, and bounded whatever the input was. */
export function wireError({ code, message, hint, details }: FunctionError): FailedResult['error'] {
  return {
    code,
    message: [clip(message, ANSWER), clip(hint, ANSWER)].filter(Boolean).join(' '),
    ...(details !== undefined && { details: bounded(details) }),
  };
}
