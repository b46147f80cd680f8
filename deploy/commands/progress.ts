/** A line on standard error for each step that begins. */
import type { Shell } from '../shell.ts';
import type { Step } from '../plan/step.ts';

export function progress(shell: Shell): (step: Step) => void {
  return ({ id, resource, reason }) => shell.err(`• ${id}  ${resource}\n    ${reason}\n`);
}
