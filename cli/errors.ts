/** Errors of the command line, each with the exit code it leads to. */
import { OgError } from '../function/contract.ts';

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
