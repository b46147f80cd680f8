import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { outputSchema } from '../contract.ts';
import { prepareFonts } from '../fonts/fonts.ts';
import { SCRIPTS } from '../fonts/scripts.ts';
import { PACKAGE_ROOT } from '../package.ts';
import { createRenderer } from '../renderer/index.ts';
import { WORDS } from '../testing/scripts.ts';
import { loadTemplates } from './templates.ts';
import type { Templates } from './templates.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const output = outputSchema.parse({ format: 'png', width: 900, height: 120 });
const card = outputSchema.parse({});
const OURS = Object.keys(WORDS).filter((code) => !SCRIPTS.some((script) => script.code === code));

const folder = await mkdtemp(join(tmpdir(), 'og-sync-'));
const FONTS = ['Inter', 'Source Serif 4', 'JetBrains Mono', 'Nothing'];
const nameOf = (font: string): string => font.toLowerCase().replaceAll(' ', '-');
for (const font of FONTS) {
  const template = join(folder, nameOf(font));
  await mkdir(template);
  await writeFile(join(template, 'card.html'), '<p>{{ post.title }}</p>');
  await writeFile(join(template, 'card.css'), `body{background:#fff;color:#000}p{font:700 60px '${font}'}`);
}
/** The browser's fontconfig names og-sync's own fonts alone: the machine might as well have none. */
const bare = await loadTemplates({ folder, cacheDir: CACHE });
const installed = await loadTemplates({ folder, cacheDir: CACHE, packages: PACKAGE_ROOT });
const shipped = await loadTemplates({ cacheDir: CACHE });
const renderer = createRenderer({ fontconfig: () => prepareFonts(CACHE), cacheDir: CACHE, browsers: 1 });
afterAll(async () => {
  await renderer.close();
  await rm(folder, { recursive: true });
});

async function draw({ all }: Templates, name: string, title: string, size = output) {
  const template = all.get(name) ?? expect.unreachable();
  const post = { slug: 'a', title, tags: [] };
  const drawn = await template.render({ post, site: {}, output: size });
  const { bytes } = await renderer.render(drawn, size);
  return { bytes, missing: await template.missing(title) };
}

/** The number of dark pixels. */
async function inkOf(bytes: Uint8Array): Promise<number> {
  const grey = await sharp(bytes).greyscale().raw().toBuffer();
  return grey.filter((value) => value < 128).length;
}

// A template after the other: each has a head of its own to load.
describe.each(FONTS)('in a template with the font %s', (font) => {
  const name = nameOf(font);

  test('every script is drawn where its font is installed', async () => {
    for (const words of Object.values(WORDS)) {
      const { bytes, missing } = await draw(installed, name, words);
      expect([words, missing]).toEqual([words, []]);
      expect([words, (await inkOf(bytes)) > 200]).toEqual([words, true]);
    }
  });

  test('a script without its font is boxes, one for each letter, and told', async () => {
    const one = await inkOf((await draw(bare, name, '\u{10FFFD}')).bytes);
    for (const { code } of SCRIPTS) {
      const words = WORDS[code] ?? '';
      // The box of a mark lies on that of its letter.
      const letters = Array.from(words).filter((letter) => !/[\s\p{P}\p{Mn}\p{Cf}]/u.test(letter));
      const { bytes, missing } = await draw(bare, name, words);
      expect([words, missing]).not.toEqual([words, []]);
      expect([words, (await inkOf(bytes)) >= letters.length * one * 0.9]).toEqual([words, true]);
    }
  });

  test.each(['q\u0303 m\u0304', 'ɛ\u0303', 'а\u0301', 'x\u0323\u0302', 'ấ'])(
    'a letter and its marks are drawn, in whatever font has both: %s',
    async (text) => {
      const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '');
      const [whole, letters] = [await draw(bare, name, text), await draw(bare, name, plain)];
      expect(whole.missing).toEqual([]);
      expect(await inkOf(whole.bytes)).toBeGreaterThan(await inkOf(letters.bytes));
    },
  );
});

test('og-sync’s own fonts draw the scripts that the table leaves out', async () => {
  expect(OURS).toHaveLength(13);
  for (const code of OURS) expect((await draw(bare, 'inter', WORDS[code] ?? '')).missing).toEqual([]);
});

test.each([...shipped.all.keys()])(
  'the template %s shows boxes for a title that no font has',
  async (name) => {
    const [boxes, blank] = await Promise.all([
      draw(shipped, name, 'বাংলা', card),
      draw(shipped, name, '\u2003x', card),
    ]);
    expect(boxes.missing).toEqual(['ব', 'া', 'ং', 'ল']);
    const stats = await Promise.all(
      [boxes, blank].map(({ bytes }) => sharp(bytes).greyscale().raw().toBuffer()),
    );
    const changed = stats[0]?.filter((value, at) => Math.abs(value - (stats[1]?.[at] ?? 0)) > 64).length;
    expect(changed).toBeGreaterThan(2000);
  },
);

test('a letter and a mark that no font has together are boxes, and told as one', async () => {
  const { bytes, missing } = await draw(bare, 'inter', 'ก\u0bcd');
  expect(missing).toEqual(['\u0bcd']);
  expect(await inkOf(bytes)).toBeGreaterThan(200);
  expect((await draw(bare, 'inter', 'ह\u0303')).missing).toEqual(['ह\u0303']);
});
