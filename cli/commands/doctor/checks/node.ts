/** Node: its version against what package.json asks for. */
import { NODE_RANGE, VERSION } from '../../../../function/package.ts';
import { failure, ok } from '../check.ts';
import type { Check, Fact } from '../check.ts';

export const node: Check = {
  name: 'node',
  title: 'Node',
  timeoutMs: 5_000,
  look: async () => [nodeFact(process.versions.node, NODE_RANGE)],
};

/** `range`: `>=22.18`. Pure. */
export function nodeFact(version: string, range: string): Fact {
  const [, major = 0, minor = 0] = (/^>=(\d+)\.(\d+)/.exec(range) ?? []).map(Number);
  const [hasMajor = 0, hasMinor = 0] = version.split('.').map(Number);
  const least = `${major}.${minor}`;
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor))
    return ok(`Node ${version} runs og-sync ${VERSION}, which needs ${least} or newer.`);
  return failure(
    `Node ${version} is too old: og-sync ${VERSION} needs ${least} or newer.`,
    'Install a newer Node, or run "npm install --save-dev node" so that npm scripts and npx use their own.',
  );
}
