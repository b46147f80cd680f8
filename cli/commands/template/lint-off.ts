/** What a template switches off that is no check. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nearest } from '../../config/errors.ts';
import type { Trouble } from './findings.ts';

/** What `data-lint-off` may hold: the warnings about an element. */
const CHECKS = ['low_contrast', 'small_text', 'edge'];

/** The unknown codes in `data-lint-off` of the HTML and Liquid files of a folder; `shown`: the folder for a person. */
export async function unknownChecks(folder: string, shown: string): Promise<Trouble[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(?:html|liquid)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const found = await Promise.all(
    paths.map(async (path) =>
      unknownIn(await readFile(path, 'utf8'), `${shown}${path.slice(folder.length)}`),
    ),
  );
  return found.flat();
}

function unknownIn(html: string, file: string): Trouble[] {
  const attributes = html.matchAll(/\bdata-lint-off\s*=\s*(?:"([^"]*)"|'([^']*)')/gi);
  return [...attributes].flatMap(({ 1: double, 2: single, index }) => {
    const value = double ?? single ?? '';
    // What Liquid makes of it is seen on no page.
    const words = value.includes('{') ? [] : value.split(/[\s,]+/).filter((word) => word !== '');
    return words
      .filter((word) => !CHECKS.includes(word))
      .map((word): Trouble => {
        const meant = nearest(word, CHECKS);
        return {
          code: 'unknown_check',
          message: `data-lint-off has ${JSON.stringify(word)}, which is no check.${meant === null ? '' : ` Did you mean ${meant}?`}`,
          hint: `It may hold ${CHECKS.join(', ')}.`,
          file,
          line: html.slice(0, index).split('\n').length,
        };
      });
  });
}
