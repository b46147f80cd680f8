/** The flags of `og-sync plan`. */
import { annotationFlags, defineVerb, postFlags } from '../verb.ts';
import type { AnnotationFlags, PostFlags } from '../verb.ts';

export interface PlanFlags extends PostFlags, AnnotationFlags {
  only?: string;
  force?: boolean;
  exitCode?: boolean;
}

export const planVerb = defineVerb<PlanFlags>('plan', {
  declare: (command) =>
    annotationFlags(postFlags(command))
      .description('print what sync would do, with an estimate of time and cost; change nothing')
      .option('--only <glob>', 'only posts whose slug or file matches')
      .option('--force', 'as if every image were to be made again')
      .option('--exit-code', 'exit with 1 if there is something to do'),
  load: async () => {
    const { planCommand } = await import('./plan.ts');
    return async (shell) => await planCommand(shell, { diff: shell.flags.verbose === true });
  },
});
