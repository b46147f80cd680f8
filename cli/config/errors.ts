/** What is wrong with a configuration, in words: which field, what was found, what is allowed. */
import type { z } from 'zod';
import { withoutPasswords } from './secrets.ts';

const SHOWN = 60;

/** A value as a person may recognise it in their file; long ones are cut. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a promise';
  const text = typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : safeJson(value);
  const shown = withoutPasswords(text);
  return shown.length > SHOWN ? `${shown.slice(0, SHOWN - 1)}…` : shown;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing';
  } catch {
    return 'an object that holds itself';
  }
}

/** Edits (insert, delete, replace) that turn one word into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word that was probably meant, or null when none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const edits = distance(word.slice(0, 64).toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`,
    )
    .join('');
}

/** One line for each wrong field. `known` names what may stand in each object, by its path; `input` is what the user wrote. */
export function issueLines(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  known: Readonly<Record<string, readonly string[]>>,
): string[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      const field = pathText(issue.path) || 'the configuration';
      return [`${field} ${sentence(issue.message)}; found ${show(valueAt(input, issue.path))}`];
    }
    return issue.keys.map((key) => {
      const meant = nearest(key, known[pathText(issue.path).replaceAll(/\[\d+\]/g, '[]')] ?? []);
      const field = pathText([...issue.path, key]);
      return `${field} is not known${meant === null ? '' : `; did you mean ${meant}?`}`;
    });
  });
}

/** The schema library's own messages begin "Invalid input: expected …": rephrased as what the field must be. */
function sentence(message: string): string {
  const expected = /^Invalid (?:input|option): expected (.*?)(?:, received .*)?$/.exec(message);
  if (expected !== null) return `must be ${expected[1]}`;
  const bound = /^Too (?:big|small): expected \w+ to be (.*)$/.exec(message);
  return bound === null
    ? message
    : `must be ${bound[1]?.replace('<=', 'at most ').replace('>=', 'at least ')}`;
}
