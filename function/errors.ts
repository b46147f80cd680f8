/** Errors of the function, by code. Stands alone and loads nothing: what `og-sync` exports must cost no run anything. */

/** Every error the function can answer or report for one post. `retryable`: the same request may succeed later. */
export const ERRORS = {
  bad_request: { status: 400, retryable: false },
  invalid_json: { status: 400, retryable: false },
  invalid_slug: { status: 400, retryable: false },
  invalid_key: { status: 400, retryable: false },
  invalid_image: { status: 400, retryable: false },
  duplicate_key: { status: 400, retryable: false },
  unknown_template: { status: 400, retryable: false },
  template_failed: { status: 400, retryable: false },
  fingerprint_mismatch: { status: 409, retryable: false },
  unauthorized: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  too_large: { status: 413, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  render_failed: { status: 500, retryable: true },
  render_timeout: { status: 500, retryable: true },
  internal: { status: 500, retryable: true },
  store_unavailable: { status: 503, retryable: true },
  store_refused: { status: 503, retryable: false },
  browser_unavailable: { status: 503, retryable: true },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Whether the same request may succeed later. A code of a newer version is taken for final. */
export function isRetryable(code: string): boolean {
  return Object.hasOwn(ERRORS, code) && ERRORS[code as ErrorCode].retryable;
}

/**
 * Base of every error a user may meet. `message` says what happened, `hint` what to do about it; `code` is from a
 * closed list of the family (function, CLI, deploy). The cause is kept for `--verbose`.
 */
export abstract class OgError<Code extends string> extends Error {
  readonly code: Code;
  readonly hint: string;
  readonly details: unknown;

  constructor(
    code: Code,
    message: string,
    hint: string,
    options: { cause?: unknown; details?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = hint;
    this.details = options.details;
  }
}

/** An error of the function: a request refused, or one post that failed. */
export class FunctionError extends OgError<ErrorCode> {
  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}
