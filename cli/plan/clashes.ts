/** Posts whose images would be one file: the same key, or keys that some file systems take for the same. Pure. */
import { foldedKey } from '../../function/text/slug.ts';
import { CliError } from '../errors.ts';
import type { Item } from './plan.ts';

type Claim = Pick<Item, 'file' | 'key' | 'outputName'>;

/** A message is for a person; it ends somewhere. */
const NAMED = 500;
const EXAMPLES = 3;

/** Throws CliError `duplicate_key` that names all posts that share a key with another. */
export function refuseDuplicates(items: readonly Claim[]): void {
  const shared = groups(items, ({ key }) => key);
  const [only] = shared;
  if (only === undefined) return;
  const lines = shared.slice(0, NAMED).map((group) => `  ${group[0]?.key}: ${namesOf(group).join(', ')}`);
  if (shared.length > NAMED) lines.push(`  … and ${shared.length - NAMED} more`);
  throw new CliError(
    'duplicate_key',
    shared.length > 1
      ? `${shared.length} keys belong to more than one post each:\n${lines.join('\n')}`
      : `${listed(namesOf(only))} would ${only.length > 2 ? 'all' : 'both'} be stored as ${only[0]?.key}.`,
    shared.flat().every(({ outputName }) => outputName === null)
      ? 'Give all but one of them an og.slug of its own, or put {slug} and {template} into the key pattern.'
      : 'Give all but one of them an og.slug of its own, or give one of the outputs another key.',
  );
}

/** One line about keys that differ only in case, composition of accents or dots at an end; null when there are none. */
export function foldedNotice(items: readonly Claim[]): string | null {
  const distinct = [...new Map(items.map((item) => [item.key, item])).values()];
  const alike = groups(distinct, ({ key }) => foldedKey(key));
  if (alike.length === 0) return null;
  const named = alike
    .slice(0, EXAMPLES)
    .map((group) => listed(group.map((claim) => `${claim.key} (${nameOf(claim)})`)))
    .join('; ');
  const more = alike.length > EXAMPLES ? `; and ${alike.length - EXAMPLES} more` : '';
  return `Some keys differ only in what a disk of macOS or Windows takes for the same name, and would keep one image of: ${named}${more}.`;
}

function groups(items: readonly Claim[], keyOf: (item: Claim) => string): Claim[][] {
  return [...Map.groupBy(items, keyOf).values()].filter((group) => group.length > 1);
}

function namesOf(group: readonly Claim[]): string[] {
  return group.map(nameOf);
}

function nameOf({ file, outputName }: Claim): string {
  return outputName === null ? file : `${file} (${outputName})`;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
