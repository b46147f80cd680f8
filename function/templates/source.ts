/** A folder on disk → the source of one template. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FunctionError } from '../contract.ts';
import { isFontFile } from '../fonts/folder.ts';
import { isNoTemplate, nameProblem } from './name.ts';

export interface Source {
  name: string;
  folder: string;
  html: string;
  css: string;
  /** Bytes of every file but the sample, by path relative to the folder, with "/". */
  files: ReadonlyMap<string, Buffer>;
  /** Absolute paths. */
  fonts: string[];
  /** sha256 over paths and bytes. */
  digest: string;
}

/** Data to look at a template with: no picture of a post depends on it. */
export const SAMPLE = 'sample.json';

/**
 * Reads every template in a folder: each folder in it except `fonts` and those whose name begins with "." or "_".
 * @throws FunctionError `template_failed` when the folder cannot be read, is empty, or a template has no `card.html`.
 */
export async function readSources(folder: string): Promise<Source[]> {
  const names = await templateNames(folder);
  if (names.length === 0)
    throw new FunctionError(
      'template_failed',
      `There is no template in ${folder}.`,
      'A template is a folder with a card.html in it; og-sync brings some of its own.',
    );
  return Promise.all(names.map((name) => readSource(join(folder, name), name)));
}

async function templateNames(folder: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new FunctionError(
      'template_failed',
      `The folder of templates ${folder} cannot be read: ${(cause as Error).message}.`,
      'Name an existing folder.',
      { cause },
    );
  }
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return names.filter((name) => !isNoTemplate(name)).sort();
}

async function readSource(folder: string, name: string): Promise<Source> {
  const problem = nameProblem(name);
  if (problem !== null)
    throw new FunctionError(
      'template_failed',
      `The folder ${folder} cannot be a template: its name ${problem}.`,
      'Rename it, or let its name begin with "_" if it is none.',
    );
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => path !== SAMPLE && !/(?:^|\/)\./.test(path))
    .sort();
  const files = new Map<string, Buffer>();
  for (const path of paths) files.set(path, await readFile(join(folder, path)));
  const html = files.get('card.html');
  if (html === undefined)
    throw new FunctionError(
      'template_failed',
      `The template "${name}" has no card.html in ${folder}.`,
      'Write one, or let the folder\'s name begin with "_" if it is no template.',
    );
  return {
    name,
    folder,
    html: html.toString('utf8'),
    css: files.get('card.css')?.toString('utf8') ?? '',
    files,
    fonts: paths.filter(isFontFile).map((path) => join(folder, path)),
    digest: digestOf(files),
  };
}

function digestOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of files) hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}
