/** An error → what the user reads: what happened and what to do; the stack only when asked for. */
import type { Colors } from './colors.ts';
import { OgError } from '../../function/contract.ts';
import { safeLines } from './format.ts';

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && chain.length < 8; at = at instanceof Error ? at.cause : undefined)
    chain.push(at);
  return chain;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Lines without a stack; with `verbose`, the stack of the error and of each of its causes. */
export function failureLines(
  error: unknown,
  options: { colors: Colors; verbose: boolean; redact: (text: string) => string },
): string[] {
  const { colors, verbose, redact } = options;
  const message = error instanceof Error ? error.message : String(error);
  const lines = [`${colors.red('✖')} ${safeLines(message)}`];
  if (error instanceof OgError) lines.push(`  ${safeLines(error.hint)}`);
  else lines.push('  This should not happen: please report it, with the output of --verbose.');
  if (verbose)
    for (const [depth, cause] of causes(error).entries())
      lines.push(colors.dim(`${depth === 0 ? '' : 'Caused by: '}${safeLines(stackOf(cause))}`));
  return lines.map(redact);
}
