import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { create } from 'fontkitten';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { EMOJI, INTER, prepareSystemFonts } from './system.ts';

test('several at once make one folder, and nothing is left beside it', async () => {
  const cache = join(await temporaryFolder(), 'not/there/yet');
  const [folder, ...others] = await Promise.all([1, 2, 3].map(async () => prepareSystemFonts(cache)));
  expect(others).toEqual([folder, folder]);
  expect(await readdir(cache)).toEqual([basename(folder ?? '')]);
});

test('the fonts are real, the emoji font without its second set of pictures', async () => {
  const folder = await prepareSystemFonts(await temporaryFolder());
  const emoji = create(await readFile(join(folder, EMOJI)));
  const inter = create(await readFile(join(folder, INTER)));
  if (emoji.isCollection || inter.isCollection) throw new Error('not single fonts');
  expect(emoji.hasGlyphForCodePoint(0x1_f680)).toBe(true);
  expect(inter.familyName).toBe('Inter Variable');
  expect(inter.hasGlyphForCodePoint(0x42f)).toBe(true);
  expect((await stat(join(folder, EMOJI))).size).toBeLessThan(6_000_000);
});

test('the configuration names that folder and no other, wherever it is mounted', async () => {
  const folder = await prepareSystemFonts(await temporaryFolder());
  const conf = await readFile(join(folder, 'fonts.conf'), 'utf8');
  expect([...conf.matchAll(/<dir.*?<\/dir>/g)].map((match) => match[0])).toEqual([
    '<dir prefix="relative">.</dir>',
  ]);
  expect(conf).not.toContain('<include');
});

test('a finished folder is taken as it is, and not written to', async () => {
  const cache = await temporaryFolder();
  const folder = await prepareSystemFonts(cache);
  const before = await stat(join(folder, INTER));
  expect(await prepareSystemFonts(cache)).toBe(folder);
  const after = await stat(join(folder, INTER));
  expect([after.mtimeMs, after.ino]).toEqual([before.mtimeMs, before.ino]);
});

test('what a killed process left behind is not trusted', async () => {
  const cache = await temporaryFolder();
  const folder = await prepareSystemFonts(cache);
  const other = await temporaryFolder();
  const half = join(other, `${basename(folder)}.99-deadbeef`);
  await writeFile(half, 'half');
  expect(await readdir(await prepareSystemFonts(other))).toContain('fonts.conf');
});

test('a cache that cannot be written is named', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  await expect(prepareSystemFonts(file)).rejects.toMatchObject({
    code: 'browser_unavailable',
    message: expect.stringContaining(file) as string,
  });
});
