/** One string inside a file changed, and every other byte left as it was. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { isData, parseData } from '../../scan/presets/reading/data.ts';

type Path = readonly (string | number)[];

/** A command that stands in a string somewhere in a file. */
export interface FoundCommand {
  path: Path;
  /** Its first line and its last: the same unless it goes on after a backslash. */
  first: string;
  last: string;
}

/** The commands in a YAML, TOML or JSON file whose first line matches, wherever they stand; none when it does not parse. */
export function findCommands(path: string, text: string, pattern: RegExp): FoundCommand[] {
  const found: FoundCommand[] = [];
  function walk(value: unknown, at: Path): void {
    if (typeof value === 'string') {
      const lines = value.split('\n');
      for (const [index, line] of lines.entries()) {
        if (!pattern.test(line)) continue;
        const end = lines.findIndex((later, position) => position >= index && !later.endsWith('\\'));
        found.push({ path: at, first: line.trim(), last: (lines[end] ?? line).trim() });
      }
    }
    if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...at, index]);
    else if (isData(value)) for (const [name, item] of Object.entries(value)) walk(item, [...at, name]);
  }
  walk(parseData(path, text), []);
  return found;
}

/**
 * The text with that line replaced. Each place where the line stands in the file is tried, and taken only when the file
 * then parses to what it was with this one string changed: formatting and comments stay, and no other place is touched.
 * Null when no place does, as where a line is escaped or folded.
 */
export function replaceLine(
  file: string,
  text: string,
  { path, from: line, to: replacement }: { path: Path; from: string; to: string },
): string | null {
  const wanted = changed(parseData(file, text), { path, line }, replacement, 0);
  const written = [
    [line, replacement],
    [JSON.stringify(line).slice(1, -1), JSON.stringify(replacement).slice(1, -1)],
  ] as const;
  for (const [from, to] of written)
    for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
      const candidate = text.slice(0, at) + to + text.slice(at + from.length);
      if (isDeepStrictEqual(parseData(file, candidate), wanted)) return candidate;
    }
  return null;
}

function changed(
  value: unknown,
  { path, line }: { path: Path; line: string },
  to: string,
  depth: number,
): unknown {
  if (depth === path.length) return typeof value === 'string' ? value.replace(line, () => to) : value;
  const step = path[depth];
  const next = (item: unknown) => changed(item, { path, line }, to, depth + 1);
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === step ? next(item) : item));
  if (!isData(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === step ? next(item) : item]),
  );
}
