/** The flags of `og-sync check`. */
import { annotationFlags, defineVerb, postFlags } from '../verb.ts';
import type { AnnotationFlags, PostFlags } from '../verb.ts';

export interface CheckFlags extends PostFlags, AnnotationFlags {
  fix?: boolean;
  url?: string;
}

export const checkVerb = defineVerb<CheckFlags>('check', {
  declare: (command) =>
    annotationFlags(postFlags(command))
      .description('look at the tags and the images of a built site, or of one that is served')
      .argument('[dir]', 'the folder of the built site (default: pages of the configuration)')
      .option('--fix', 'write the tags first (as inject)')
      .option('--url <url>', 'a site that is served: its address, or a sitemap (address or file)'),
  load: async () => (await import('./check.ts')).checkCommand,
});
