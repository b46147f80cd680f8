/** Files a template refers to → data URIs: the browser fetches nothing. */
import { posix } from 'node:path';
import { FunctionError } from '../contract.ts';
import { resolvePath } from './shared.ts';
import type { Source } from './source.ts';

const TYPES: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
};
const CSS_URL = /url\(\s*(?<quote>["']?)(?<path>[^"')]+)\k<quote>\s*\)/gi;
const HTML_SRC =
  /(?<before>(?<![\w:-])(?:src|href|xlink:href|poster)\s*=\s*)(?<quote>["'])(?<path>[^"']*)\k<quote>/gi;
/** Data, fragments, absolute addresses and what Liquid fills in stay as they are. */
const NOT_A_FILE = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|\{)|\{\{|\{%|^$/i;

/** Whether what stands where an address may stand is the path of a file. */
export function isFile(path: string): boolean {
  return !NOT_A_FILE.test(path);
}

/**
 * Replaces every relative `url(…)`. `firstLine`: of the text, in its file. Throws `template_failed` with file and line when
 * there is no such asset.
 */
export function inlineCss(source: Source, text: string, file: string, firstLine = 1): string {
  return text.replaceAll(CSS_URL, (whole, _quote, path: string, offset: number) =>
    isFile(path) ? `url("${dataUri(source, path, file, firstLine + lineOf(text, offset) - 1)}")` : whole,
  );
}

/** Replaces every relative `src` and `href`, and `url(…)` in style attributes. Throws like `inlineCss`. */
export function inlineHtml(source: Source, text: string, file: string): string {
  const withSources = text.replaceAll(
    HTML_SRC,
    (whole, before: string, quote: string, path: string, offset: number) =>
      isFile(path) ? `${before}${quote}${dataUri(source, path, file, lineOf(text, offset))}${quote}` : whole,
  );
  return withSources.replaceAll(CSS_URL, (whole, _quote, path: string, offset: number) =>
    isFile(path) ? `url('${dataUri(source, path, file, lineOf(withSources, offset))}')` : whole,
  );
}

function dataUri(source: Source, path: string, file: string, line: number): string {
  const name = resolvePath(path, file);
  const bytes = source.files.get(name);
  const type = TYPES[posix.extname(name).toLowerCase()];
  if (bytes === undefined || type === undefined)
    throw new FunctionError(
      'template_failed',
      `The template "${source.name}" refers to ${JSON.stringify(path)} in ${file}, line ${line}, and ${
        bytes === undefined
          ? 'there is no such file in its folder or in _shared'
          : 'files of that kind cannot be embedded'
      }.`,
      `Pictures (${Object.keys(TYPES).join(' ')}) in the template's folder and in _shared/ can be used by a path. Symbolic links are not followed.`,
    );
  return `data:${type};base64,${bytes.toString('base64')}`;
}

/** The line, from 1 on, of a place in a text. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
