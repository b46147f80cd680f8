/** The line of the configuration that names the folder of templates, and the file with it. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { isData } from '../../scan/presets/reading/data.ts';
import { readModule } from '../../scan/presets/reading/module.ts';

/** The file is read once for each: the object of a configuration begins near its top. */
const MOST_BRACES = 100;

/** As it is written in a file of that name. */
export function configLine(file: string, folder: string): string {
  if (file.endsWith('.json')) return `"templates": ${JSON.stringify(folder)},`;
  return `templates: '${JSON.stringify(folder)
    .slice(1, -1)
    .replaceAll("'", String.raw`\'`)}',`;
}

/** A configuration for a site that has none. */
export function newConfig(folder: string): string {
  return `export default {\n  ${configLine('og.config.ts', folder)}\n};\n`;
}

/**
 * The text with that line as the first of the configuration's fields. Each place where the object may begin is tried, and
 * taken only when the file then reads as what it was with this one field. Null when no place does.
 */
export function withTemplates(file: string, text: string, folder: string): string | null {
  const read = file.endsWith('.json') ? readJson : readExported;
  const before = read(text);
  if (!isData(before) || 'templates' in before) return null;
  const wanted = { ...before, templates: folder };
  for (const { index } of [...text.matchAll(/\{/g)].slice(0, MOST_BRACES)) {
    const rest = text.slice(index + 1);
    const candidate = `${text.slice(0, index + 1)}${inserted(configLine(file, folder), rest)}`;
    if (isDeepStrictEqual(read(candidate), wanted)) return candidate;
  }
  return null;
}

/** On a line of its own where the next field has one, with its indent. */
function inserted(line: string, rest: string): string {
  const [, end, indent] = /^[\t ]*(\r?\n)([\t ]*)/.exec(rest) ?? [];
  const isLast = /^\s*\}/.test(rest);
  const field = isLast ? line.slice(0, -1) : line;
  if (end === undefined || indent === undefined) return ` ${field}${isLast ? ' ' : ''}${rest}`;
  return `${end}${isLast ? '  ' : indent}${field}${rest}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readExported(text: string): unknown {
  return readModule(text)?.exported ?? null;
}
