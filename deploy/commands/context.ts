/** What a person sees of a run: a line on standard error for each step that begins, and warnings. */
import { newRun } from '../apply/context.ts';
import type { Context } from '../apply/context.ts';
import type { Aws } from '../aws/client.ts';
import type { DeployShell } from '../shell.ts';
import type { Wanted } from '../wanted/wanted.ts';

export function contextOf(
  shell: DeployShell,
  aws: Aws,
  wanted: Wanted,
  { proving = true, push = () => Promise.resolve() }: Partial<Pick<Context, 'proving' | 'push'>> = {},
): Context {
  return {
    aws,
    wanted,
    proving,
    push,
    begin: ({ id, resource, reason }) => shell.err(`• ${id}  ${resource}\n    ${reason}\n`),
    warn: (text) => shell.err(`WARNING: ${text}\n`),
    run: newRun(),
  };
}
