/** The flags of `og-sync preview`. */
import { commonFlags, defineVerb, wholeNumber } from '../verb.ts';
import type { PostFlags } from '../verb.ts';

export interface PreviewFlags extends PostFlags {
  port?: number;
}

export const previewVerb = defineVerb<PreviewFlags>('preview', {
  declare: (command) =>
    commonFlags(command)
      .description('look at every card, at the templates, and at what networks show of them')
      .option('-p, --port <n>', 'port; 0: any free one (default: 4114, or a free one)', wholeNumber)
      .option('--content <glob>', 'where the markdown is: a folder or a glob; repeatable', repeated)
      .option('--pages <dir>', 'the built site: its pages are read')
      .option('--site-url <url>', 'the address of the site')
      .option('--store <address>', 'the store to compare with: a folder, or s3://bucket/prefix'),
  load: async () => (await import('./preview.ts')).previewCommand,
});

function repeated(text: string, before: string[] = []): string[] {
  return [...before, text];
}
