/** IAM's evaluation, as far as the policies of this project need it. What it does not know it refuses to judge. */
import { parsePolicy } from '../wanted/policies.ts';
import type { Statement } from '../wanted/policies.ts';

export interface Asked {
  action: string;
  resource: string;
  /** Condition keys and their values; a key that the request does not have is absent. */
  context: Readonly<Record<string, string | undefined>>;
}

export type Decision = 'allowed' | 'implicitDeny' | 'explicitDeny';

/** Policies of one kind together: an explicit deny wins, else one allow is enough. */
export function decide(policies: readonly string[], asked: Asked): Decision {
  const statements = policies.flatMap((policy) => {
    const parsed = parsePolicy(policy);
    if (parsed === null) throw new Error(`not a policy: ${policy}`);
    return parsed;
  });
  const matching = statements.filter((statement) => matches(statement, asked));
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'explicitDeny';
  return matching.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'implicitDeny';
}

/** Identity policies within a boundary: both must allow. */
export function decideWithin(policies: readonly string[], boundary: string | null, asked: Asked): Decision {
  const own = decide(policies, asked);
  if (own !== 'allowed' || boundary === null) return own;
  return decide([boundary], asked);
}

function matches(statement: Statement, asked: Asked): boolean {
  if ('NotAction' in statement || 'NotResource' in statement)
    throw new Error('this engine knows no NotAction and no NotResource');
  const { Action = [], Resource, Condition = {} } = statement;
  return (
    Action.some((pattern) => like(pattern.toLowerCase(), asked.action.toLowerCase())) &&
    // A trust policy and the policy of a repository have no resource: they are for the one they hang on.
    (Resource === undefined || Resource.some((pattern) => like(pattern, asked.resource))) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, values, valueOf(asked.context, key))),
    )
  );
}

/** Names of condition keys know no case. */
function valueOf(context: Asked['context'], key: string): string | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

const OPERATORS: Record<string, (pattern: string, value: string) => boolean> = {
  StringEquals: (pattern, value) => pattern === value,
  StringLike: like,
  ArnLike: like,
  ArnEquals: like,
  Bool: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
};

function holds(name: string, patterns: readonly string[], value: string | undefined): boolean {
  const operator = OPERATORS[name.replace(/^ForAnyValue:/, '').replace(/IfExists$/, '')];
  if (operator === undefined) throw new Error(`this engine does not know the operator ${name}`);
  if (value === undefined) return name.endsWith('IfExists');
  return patterns.some((pattern) => operator(pattern, value));
}

/** IAM's wildcards: `*` is any text, `?` any one sign. */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}
