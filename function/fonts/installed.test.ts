import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from './packages.ts';
import { openFonts } from './fonts.ts';
import { findInstalled } from './installed.ts';
import { temporaryFolder } from '../testing/folder.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const BENGALI = '@fontsource-variable/noto-sans-bengali';
const MIAO = '@fontsource/noto-sans-miao';

/** A folder of a blog that has installed copies of these packages. */
async function blogWith(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of names) await install(folder, name);
  return folder;
}

async function install(folder: string, name: string): Promise<void> {
  const root = dirname(packageFile(name, 'package.json'));
  await cp(root, join(folder, 'node_modules', name), { recursive: true, dereference: true });
}

async function openAt(folder: string | null) {
  return openFonts('/nonexistent/fonts', CACHE, await findInstalled(folder));
}

describe('font packages of the blog', () => {
  test('draw their script, and nothing is looked for where none is asked for', async () => {
    const folder = await blogWith(BENGALI, MIAO);
    const fonts = await openAt(folder);
    expect(Object.keys(fonts.installed).sort()).toEqual([
      'Beng',
      'Plrd',
      'noto sans bengali',
      'noto sans miao',
    ]);
    expect(fonts.installed['Beng']).toMatch(/^@fontsource-variable\/noto-sans-bengali@\d/);
    expect(await fonts.missing('বাংলা ভাষা। 𖼀𖼁')).toEqual([]);
    expect(await fonts.missing('தமிழ்')).toEqual(['த', 'ம', 'ி', 'ழ', '்']);
    expect((await openAt(null)).installed).toEqual({});
    expect(await (await openAt(null)).missing('ক')).toEqual(['ক']);
  });

  test('are found in the folders above too, the nearest first', async () => {
    const folder = await blogWith(BENGALI);
    const below = join(folder, 'packages/blog');
    await mkdir(below, { recursive: true });
    expect((await findInstalled(below)).fonts).toHaveProperty('Beng');
    await install(below, BENGALI);
    const near = join(below, 'node_modules', BENGALI);
    await writeFile(join(near, 'package.json'), '{"version":"0.0.1"}');
    expect((await findInstalled(below)).fonts).toMatchObject({ Beng: `${BENGALI}@0.0.1` });
  });

  test('draw with the files of their script alone, before any other font may', async () => {
    const fonts = await openAt(await blogWith(BENGALI));
    const { standIns } = await fonts.select('বাংলা। Ω', 'bn', []);
    expect(standIns.map(({ file }) => basename(file))).toEqual([
      'noto-sans-bengali-bengali-wght-normal.woff2',
      'InterVariable.woff2',
    ]);
  });

  test('do nothing to a text without their script', async () => {
    const [none, some] = [await openAt(null), await openAt(await blogWith(BENGALI))];
    for (const text of ['हिन्दी।', 'Ω → ∀', '\u25cc', '日本語'])
      expect(await some.select(text, '', [])).toEqual(await none.select(text, '', []));
    expect(some.digest).toBe(none.digest);
    expect(some.identityOf('a{font-family:Inter}')).toBe('');
  });

  test.each([
    ["h1{font-family:'Noto Sans Bengali',serif}", 'noto sans bengali'],
    ['h1{font:700 40px noto sans bengali, serif}', 'noto sans bengali'],
    ['h1{font-family:"Noto Sans Bengali Variable"}', 'noto sans bengali variable'],
    ['h1{font-family:Noto Sans Bengali}', 'noto sans bengali'],
    ['h1{font-family:"Noto Sans Bengali UI"}', null],
    ['<p>noto sans bengali is a font</p>', null],
  ])('are used by name: %s', async (source, family) => {
    const fonts = await openAt(await blogWith(BENGALI));
    const families = new Set((await fonts.named(source)).map((face) => face.family));
    expect([...families]).toEqual(family === null ? [] : [family]);
    expect(fonts.identityOf(source).includes(BENGALI)).toBe(family !== null);
  });

  test('that are broken are named', async () => {
    const folder = await blogWith(BENGALI);
    await rm(join(folder, 'node_modules', BENGALI, 'unicode.json'));
    const fonts = await openAt(folder);
    await expect(fonts.missing('ক')).rejects.toMatchObject({
      code: 'template_failed',
      message: expect.stringContaining('unicode.json') as string,
    });
  });
});

test('og-sync’s own packages are not taken for those of the blog', async () => {
  const folder = await blogWith('@fontsource-variable/jetbrains-mono');
  const fonts = await openAt(folder);
  expect(fonts.identityOf("a{font-family:'JetBrains Mono'}")).toBe('');
});

test('a template that shows letters of a script has their font in its identity', async () => {
  const fonts = await openAt(await blogWith(BENGALI));
  expect(fonts.identityOf('<p>বাংলা</p>')).toContain(BENGALI);
});
