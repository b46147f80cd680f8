/** Every CI that shows annotations. To add one: a file beside this one, and a line here. */
import type { Environment } from '../../../config/settings.ts';
import { bitbucket } from './bitbucket.ts';
import type { Ci } from './ci.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';

const CIS: readonly Ci[] = [bitbucket, github, gitlab];

/** The CI that runs this job, or null. */
export function ciOf(environment: Environment): Ci | null {
  return CIS.find((ci) => ci.isHere(environment)) ?? null;
}
