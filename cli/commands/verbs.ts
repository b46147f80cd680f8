/** All verbs, in the order the help lists them. Add one here. */
import { check } from './check/flags.ts';
import { init } from './init/flags.ts';
import { plan } from './plan/flags.ts';
import { preview } from './preview/flags.ts';
import { prune } from './prune/flags.ts';
import { serve } from './serve/flags.ts';
import { sync } from './sync/flags.ts';
import type { Verb } from './verb.ts';

/** The verb that runs when none is named. */
export const DEFAULT_VERB: Verb = sync;

export const VERBS: readonly Verb[] = [sync, plan, prune, preview, check, init, serve];
