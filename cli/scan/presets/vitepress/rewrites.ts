/** `rewrites`: from a pattern of a file's path to the path that it shall have. */
import { COMPUTED } from '../reading/module.ts';

/** Segments as `:name`, the rest of the path as `:name*`; null when a program decides, or a pattern is an expression. */
export function rewriter(rewrites: unknown): ((path: string) => string) | null {
  if (rewrites === undefined) return (path) => path;
  if (rewrites === COMPUTED || typeof rewrites !== 'object' || rewrites === null) return null;
  const rules = Object.entries(rewrites).map(([from, to]) => ({ from, to: to as unknown }));
  if (rules.some(({ from, to }) => typeof to !== 'string' || /[()]/.test(from))) return null;
  return (path) => {
    for (const { from, to } of rules) {
      const values = matched(from.split('/'), path.split('/'));
      if (values !== null) return filled(String(to), values);
    }
    return path;
  };
}

type Values = ReadonlyMap<string, string>;

function matched(pattern: readonly string[], segments: readonly string[]): Values | null {
  const values = new Map<string, string>();
  for (const [index, part] of pattern.entries()) {
    const rest = /^:(\w+)[*+]$/.exec(part);
    if (rest?.[1] !== undefined) {
      values.set(rest[1], segments.slice(index).join('/'));
      return part.endsWith('+') && segments.length === index ? null : values;
    }
    const segment = segments[index];
    if (segment === undefined || !inSegment(part, segment, values)) return null;
  }
  return segments.length === pattern.length ? values : null;
}

/** One placeholder in a segment, with text around it: `:name.md`, `a-:name`. */
function inSegment(part: string, segment: string, values: Map<string, string>): boolean {
  const colon = part.indexOf(':');
  if (colon < 0) return part === segment;
  const [, name = '', after = ''] = /^:(\w+)(\W.*)?$/.exec(part.slice(colon)) ?? [];
  const before = part.slice(0, colon);
  if (!segment.startsWith(before) || !segment.endsWith(after)) return false;
  const value = segment.slice(before.length, segment.length - after.length);
  values.set(name, value);
  return value !== '';
}

function filled(to: string, values: Values): string {
  return to.replaceAll(/:(\w+)[*+]?/g, (all, name: string) => values.get(name) ?? all);
}
