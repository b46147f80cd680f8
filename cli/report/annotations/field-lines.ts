/** The head of a file → the line of each field. Pure. */
import { parseHead } from '../../scan/markdown/front-matter.ts';
import type { Head } from '../../scan/markdown/front-matter.ts';

export interface Field {
  /** As it is written; below a table or a mapping with its name: `og.title`. */
  name: string;
  /** From 1. */
  line: number;
  /** Its lines as they are written, and what they say where that is text. */
  text: string;
}

/** A key of YAML, TOML or JSON at the start of a line. */
const KEY = /^([ \t]*)(?:\{[ \t]*)?["']?([\p{L}_][\p{L}\p{N}_.-]*)["']?[ \t]*[:=]/u;
/** A table of TOML. */
const TABLE = /^\[([\w.-]+)\]/;

/** The fields of a head, in their order. Never throws: what does not parse is taken as it is written. */
export function fieldLines(head: Head): Field[] {
  const fields: Field[] = [];
  const lines = head.text.split('\n');
  // An object of JSON indents all of its fields.
  const base = head.format === 'json' ? indentOf(lines) : 0;
  let section = '';
  for (const [at, line] of lines.entries()) {
    const table = head.format === 'toml' ? TABLE.exec(line)?.[1] : undefined;
    if (table !== undefined) section = table;
    const [, indent = '', key] = KEY.exec(line) ?? [];
    if (key === undefined) {
      const last = fields.at(-1);
      if (last !== undefined) last.text += `\n${line}`;
      continue;
    }
    const isTop = indent.length <= base || line.trimStart().startsWith('{');
    if (isTop && head.format !== 'toml') section = '';
    fields.push({ name: section === '' ? key : `${section}.${key}`, line: head.line + at, text: line });
    if (isTop && head.format !== 'toml') section = key;
  }
  const values = valuesOf(head);
  for (const field of fields) {
    const value = values.get(field.name);
    if (value !== undefined) field.text += `\n${value}`;
  }
  return fields;
}

function indentOf(lines: readonly string[]): number {
  const [, indent = ''] = KEY.exec(lines.find((line) => KEY.test(line)) ?? '') ?? [];
  return indent.length;
}

/** What the fields say, without the escapes of the format. */
function valuesOf(head: Head): Map<string, string> {
  const values = new Map<string, string>();
  try {
    for (const [name, value] of Object.entries(parseHead(head))) {
      if (typeof value === 'string') values.set(name, value);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      for (const [inner, text] of Object.entries(value))
        if (typeof text === 'string') values.set(`${name}.${inner}`, text);
    }
  } catch {
    // It is a problem already, with a note of its own.
  }
  return values;
}
