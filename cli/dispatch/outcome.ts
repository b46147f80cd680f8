/** A reply or a network error → what it means for the posts of the batch. Pure. */
import { ERRORS, failureSchema, isRetryable } from '../../function/contract.ts';
import type { z } from 'zod';
import type { Failure } from '../../function/contract.ts';
import { CliError } from '../errors.ts';
import { retryAfterMs } from './backoff.ts';
import { NetworkError } from './request.ts';
import type { Reply } from './request.ts';

export type SendOutcome<T> =
  | { kind: 'answered'; value: T }
  /** Turned away before anything was done. */
  | { kind: 'busy'; reason: string; askedMs: number | null }
  /** Not sent at all. */
  | { kind: 'unreached'; reason: string; cause: unknown }
  /** Perhaps done, perhaps in part, perhaps not. */
  | { kind: 'unknown'; reason: string; askedMs: number | null; timedOut: boolean; ours: boolean }
  | { kind: 'too_large'; reason: string }
  /** The credentials may have grown old on the way. */
  | { kind: 'expired'; error: CliError }
  /** Sending it again would change nothing. */
  | { kind: 'refused'; error: CliError };

const EXPIRED = /expired|security token|InvalidSignature|signature/i;

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lambda's own refusals: `{"Message": …}`. */
function lambdaMessage(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const message = 'Message' in body ? body.Message : 'message' in body ? body.message : null;
  return typeof message === 'string' ? message : null;
}

function refused(where: string, what: string, hint: string): SendOutcome<never> {
  return {
    kind: 'refused',
    error: new CliError('function_refused', `The function at ${where} refused: ${what}.`, hint),
  };
}

function notOurs(where: string, reply: Reply): CliError {
  const got = reply.type === '' ? 'no content type' : reply.type;
  return new CliError(
    'not_a_function',
    `${where} answered HTTP ${reply.status} with ${got}, which is not og-sync's function: ${JSON.stringify(excerpt(reply.text))}.`,
    'Check the Function URL (--function, OG_FUNCTION_URL, "function" in the config); "og-deploy status" prints the right one.',
  );
}

function forbidden(where: string, message: string | null): CliError {
  return new CliError(
    'function_refused',
    `The function at ${where} refused us (403${message === null ? '' : `: ${message}`}).`,
    'The caller needs both lambda:InvokeFunctionUrl and lambda:InvokeFunction on the function; the URL checks the two. Check also which credentials this build has, and its clock.',
  );
}

function failure(
  where: string,
  { error }: Failure,
  { status, askedMs }: { status: number; askedMs: number | null },
): SendOutcome<never> {
  const reason = `${error.code}: ${error.message}`;
  if (error.code === 'too_large') return { kind: 'too_large', reason };
  if (error.code === 'unauthorized')
    return refused(
      where,
      reason,
      'Put the function\'s token into OG_FUNCTION_TOKEN and set auth to "token".',
    );
  if (error.code === 'forbidden') return { kind: 'refused', error: forbidden(where, error.message) };
  if (error.code === 'store_refused')
    return {
      kind: 'refused',
      error: new CliError(
        'store_refused',
        `The function at ${where} may not write to its store: ${error.message}`,
        "Give the function's role s3:PutObject on the bucket and prefix it writes to.",
      ),
    };
  // A code of a newer function is not known here: its status says whether to try again.
  const retryable = Object.hasOwn(ERRORS, error.code) ? isRetryable(error.code) : status >= 500;
  if (retryable) return { kind: 'unknown', reason, askedMs, timedOut: false, ours: true };
  return refused(
    where,
    reason,
    'If it was deployed from another version of og-sync, deploy it again from this one.',
  );
}

/** Says what a reply means. `schema` is what a good answer looks like; `now` ms epoch. */
export function outcomeOf<T>(where: string, reply: Reply, schema: z.ZodType<T>, now: number): SendOutcome<T> {
  const body = json(reply.text);
  const askedMs = retryAfterMs(reply.retryAfter, now);
  if (reply.status === 200) {
    const answer = schema.safeParse(body);
    if (answer.success) return { kind: 'answered', value: answer.data };
    const reason =
      body === undefined
        ? `an answer that is not whole JSON (${reply.type})`
        : "an answer that is not og-sync's";
    return { kind: 'unknown', reason, askedMs, timedOut: false, ours: false };
  }
  if (reply.status === 429) return { kind: 'busy', reason: 'HTTP 429, too many requests', askedMs };
  const known = failureSchema.safeParse(body);
  if (known.success) return failure(where, known.data, { status: reply.status, askedMs });
  if (reply.status >= 500)
    return { kind: 'unknown', reason: `HTTP ${reply.status}`, askedMs, timedOut: false, ours: true };
  if (reply.status === 413) return { kind: 'too_large', reason: 'HTTP 413' };
  const message = lambdaMessage(body);
  if (reply.status === 403) {
    const error = forbidden(where, message);
    return message !== null && EXPIRED.test(message)
      ? { kind: 'expired', error }
      : { kind: 'refused', error };
  }
  if (reply.status === 401)
    return refused(
      where,
      'HTTP 401',
      'Put the function\'s token into OG_FUNCTION_TOKEN and set auth to "token".',
    );
  return { kind: 'refused', error: notOurs(where, reply) };
}

/** Says what a failed exchange means; what is no network error is thrown on. */
export function outcomeOfError(error: unknown): SendOutcome<never> {
  if (!(error instanceof NetworkError)) throw error;
  if (!error.reached) return { kind: 'unreached', reason: error.message, cause: error };
  return { kind: 'unknown', reason: error.message, askedMs: null, timedOut: error.timedOut, ours: true };
}
