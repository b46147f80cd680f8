/** Errors of the deploy tool, each with the exit code it leads to. */
import { OgError } from '../function/contract.ts';

/** 1: the release failed. 2: wrong usage or inputs. 3: AWS refused us or could not be reached. 130: interrupted. */
const EXIT_CODES = {
  usage: 2,
  inputs: 2,
  policy: 2,
  pull_request: 2,
  not_replaced: 2,
  stopped: 2,
  image_missing: 1,
  docker: 1,
  smoke_failed: 1,
  url_failed: 1,
  update_failed: 1,
  conflict: 1,
  no_version: 1,
  timeout: 1,
  credentials: 3,
  forbidden: 3,
  throttled: 3,
  aws: 3,
  unreachable: 3,
  interrupted: 130,
} as const;

export type DeployErrorCode = keyof typeof EXIT_CODES;

export class DeployError extends OgError<DeployErrorCode> {
  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}
