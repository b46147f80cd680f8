/** A generator's configuration file → plain values. */
import { defineMappingTag, defineScalarTag, defineSequenceTag } from 'js-yaml';
import { parse as parseToml, TomlDate } from 'smol-toml';
import { parseYaml } from '../../markdown/yaml.ts';
import type { Project } from '../types.ts';

const MAX_DEPTH = 64;

export type Data = Readonly<Record<string, unknown>>;

/** A tag of a program's own, such as MkDocs' `!!python/name:…` and `!ENV`: what it stands for is not known. */
const tagged = { matchByTagPrefix: true, identify: () => false } as const;
const unknown = ['!', 'tag:yaml.org,2002:python/'].flatMap((prefix) => [
  defineScalarTag(prefix, { ...tagged, resolve: () => null }),
  defineSequenceTag(prefix, { ...tagged, create: () => null, addItem: () => {} }),
  defineMappingTag(prefix, {
    ...tagged,
    create: () => null,
    addPair: () => '',
    has: () => false,
    keys: () => [],
    get: () => null,
  }),
]);
/** The fields of a YAML, TOML or JSON text, by the ending of its name; null when it does not parse. */
export function parseData(path: string, text: string): Data | null {
  try {
    const value = parsed(path, text.replace(/^\uFEFF/, ''));
    return isData(value) ? value : {};
  } catch {
    return null;
  }
}

function parsed(path: string, text: string): unknown {
  if (path.endsWith('.toml'))
    return plainDates(parseToml(text, { integersAsBigInt: false, maxDepth: MAX_DEPTH }));
  if (path.endsWith('.json')) return JSON.parse(text);
  return parseYaml(text, MAX_DEPTH, unknown).value;
}

function plainDates(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainDates);
  return isData(value) ? mapValues(value, plainDates) : value;
}

/** Reads and parses one file of the project; null when it is missing or broken. */
export function readData(project: Project, path: string): Data | null {
  const text = project.text(path);
  return text === null ? null : parseData(path, text);
}

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value when it is an object of fields, else an empty one. */
export function dataOf(value: unknown): Data {
  return isData(value) ? value : {};
}

export function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The texts of a list, or of a single text. */
export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

export function mapValues(data: Data, change: (value: unknown) => unknown): Data {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, change(value)]));
}

/** Objects are merged member by member; in all else the second wins. */
export function merged(base: Data, over: Data): Data {
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const before = result[name];
    result[name] = isData(before) && isData(value) ? merged(before, value) : value;
  }
  return result;
}

/** Whether the site's package.json installs a package. A peer dependency says what a package is made for, not what a site is built with. */
export function installs(project: Project, name: string): boolean {
  const { dependencies, devDependencies } = readData(project, 'package.json') ?? {};
  return [dependencies, devDependencies].some((names) => Object.hasOwn(dataOf(names), name));
}
