/** The flags of `og-sync [sync]`. */
import { annotationFlags, defineVerb, duration, postFlags } from '../verb.ts';
import type { AnnotationFlags, PostFlags } from '../verb.ts';

export interface SyncFlags extends PostFlags, AnnotationFlags {
  manifest?: string;
  only?: string;
  force?: boolean;
  prune?: boolean;
  /** ms */
  olderThan?: number;
  yes?: boolean;
  dryRun?: boolean;
  strict?: boolean;
}

export const syncVerb = defineVerb<SyncFlags>('sync', {
  isDefault: true,
  declare: (command) =>
    annotationFlags(postFlags(command))
      .description('make what is missing or changed (the default)')
      .option('--manifest <file>', 'write a manifest: slug → url, key, size, alt, fingerprint')
      .option('--only <glob>', 'only posts whose slug or file matches')
      .option('--force', 'make every image again')
      .option('--prune', 'delete orphans afterwards')
      .option('--older-than <time>', 'with --prune: spare orphans younger than this (default: 7d)', duration)
      .option('-y, --yes', 'with --prune: do not ask')
      .option('--dry-run', 'print what would be done (as "plan")')
      .option('--strict', 'exit with 1 if an image has a warning'),
  load: async () => (await import('./sync.ts')).syncCommand,
});
