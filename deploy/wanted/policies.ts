/** The policies in policies/*.json, their placeholders filled and checked. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import boundary from './policies/boundary.json' with { type: 'json' };
import caller from './policies/caller.json' with { type: 'json' };
import deployer from './policies/deployer.json' with { type: 'json' };
import deployerPublic from './policies/deployer-public.json' with { type: 'json' };
import execution from './policies/execution.json' with { type: 'json' };
import executionTrust from './policies/execution-trust.json' with { type: 'json' };
import lifecycle from './policies/lifecycle.json' with { type: 'json' };
import lifecyclePullRequest from './policies/lifecycle-pull-request.json' with { type: 'json' };
import plan from './policies/plan.json' with { type: 'json' };
import prune from './policies/prune.json' with { type: 'json' };
import pullRequest from './policies/pull-request.json' with { type: 'json' };
import repository from './policies/repository.json' with { type: 'json' };
import trust from './policies/trust.json' with { type: 'json' };
import { DeployError } from '../error.ts';

export const TEMPLATES = {
  boundary,
  caller,
  deployer,
  deployerPublic,
  execution,
  executionTrust,
  lifecycle,
  lifecyclePullRequest,
  plan,
  prune,
  pullRequest,
  repository,
  trust,
};

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const oneOrMore = z.union([text, z.array(text)]).transform((value) => [value].flat());

const statementSchema = z.looseObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).optional(),
});
export type Statement = z.infer<typeof statementSchema>;

const policySchema = z.object({
  Version: z.string().optional(),
  Statement: z
    .union([statementSchema, z.array(statementSchema)])
    .transform((value): Statement[] => [value].flat()),
});

/** A policy as it is sent to AWS. */
export interface Policy {
  Version: string;
  Statement: Record<string, unknown>[];
}

export type Values = Readonly<Record<string, string | readonly string[]>>;

const PLACEHOLDER = /\$\{([A-Z0-9_]+)\}/g;

/**
 * Puts values in the place of `${NAME}`, in keys too. A value that is a list takes the place of the whole string.
 * @throws DeployError `policy` for a placeholder without a value, or with one that could widen the policy.
 */
export function fill<T>(template: T, values: Values): T {
  return fillAny(template, values) as T;
}

function fillAny(node: unknown, values: Values): unknown {
  if (typeof node === 'string') return fillText(node, values);
  if (Array.isArray(node)) return node.map((item) => fillAny(item, values));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, item]) => [String(fillText(name, values)), fillAny(item, values)]),
  );
}

function fillText(text: string, values: Values): unknown {
  const whole = /^\$\{([A-Z0-9_]+)\}$/.exec(text)?.[1];
  const list = whole === undefined ? undefined : values[whole];
  if (Array.isArray(list)) return list;
  return text.replaceAll(PLACEHOLDER, (placeholder, name: string) => {
    const value = values[name];
    if (typeof value !== 'string')
      throw new DeployError(
        'policy',
        `The policy needs a value for ${placeholder}.`,
        'Set it and run the command again.',
      );
    // A star here would turn a policy for one thing into a policy for all; subjects alone may hold one.
    if (/[*?$"\\\s]/.test(value) && name !== 'SUBJECT')
      throw new DeployError(
        'policy',
        `${JSON.stringify(value)} cannot stand for ${placeholder} in a policy.`,
        'Write the exact name, without "*", "?", quotes and spaces.',
      );
    return value;
  });
}

/**
 * Reads a policy that AWS gave back: parsed, percent-decoded where IAM encodes, lists where one string may stand. null
 * for what is no policy.
 */
export function parsePolicy(text: string | undefined): Statement[] | null {
  if (text === undefined) return null;
  try {
    const json: unknown = JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
    return policySchema.parse(json).Statement;
  } catch {
    return null;
  }
}

/** Whether a stored policy holds each statement of the wanted one, perhaps among others. */
export function holdsPolicy(stored: string | undefined, wanted: unknown): boolean {
  const left = (parsePolicy(stored) ?? []).map(sorted);
  const right = parsePolicy(JSON.stringify(wanted));
  return (
    right !== null && right.map(sorted).every((one) => left.some((other) => isDeepStrictEqual(one, other)))
  );
}

/** Whether two policies say the same, whatever the order of their lists and whether a list of one is a string. */
export function samePolicy(stored: string | undefined, wanted: unknown): boolean {
  const left = parsePolicy(stored);
  const right = parsePolicy(JSON.stringify(wanted));
  return left !== null && right !== null && isDeepStrictEqual(left.map(sorted), right.map(sorted));
}

/** The statement with every list in order, and one string as a list of one. */
function sorted(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(String).sort();
  if (typeof node !== 'object' || node === null) return [String(node)];
  return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, sorted(item)]));
}
