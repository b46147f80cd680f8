/** All verbs, in the order the help lists them. Add one here. */
import { checkVerb } from './check/flags.ts';
import { completionVerb } from './completion/flags.ts';
import { doctorVerb } from './doctor/flags.ts';
import { initVerb } from './init/flags.ts';
import { planVerb } from './plan/flags.ts';
import { previewVerb } from './preview/flags.ts';
import { pruneVerb } from './prune/flags.ts';
import { serveVerb } from './serve/flags.ts';
import { syncVerb } from './sync/flags.ts';
import { templateVerb } from './template/flags.ts';
import type { Verb } from './verb.ts';

/** The verb that runs when none is named. */
export const DEFAULT_VERB: Verb = syncVerb;

export const VERBS: readonly Verb[] = [
  syncVerb,
  planVerb,
  pruneVerb,
  previewVerb,
  checkVerb,
  initVerb,
  serveVerb,
  templateVerb,
  doctorVerb,
  completionVerb,
];
