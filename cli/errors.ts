/** Errors of the command line: those that end a run, each with its exit code, and those of one post. */
import { FunctionError, OgError } from '../function/errors.ts';
import type { ErrorCode } from '../function/errors.ts';

/** 2: wrong usage or configuration. 3: the store or the function could not be reached, or refused us. */
const EXIT_CODES = {
  usage: 2,
  config_missing: 2,
  config_broken: 2,
  config_invalid: 2,
  no_posts: 2,
  duplicate_key: 2,
  unknown_template: 2,
  store_mismatch: 2,
  unwritable: 3,
  store_unavailable: 3,
  store_refused: 3,
  function_unreachable: 3,
  function_refused: 3,
  not_a_function: 3,
  credentials: 3,
} as const;

export type CliErrorCode = keyof typeof EXIT_CODES;

export class CliError extends OgError<CliErrorCode> {
  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

export type PostErrorCode =
  | 'unreadable'
  | 'encoding'
  | 'front_matter_open'
  | 'front_matter_too_large'
  | 'front_matter_language'
  | 'front_matter_invalid'
  | 'no_title'
  | 'invalid_post'
  | 'invalid_slug'
  | 'map_failed'
  | 'template_threw'
  | 'unknown_template'
  | 'missing_picture'
  | 'invalid_picture'
  | 'picture_unreachable'
  | 'unwritable'
  | 'odd_page';

/** What is wrong with one post, while the others go on. The message is printed after the file's name. */
export class PostError extends Error {
  readonly code: PostErrorCode;

  constructor(code: PostErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'PostError';
    this.code = code;
  }
}

export const INTERRUPTED = 130;

/** Ctrl-C or SIGTERM: the reason of the run's signal, and what the run ends with. */
export class InterruptedError extends Error {
  constructor() {
    super('Interrupted.');
    // As Node's own: `timers/promises` and `readline` end with an AbortError.
    this.name = 'AbortError';
  }
}

/** Errors of the function family that mean: out of reach, or refused. The rest is wrong input. */
const UNREACHED: ReadonlySet<ErrorCode> = new Set([
  'store_unavailable',
  'store_refused',
  'browser_unavailable',
]);

/** The exit code of a run that this error has ended. */
export function exitCodeOf(error: unknown): number {
  // Of the CLI, and of what it uses of the deploy tool.
  if (error instanceof OgError && 'exitCode' in error) return Number(error.exitCode);
  if (error instanceof InterruptedError) return INTERRUPTED;
  if (error instanceof FunctionError) return UNREACHED.has(error.code) ? 3 : 2;
  return 1;
}
