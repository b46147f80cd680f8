/** Folders of templates for tests, and what becomes of them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputSchema } from '../contract.ts';
import type { Post } from '../contract.ts';
import type { Card } from '../renderer/renderer.ts';
import { loadTemplates } from '../templates/templates.ts';
import { temporaryFolder } from './folder.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const POST: Post = { slug: 'a', title: 'Hello', date: '2026-01-02', data: { part: '_shared/secret.liquid' } };
const output = outputSchema.parse({ width: 600, height: 315 });

/** Writes files below a folder. */
export async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

export async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  await write(folder, files);
  return folder;
}

/** The card of one post, 600×315 px: half the drawing board. */
export async function card(folder: string, name = 't'): Promise<Card> {
  const { all } = await loadTemplates({ folder, cacheDir: CACHE });
  const template = all.get(name);
  if (template === undefined) throw new Error(`no template ${name}`);
  return template.render({ post: POST, site: { name: 'A site' }, output });
}

/** Code and message of what `card` throws. */
export async function failure(folder: string): Promise<string> {
  return card(folder).then(
    () => 'no failure',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );
}

/** By name. */
export async function digests(folder: string): Promise<Map<string, string>> {
  const { all } = await loadTemplates({ folder, cacheDir: CACHE });
  return new Map([...all].map(([name, { digest }]) => [name, digest]));
}
