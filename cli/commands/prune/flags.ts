/** The flags of `og-sync prune`. */
import { defineVerb, duration, postFlags } from '../verb.ts';
import type { PostFlags } from '../verb.ts';

export interface PruneFlags extends PostFlags {
  /** ms */
  olderThan?: number;
  dryRun?: boolean;
  yes?: boolean;
}

export const pruneVerb = defineVerb<PruneFlags>('prune', {
  declare: (command) =>
    postFlags(command)
      .description('delete stored images that no post claims any more')
      .option('--older-than <time>', 'spare orphans younger than this (default: 7d)', duration)
      .option('--dry-run', 'print what would be deleted')
      .option('-y, --yes', 'do not ask'),
  load: async () => (await import('./prune.ts')).pruneCommand,
});
