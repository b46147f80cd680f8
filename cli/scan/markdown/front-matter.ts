/** A front matter block → plain fields. Three languages, no code, bounded in every direction. */
import matter from 'gray-matter';
import { CORE_SCHEMA, load, mergeTag, YAMLException } from 'js-yaml';
import { parse as parseToml, TomlDate, TomlError } from 'smol-toml';
import { FrontMatterError } from './head.ts';
import type { Block, Language } from './head.ts';

export type FrontMatter = Readonly<Record<string, unknown>>;

/** Aliases make a small block large: what it expands to is bounded, in values and in characters of text. */
const MAX_VALUES = 10_000;
const MAX_TEXT = 1_000_000;
const MAX_DEPTH = 32;
const MAX_ALIASES = 100;
/** gray-matter looks for comments with an expression that is quadratic in blank lines. */
const MAX_BLANK_LINES = 1_000;

/** Without timestamps: a date stays the text it is, whatever the time zone of the machine. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);
const FENCES: Record<Language, string> = { yaml: '---', toml: '+++', json: '---' };

function refuse(): never {
  throw new FrontMatterError('front_matter_language', 'is refused: no code is ever run');
}

/** The languages are named before gray-matter sees the block; those that run code are shut here as well. */
const ENGINES = {
  yaml: (text: string) =>
    load(text, { schema: SCHEMA, maxAliases: MAX_ALIASES, maxDepth: MAX_DEPTH }) as object,
  toml: (text: string) => parseToml(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_DEPTH }),
  json: (text: string) => JSON.parse(text) as object,
  javascript: refuse,
  js: refuse,
  coffee: refuse,
};

/**
 * The fields of a block: text, numbers, booleans, lists and objects only; dates as ISO text.
 * @throws FrontMatterError that names the line when the block does not parse, or says which bound it breaks.
 */
export function parseFrontMatter(block: Block): FrontMatter {
  if (blankLines(block.text) > MAX_BLANK_LINES)
    throw new FrontMatterError(
      'front_matter_too_large',
      `has front matter of more than ${MAX_BLANK_LINES} blank lines`,
    );
  const data = plain(parsed(block), { values: MAX_VALUES, text: MAX_TEXT }, MAX_DEPTH);
  if (data === null) return {};
  if (typeof data === 'object' && !Array.isArray(data)) return data as FrontMatter;
  throw new FrontMatterError(
    'front_matter_invalid',
    'has front matter that is not made of fields (name: value)',
  );
}

function parsed(block: Block): unknown {
  const fence = FENCES[block.language];
  try {
    // An options object always: without one gray-matter answers from its cache, and a broken block is {} the second time.
    return matter(`${fence}\n${block.text}\n${fence}\n`, {
      language: block.language,
      delimiters: fence,
      engines: ENGINES,
    }).data;
  } catch (cause) {
    const { line, reason } = explain(cause, block.text);
    const where = line === null ? '' : `line ${block.line + line}: `;
    throw new FrontMatterError(
      'front_matter_invalid',
      `${where}${block.language.toUpperCase()} does not parse: ${reason}`,
      { cause },
    );
  }
}

function blankLines(text: string): number {
  let count = 0;
  for (const _line of text.matchAll(/^[^\S\n]*$/gm)) count++;
  return count;
}

/** What a parser says, and the line within the block, from 0. The parsers see one line break more at the head. */
function explain(cause: unknown, text: string): { line: number | null; reason: string } {
  const message = (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? '';
  if (cause instanceof YAMLException)
    return { line: cause.mark === undefined ? null : Math.max(0, cause.mark.line - 1), reason: cause.reason };
  if (cause instanceof TomlError)
    return { line: Math.max(0, cause.line - 2), reason: message.replace(/^Invalid TOML document: /, '') };
  const at = /position (\d+)/.exec(message);
  const line = at === null ? null : text.slice(0, Math.max(0, Number(at[1]) - 1)).split('\n').length - 1;
  return { line, reason: message };
}

/** A copy that holds only what JSON can hold, nothing shared, nothing deep, no name that reaches a prototype. */
function plain(value: unknown, budget: { values: number; text: number }, depth: number): unknown {
  if (--budget.values < 0 || budget.text < 0 || depth < 0)
    throw new FrontMatterError(
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
