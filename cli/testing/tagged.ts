/** A folder that a generator built: read as pages, tags written, checked. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readBuiltSite } from '../scan/pages/pages.ts';
import { runCli, runJson } from './process.ts';

const SITE = 'https://site.example';

/**
 * Every address that the generator produced has its post or a reason, `check` is green after the tags are written, and a second run
 * changes no byte. `root` holds the built `folder`; `addresses` are those of its pages, redirects left out.
 */
export async function expectTagged(
  root: string,
  folder: string,
  addresses: readonly string[],
): Promise<void> {
  const options = { siteUrl: null, siteName: null, own: 'card', isOurs: () => false } as const;
  const { pages, unreadable } = await readBuiltSite(join(root, folder), options);
  expect(unreadable).toEqual([]);
  const read = pages.filter(({ leftOut }) => leftOut !== 'redirect').map(({ address }) => address);
  expect(read.sort()).toEqual([...addresses].sort());

  const flags = ['--pages', folder, '--inject', '--site-url', SITE];
  const first = await runJson(flags, { cwd: root });
  expect(first).toMatchObject({ code: 0, document: { problems: [] } });
  const posts = pages.filter(({ leftOut }) => leftOut === null).length;
  expect(first.document.pages).toMatchObject({ read: pages.length, written: posts, withoutPage: [] });
  const before = await snapshot(join(root, folder));
  const second = await runJson(flags, { cwd: root });
  expect(second.document.pages).toMatchObject({ written: 0, unchanged: posts });
  expect(await snapshot(join(root, folder))).toEqual(before);
  const { stdout } = await runCli(['check', folder, '--site-url', SITE, '--json'], { cwd: root });
  expect(JSON.parse(stdout)).toMatchObject({ summary: { pages: posts, errors: 0 }, findings: [] });
}

/**
 * The content of a site and its built pages are joined by address: every page that was made of a file (`sources`) has the post of
 * that file, every other one that of its own head, and a file that was never built (`unbuilt`) is named.
 */
export async function expectJoined(
  root: string,
  folder: string,
  { preset, sources, unbuilt }: { preset: string; sources: number; unbuilt: string },
): Promise<void> {
  await rm(join(root, unbuilt), { force: true });
  const flags = ['plan', '--preset', preset, '--pages', folder, '--inject', '--site-url', SITE];
  const joined = await runJson(flags, { cwd: root });
  expect(joined).toMatchObject({ code: 0, document: { problems: [], pages: { withoutPage: [] } } });
  const { posts } = joined.document.summary;
  const fromContent = joined.document.images.filter(
    ({ file }) => file !== null && !file.startsWith(`${folder}/`),
  );
  expect(fromContent).toHaveLength(sources);
  expect(joined.document.pages).toMatchObject({ written: posts });
  await writeFile(join(root, unbuilt), '---\ntitle: Not built yet\n---\n');
  const more = await runJson(flags, { cwd: root });
  expect(more.document.summary.posts).toBe(posts + 1);
  expect(more.document.pages).toMatchObject({ withoutPage: [unbuilt], written: posts });
}

/** All files of a folder with their bytes. */
export async function snapshot(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((name) => name.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'latin1')])),
  );
}
