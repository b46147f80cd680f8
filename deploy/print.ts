/** What a person reads: plans, results, errors. Pure; the machine's form is beside it. */
import { OgError } from '../function/contract.ts';
import type { Step } from './plan/step.ts';

const MARKS: Record<Step['action'], string> = {
  create: '+',
  update: '~',
  delete: '-',
  push: '>',
  publish: '>',
  test: '?',
};

/** A plan, a step in two or more lines. */
export function planText(steps: readonly Step[], title: string): string {
  if (steps.length === 0) return `${title}: nothing to do, everything is as wanted.\n`;
  const lines = [`${title}: ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`, ''];
  for (const { id, action, resource, reason, change } of steps) {
    lines.push(`${MARKS[action]} ${id}`, `    ${resource}`, `    because ${reason}`);
    for (const [name, { from, to }] of Object.entries(change))
      lines.push(
        `      ${name}: ${from === null ? '' : `${shown(from)} → `}${to === null ? '(none)' : shown(to)}`,
      );
  }
  return `${lines.join('\n')}\n`;
}

/** The plan as one JSON document: what a person reads, and nothing of how it is done. */
export function planJson(steps: readonly Step[]): string {
  const shownSteps = steps.map(({ id, action, resource, reason, change }) => ({
    id,
    action,
    resource,
    reason,
    change,
  }));
  return `${JSON.stringify({ steps: shownSteps }, null, 2)}\n`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Two columns. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('');
}

/** What happened and what to do; a stack trace is for nobody but whoever asks for it with --verbose. */
export function errorText(error: unknown, verbose: boolean): string {
  const text =
    error instanceof OgError
      ? `error: ${error.message}\n${error.hint === '' ? '' : `  → ${error.hint}\n`}`
      : `error: ${error instanceof Error ? error.message : String(error)}\n  → This is a fault of og-deploy. Run it again with --verbose and report what it prints.\n`;
  return verbose && error instanceof Error ? `${text}\n${error.stack ?? ''}\n${causes(error)}` : text;
}

function causes(error: Error): string {
  return error.cause instanceof Error
    ? `caused by ${error.cause.name}: ${error.cause.message}\n${causes(error.cause)}`
    : '';
}
