/** The flags of `og-sync plan`. */
import { annotationFlags, defineVerb, postFlags } from '../verb.ts';
import type { AnnotationFlags, PostFlags } from '../verb.ts';

export interface PlanFlags extends PostFlags, AnnotationFlags {
  only?: string;
  force?: boolean;
  exitCode?: boolean;
  html?: string;
  markdown?: string;
  picturesUrl?: string;
}

export const planVerb = defineVerb<PlanFlags>('plan', {
  declare: (command) =>
    annotationFlags(postFlags(command))
      .description('print what sync would do, with an estimate of time and cost; change nothing')
      .option('--only <glob>', 'only posts whose slug or file matches')
      .option('--force', 'as if every image were to be made again')
      .option('--exit-code', 'exit with 1 if there is something to do')
      .option('--html <file>', 'draw what would change and write it beside what is there: one page')
      .option('--markdown <file>', 'the same as a summary in Markdown')
      .option(
        '--pictures-url <url>',
        'with --markdown: the address at which the folder of its pictures will be published',
      ),
  load: async () => {
    const { planCommand } = await import('./plan.ts');
    return async (shell) => await planCommand(shell, { diff: shell.flags.verbose === true });
  },
});
