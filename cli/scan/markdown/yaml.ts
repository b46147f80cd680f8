/** YAML as the generators' own parsers read it: go-yaml, Ruby's and PyYAML take a little more than the specification. */
import { defineScalarTag, FAILSAFE_SCHEMA, load, mergeTag, NOT_RESOLVED, YAMLException } from 'js-yaml';
import type { TagDefinition } from 'js-yaml';

const MAX_ALIASES = 100;
/** Lines that are moved to the right before a text is given up: each costs a new start. */
const MAX_MOVED = 100;

/**
 * A value is a number, a boolean or null when it is written as JSON writes it; anything else is the text it is: `3.10`,
 * `007`, `1e3`, `yes`, a date. What a title, a tag or a slug says is what was written.
 */
function scalar<T>(name: string, first: string, read: (source: string) => T | typeof NOT_RESOLVED) {
  return defineScalarTag(`tag:yaml.org,2002:${name}`, {
    implicit: true,
    implicitFirstChars: first === '' ? null : first.split(''),
    resolve: read,
    identify: () => false,
  });
}

const SCHEMA = FAILSAFE_SCHEMA.withTags(
  mergeTag,
  scalar('null', '', (source) => (['', '~', 'null'].includes(source) ? null : NOT_RESOLVED)),
  scalar('bool', 'tf', (source) => (source === 'true' ? true : source === 'false' ? false : NOT_RESOLVED)),
  ...['int', 'float'].map((name) =>
    scalar(name, '-0123456789', (source) => {
      const value = Number(source);
      return String(value) === source && Number.isFinite(value) ? value : NOT_RESOLVED;
    }),
  ),
);

/**
 * What a text holds. Of a key that is there twice the last one counts; `repeatedAt` is the line, from 1, of the first
 * such key. A list in brackets, and text in quotes, may go on in column 0.
 * @param tags what a program's own tags stand for
 * @throws YAMLException
 */
export function parseYaml(
  text: string,
  maxDepth: number,
  tags: readonly TagDefinition[] = [],
): { value: unknown; repeatedAt: number | null } {
  const lines = text.split('\n');
  const schema = tags.length === 0 ? SCHEMA : SCHEMA.withTags(...tags);
  const options = { schema, maxAliases: MAX_ALIASES, maxDepth, json: false };
  let repeatedAt: number | null = null;
  let first: YAMLException | null = null;
  for (let moved = 0; ;) {
    try {
      return { value: load(lines.join('\n'), options), repeatedAt };
    } catch (error) {
      const line = error instanceof YAMLException ? error.mark?.line : undefined;
      if (!(error instanceof YAMLException) || line === undefined) throw first ?? error;
      if (error.reason === 'duplicated mapping key' && !options.json) {
        options.json = true;
        repeatedAt = line + 1;
      } else if (error.reason === 'deficient indentation' && moved++ < MAX_MOVED) {
        first ??= error;
        // Within brackets and quotes, the space before a line means nothing.
        lines[line] = ' '.repeat(maxDepth) + (lines[line] ?? '');
      } else throw first ?? error;
    }
  }
}
