/** The flags of `og-sync doctor`. */
import { defineVerb, postFlags } from '../verb.ts';
import type { PostFlags } from '../verb.ts';

export type DoctorFlags = PostFlags;

export const doctorVerb = defineVerb<DoctorFlags>('doctor', {
  declare: (command) =>
    postFlags(command).description(
      'look at everything that a run needs, and say what to do where it is amiss',
    ),
  load: async () => (await import('./doctor.ts')).doctorCommand,
});
