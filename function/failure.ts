/** Anything thrown → the closed family of errors that leaves the function. */
import type { ZodError } from 'zod';
import { FunctionError } from './contract.ts';
import type { ErrorCode, FailedResult } from './contract.ts';

/** Where a field stands, as a person would write it: `posts[3].title`. */
function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** A schema's complaints as one sentence, and as `details` for programs: each wrong field with its path. */
export function invalid(code: ErrorCode, what: string, error: ZodError): FunctionError {
  const fields = error.issues.map(({ path, message }) => ({ path: fieldPath(path), message }));
  const sentence = fields
    .slice(0, 5)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  const more = fields.length > 5 ? `; and ${fields.length - 5} more` : '';
  return new FunctionError(code, `${what} is not valid: ${sentence}${more}.`, 'Correct the named fields.', {
    cause: error,
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

/** What the wire says of an error: what happened and what to do, never a stack. */
export function wireError({ code, message, hint, details }: FunctionError): FailedResult['error'] {
  return {
    code,
    message: [message, hint].filter(Boolean).join(' '),
    ...(details !== undefined && { details }),
  };
}
