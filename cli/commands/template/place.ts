/** Where a site keeps templates of its own. */
import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isNoTemplate } from '../../../function/templates/name.ts';
import type { Config } from '../../config/config.ts';
import { CliError } from '../../errors.ts';

export interface Place {
  /** Absolute path. */
  folder: string;
  /** Whether the configuration names it. */
  isConfigured: boolean;
}

/** Folders that are proposed where the configuration names none. Some generators keep templates of pages in the first. */
const PROPOSED = ['templates', 'og-templates'];

/** The folder of the configuration, else one that is free or holds cards already. Throws `CliError` `usage` where none is. */
export async function placeOf({ templates, root }: Pick<Config, 'templates' | 'root'>): Promise<Place> {
  if (templates !== null) return { folder: templates, isConfigured: true };
  for (const name of PROPOSED) {
    const folder = join(root, name);
    if (await isFree(folder)) return { folder, isConfigured: false };
  }
  throw new CliError(
    'usage',
    `${PROPOSED.map((name) => `${name}/`).join(' and ')} hold something else than templates of cards.`,
    "Name a folder of your own in the configuration: templates: 'cards'.",
  );
}

/** Nothing is in it, or templates and what may lie beside them. */
async function isFree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : null,
  );
  if (entries === null) return false;
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const cards = names.filter((name) => !isNoTemplate(name));
  const areAll = cards.every((name) => existsSync(join(folder, name, 'card.html')));
  return entries.length === 0 || (cards.length > 0 && areAll);
}

/** The templates in a folder, by name: absolute paths. None where there is no such folder. */
export async function templatesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !isNoTemplate(entry.name));
  const folders = names.map(({ name }): [string, string] => [name, join(folder, name)]);
  return new Map(folders.filter(([, path]) => existsSync(join(path, 'card.html'))));
}

/** Templates of the folders that are proposed, with the folder's name: somebody made them, and named it nowhere yet. */
export async function unnamedTemplates(root: string): Promise<Map<string, string>> {
  const unnamed = new Map<string, string>();
  for (const folder of PROPOSED.toReversed())
    for (const name of (await templatesIn(join(root, folder))).keys()) unnamed.set(name, folder);
  return unnamed;
}
