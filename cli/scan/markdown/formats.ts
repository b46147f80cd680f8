/** The text of front matter → plain fields. Three formats, no code, bounded in every direction. */
import { YAMLException } from 'js-yaml';
import { parse as parseToml, TomlDate, TomlError } from 'smol-toml';
import { PostError } from '../../errors.ts';
import { parseYaml } from './yaml.ts';

export type Format = 'yaml' | 'toml' | 'json';

/** What may stand after an opening fence. */
export const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['toml', 'toml'],
  ['json', 'json'],
]);

export type FrontMatter = Readonly<Record<string, unknown>>;

/** Aliases make a small block large: what it expands to is bounded, in values and in characters of text. */
const MAX_VALUES = 10_000;
const MAX_TEXT = 1_000_000;
const MAX_DEPTH = 32;

/** What a text holds, and what a person should hear about it. */
interface Parsed {
  value: unknown;
  /** The line, from 1, of the first key that was there already; null when there is none. */
  repeatedAt: number | null;
}

const PARSERS: Record<Format, (text: string) => Parsed> = {
  yaml: (text) => parseYaml(text, MAX_DEPTH),
  toml: (text) => ({
    value: parseToml(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_DEPTH }),
    repeatedAt: null,
  }),
  json: (text) => ({ value: parseJson(text), repeatedAt: null }),
};

/** As in YAML, a number that would be written another way stays the text it is. */
function asWritten(_name: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && String(value) !== source ? source : value;
}

function parseJson(text: string): unknown {
  // A reviver sees no end of what is nested without bound: that is refused first.
  plainFields(JSON.parse(text));
  return JSON.parse(text, asWritten as (name: string, value: unknown) => unknown);
}

/** What a text holds; its first line is this line of the file. Throws PostError that names the line. */
export function parse(format: Format, text: string, startsAt: number): Parsed {
  try {
    const { value, repeatedAt } = PARSERS[format](text);
    return { value, repeatedAt: repeatedAt === null ? null : repeatedAt + startsAt - 1 };
  } catch (cause) {
    if (cause instanceof PostError) throw cause;
    const { line, reason } = explain(cause, text);
    const where = line === null ? '' : `line ${line + startsAt - 1}: `;
    throw new PostError('front_matter_invalid', `${where}${format.toUpperCase()} does not parse: ${reason}`, {
      cause,
    });
  }
}

/** What a parser says, and the line, from 1. */
function explain(cause: unknown, text: string): { line: number | null; reason: string } {
  const message = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? '';
  if (cause instanceof YAMLException)
    return { line: cause.mark === undefined ? null : cause.mark.line + 1, reason: cause.reason };
  if (cause instanceof TomlError)
    return { line: cause.line, reason: message.replace(/^Invalid TOML document: /, '') };
  const at = /position (\d+)/.exec(message);
  return { line: at === null ? null : text.slice(0, Number(at[1])).split('\n').length, reason: message };
}

/**
 * The fields of what was parsed: text, numbers, booleans, lists and objects only; dates as ISO text.
 * @throws PostError when it is not made of fields, or says which bound it breaks.
 */
export function plainFields(parsed: unknown): FrontMatter {
  const data = plain(parsed, { values: MAX_VALUES, text: MAX_TEXT }, MAX_DEPTH);
  if (data === null) return {};
  if (typeof data === 'object' && !Array.isArray(data)) return data as FrontMatter;
  throw new PostError('front_matter_invalid', 'has front matter that is not made of fields (name: value)');
}

/** A copy that holds only what JSON can hold, nothing shared, nothing deep, no name that reaches a prototype. */
function plain(value: unknown, budget: { values: number; text: number }, depth: number): unknown {
  if (--budget.values < 0 || budget.text < 0 || depth < 0)
    throw new PostError(
      'front_matter_too_large',
      `has front matter that expands to too much (at most ${MAX_VALUES} values, ${MAX_DEPTH} deep)`,
    );
  switch (typeof value) {
    case 'string':
      budget.text -= value.length;
      return value.toWellFormed();
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => plain(item, budget, depth - 1));
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value))
    if (name !== '__proto__') members.push([name.toWellFormed(), plain(member, budget, depth - 1)]);
  return Object.fromEntries(members);
}
