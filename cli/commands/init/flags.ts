/** The flags of `og-sync init`. */
import { commonFlags, defineVerb } from '../verb.ts';
import type { CommonFlags } from '../verb.ts';

export interface InitFlags extends CommonFlags {
  yes?: boolean;
  dryRun?: boolean;
  preset?: string;
  siteName?: string;
  siteUrl?: string;
  pages?: string;
  before?: boolean;
  store?: string;
  publicUrl?: string;
  template?: string;
}

export const initVerb = defineVerb<InitFlags>('init', {
  declare: (command) =>
    commonFlags(command)
      .description('set og-sync up for the site in this folder: asks, shows what it would write, then writes')
      .option('-y, --yes', 'ask nothing: take what is recognised and what the flags say')
      .option('--dry-run', 'print what would be written, and write nothing')
      .option('--preset <name>', 'the generator of the site (default: recognised), or none')
      .option('--site-name <name>', 'the name of the site')
      .option('--site-url <url>', 'the address of the site')
      .option('--pages <folder>', 'the folder that the build writes the site to')
      .option('--before', 'make the images before the build, from the markdown')
      .option('--store <address>', 'where images go: a folder, or s3://bucket/prefix')
      .option('--public-url <url>', 'the address that the images are served from')
      .option('--template <name>', 'the template of the cards (default: default)'),
  load: async () => (await import('./init.ts')).initCommand,
});
