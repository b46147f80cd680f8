/** A folder on disk → the source of one template. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FunctionError } from '../contract.ts';
import { isFontFile } from '../fonts/folder.ts';
import { isNoTemplate, nameProblem } from './name.ts';
import { mentionsShared, readFiles, SHARED, usedShared } from './shared.ts';
import type { Files } from './shared.ts';

export interface Source {
  name: string;
  folder: string;
  html: string;
  css: string;
  /** Bytes of every file but the sample, and of what it uses of `_shared/`, by path relative to the folder, with "/". */
  files: Files;
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
  const own = await Promise.all(names.map(async (name) => ({ name, files: await ownFiles(folder, name) })));
  const isShared = own.some(({ files }) => mentionsShared(files));
  const shared = isShared ? await readShared(folder) : new Map<string, Buffer>();
  return own.map(({ name, files }) => sourceOf(join(folder, name), name, { own: files, shared }));
}

/** By the paths that templates use. */
async function readShared(folder: string): Promise<Files> {
  const files = await readFiles(join(folder, SHARED.slice(0, -1)));
  return new Map([...files].map(([path, bytes]) => [`${SHARED}${path}`, bytes]));
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

async function ownFiles(parent: string, name: string): Promise<Files> {
  const folder = join(parent, name);
  const problem = nameProblem(name);
  if (problem !== null)
    throw new FunctionError(
      'template_failed',
      `The folder ${folder} cannot be a template: its name ${problem}.`,
      'Rename it, or let its name begin with "_" if it is none.',
    );
  const files = await readFiles(folder);
  files.delete(SAMPLE);
  return files;
}

function sourceOf(folder: string, name: string, { own, shared }: { own: Files; shared: Files }): Source {
  const html = own.get('card.html');
  if (html === undefined)
    throw new FunctionError(
      'template_failed',
      `The template "${name}" has no card.html in ${folder}.`,
      'Write one, or let the folder\'s name begin with "_" if it is no template.',
    );
  const files = new Map([...own, ...usedShared(own, shared)]);
  return {
    name,
    folder,
    html: html.toString('utf8'),
    css: own.get('card.css')?.toString('utf8') ?? '',
    files,
    fonts: [...own.keys()].filter(isFontFile).map((path) => join(folder, path)),
    digest: digestOf(files),
  };
}

function digestOf(files: Files): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of files) hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}
