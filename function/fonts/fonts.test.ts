import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFonts } from './fonts.ts';
import { findInstalled } from './installed.ts';
import { packageFile } from './packages.ts';
import { temporaryFolder } from '../testing/folder.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const MONO = packageFile(
  '@fontsource-variable/jetbrains-mono',
  'files/jetbrains-mono-latin-wght-normal.woff2',
);
const none = await findInstalled(null);
const fonts = await openFonts('/nonexistent/fonts', CACHE, none);

async function standIns(text: string, language = ''): Promise<string[]> {
  const { standIns } = await fonts.select(text, language, []);
  return [...new Set(standIns.map((face) => face.family))].sort();
}

describe('stand-ins for a text', () => {
  test.each([
    ['Plain English', []],
    ['Привет, Ωμέγα', ['Inter']],
    ['مرحبا', ['Noto Sans Arabic']],
    ['שלום', ['Noto Sans Hebrew']],
    ['नमस्ते', ['Noto Sans Devanagari']],
    ['สวัสดี', ['Noto Sans Thai']],
    ['日本語のかな', ['Noto Sans JP']],
    ['한국어', ['Noto Sans KR']],
    ['简体中文', ['Noto Sans SC']],
    ['🚀 and 👨‍👩‍👧‍👦', []],
    ['∀', ['Noto Sans Math']],
  ])('%s', async (text, families) => {
    expect(await standIns(text)).toEqual(families);
    expect(await fonts.missing(text)).toEqual([]);
  });

  test('the language decides how shared ideographs are drawn', async () => {
    expect(await standIns('骨', 'ja')).toEqual(['Noto Sans JP']);
    expect(await standIns('骨', 'zh-TW')).toEqual(['Noto Sans TC']);
    expect(await standIns('骨', 'ko')).toEqual(['Noto Sans KR']);
    expect(await standIns('骨', 'en')).toEqual(['Noto Sans SC']);
  });

  test('only the slices that a text needs come along', async () => {
    const { standIns } = await fonts.select('静的サイト', 'ja', []);
    expect(standIns.length).toBeGreaterThan(0);
    expect(standIns.length).toBeLessThan(6);
  });
});

describe('families named by a template', () => {
  test('are found in its source, italics only where something slants', async () => {
    const upright = await fonts.named("a{font-family:'source serif 4'}");
    expect(new Set(upright.map((face) => `${face.family} ${face.style}`))).toEqual(
      new Set(['Source Serif 4 normal']),
    );
    const both = await fonts.named("a{font:italic 1em 'Source Serif 4'}");
    expect(new Set(both.map((face) => face.style))).toEqual(new Set(['normal', 'italic']));
    expect(await fonts.named('a{font-family:Georgia}')).toEqual([]);
  });

  test('draw what they have; a stand-in comes for what one of them lacks', async () => {
    const named = await fonts.named("'Source Serif 4'");
    const { named: more, standIns } = await fonts.select('Привет →', '', named);
    expect(more.map((face) => basename(face.file))).toEqual(['source-serif-4-cyrillic-opsz-normal.woff2']);
    expect(standIns.map((face) => face.family)).toEqual(['Inter']);
  });
});

test('characters that no font has are told once each, in order', async () => {
  expect(await fonts.missing('a 𒀀 \u{10FFFD}𒀀 b🚀')).toEqual(['𒀀', '\u{10FFFD}']);
});

describe('fonts in a shared folder', () => {
  test('change the digest with every byte, and with their names', async () => {
    const folder = join(await temporaryFolder(), 'fonts');
    const empty = (await openFonts(folder, CACHE, none)).digest;
    await mkdir(folder);
    await writeFile(join(folder, 'a.ttf'), 'x');
    const one = (await openFonts(folder, CACHE, none)).digest;
    await writeFile(join(folder, 'a.ttf'), 'y');
    const other = (await openFonts(folder, CACHE, none)).digest;
    await writeFile(join(folder, 'LICENSE'), 'y');
    expect(new Set([empty, one, other]).size).toBe(3);
    expect((await openFonts(folder, CACHE, none)).digest).toBe(other);
    expect(empty).toBe(fonts.digest);
  });

  test('are known by the family they carry, instead of a shipped one of that name', async () => {
    const folder = await temporaryFolder();
    await copyFile(MONO, join(folder, 'whatever.woff2'));
    const own = await openFonts(folder, CACHE, none);
    const faces = await own.named("'JetBrains Mono'");
    expect(faces).toEqual([
      {
        family: 'JetBrains Mono',
        style: 'normal',
        weight: '100 800',
        ranges: null,
        file: join(folder, 'whatever.woff2'),
        base: true,
      },
    ]);
  });

  test('stand in before the shipped ones do', async () => {
    const folder = await temporaryFolder();
    const arabic = packageFile(
      '@fontsource-variable/noto-sans-arabic',
      'files/noto-sans-arabic-arabic-wght-normal.woff2',
    );
    await copyFile(arabic, join(folder, 'mine.woff2'));
    const { standIns } = await (await openFonts(folder, CACHE, none)).select('سلام', 'ar', []);
    expect(standIns.map((face) => face.file)).toEqual([join(folder, 'mine.woff2')]);
  });

  test('that cannot be read are named', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'broken.ttf'), 'not a font');
    const own = await openFonts(folder, CACHE, none);
    await expect(own.named('x')).rejects.toMatchObject({
      code: 'template_failed',
      message: expect.stringContaining('broken.ttf') as string,
    });
  });
});
