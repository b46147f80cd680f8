/** A CI that shows what a run found where the change is reviewed. */
import type { Environment } from '../../../config/settings.ts';
import type { ReportOutput } from '../../reporter.ts';
import type { Review } from '../review.ts';

interface Place {
  environment: Environment;
  /** What the CI reads commands from; no results of the run stand there. */
  log: ReportOutput;
  /** Where a code quality report is written; undefined: where the CI looks for it. */
  codeQuality: string | undefined;
  /** Aborted when publishing has taken long enough. */
  signal: AbortSignal;
}

export interface Ci {
  name: string;
  /** Whether the environment is that of a job of this CI. */
  isHere(environment: Environment): boolean;
  /** Where the job has the repository. */
  root(environment: Environment): string | undefined;
  /** Throws an Error whose message says why a review could not be published. */
  publish(review: Review, place: Place): Promise<void>;
}

/** The value of a variable that the CI sets in every job. Throws when it did not. */
export function variable(environment: Environment, name: string): string {
  const value = environment[name]?.trim();
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
