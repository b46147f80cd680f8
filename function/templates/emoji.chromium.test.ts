import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { outputSchema } from '../contract.ts';
import { prepareFonts } from '../fonts/fonts.ts';
import { createRenderer } from '../renderer/index.ts';
import { loadTemplates } from './templates.ts';

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/og-sync');
const output = outputSchema.parse({ format: 'png' });
const CELL = { width: 120, height: 70 };
const COLUMNS = output.width / CELL.width;

const folder = await mkdtemp(join(tmpdir(), 'og-sync-'));
await mkdir(join(folder, 'grid'));
await writeFile(join(folder, 'grid/card.html'), '{% for tag in post.tags %}<i>{{ tag }}</i>{% endfor %}');
await writeFile(
  join(folder, 'grid/card.css'),
  `body{display:grid;grid-template-columns:repeat(${COLUMNS},${CELL.width}px);grid-auto-rows:${CELL.height}px;color:#000;font:400 40px Inter,sans-serif}i{display:flex;overflow:hidden;font-style:normal}`,
);
const CONTENT = '⚡ ✔ ☕ ⭐ ⚙'.split(' ');
await mkdir(join(folder, 'pseudo'));
await writeFile(
  join(folder, 'pseudo/card.html'),
  CONTENT.map(
    (sign, at) =>
      `<i class="c${at}"></i><i><svg width="80" height="60"><text y="50">${sign}</text></svg></i>`,
  ).join(''),
);
await writeFile(
  join(folder, 'pseudo/card.css'),
  [
    await readFile(join(folder, 'grid/card.css'), 'utf8'),
    ...CONTENT.map((sign, at) => `.c${at}::before{content:"${sign}"}`),
  ].join('\n'),
);
const templates = await loadTemplates({ folder, cacheDir: CACHE });
const renderer = createRenderer({
  fontconfig: () => prepareFonts(CACHE),
  cacheDir: CACHE,
  browsers: 1,
});
afterAll(async () => {
  await renderer.close();
  await rm(folder, { recursive: true });
});

/** Each text in a cell of its own: whether it is drawn in colours, in black, or not at all. */
async function drawn(texts: readonly string[], name = 'grid'): Promise<string[]> {
  const template = templates.all.get(name) ?? expect.unreachable();
  const post = { slug: 'a', title: 'a', tags: [...texts] };
  const picture = await renderer.render(await template.render({ post, site: {}, output }), output);
  const { data } = await sharp(picture.bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return texts.map((_, index) => {
    const left = (index % COLUMNS) * CELL.width;
    const top = Math.floor(index / COLUMNS) * CELL.height;
    let [colours, ink] = [0, 0];
    for (let y = top; y < top + CELL.height; y++)
      for (let x = left; x < left + CELL.width; x++) {
        const at = (y * output.width + x) * 3;
        const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > 25) colours += 1;
        if (red + green + blue < 600) ink += 1;
      }
    return colours > 20 ? 'colour' : ink > 5 ? 'text' : 'nothing';
  });
}

/** Emoji whose picture has colours. */
const COLOUR =
  '⚡ ☕ ⌚ ⭐ ✨ ❌ ♿ 🀄 🃏 🚀 ✔\uFE0F ❤\uFE0F ☂\uFE0F ↔\uFE0F ℹ\uFE0F ☺\uFE0F ㊗\uFE0F ▶\uFE0F ☀\uFE0F 1\uFE0F\u20E3 #\uFE0F\u20E3 🇩🇪 👍🏽 ☝🏽 👩\u200D💻 ❤\uFE0F\u200D🔥 ❤\u200D🔥 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'.split(
    ' ',
  );
const TEXT =
  '✔ ❤ ☂ ↔ ☺ ㊗ ▶ ☀ ⚙ ✝ ☮ ♥ ★ © ™ 〰 🕶 👁 1 # ⚡\uFE0E ☕\uFE0E ⌚\uFE0E 🀄\uFE0E ⭐\uFE0E ❤\uFE0E'.split(' ');

test('what has emoji presentation is in colour and what has text presentation is not, whatever stands beside it', async () => {
  const all = [...COLOUR, ...TEXT];
  const expected = [...COLOUR.map(() => 'colour'), ...TEXT.map(() => 'text')];
  const seen = await drawn(all);
  expect(all.map((text, index) => `${text} ${seen[index]}`)).toEqual(
    all.map((text, index) => `${text} ${expected[index]}`),
  );
});

test('and so it is when it stands alone', async () => {
  for (const text of COLOUR) expect([text, await drawn([text])]).toEqual([text, ['colour']]);
  for (const text of TEXT) expect([text, await drawn([text])]).toEqual([text, ['text']]);
});

test('and so it is in an SVG and in what a style sheet adds', async () => {
  const cells = CONTENT.flatMap((sign) => [sign, sign]);
  const expected = cells.map((sign) => (/\p{Emoji_Presentation}/u.test(sign) ? 'colour' : 'text'));
  expect(await drawn(cells, 'pseudo')).toEqual(expected);
});

test('and so it is among the words of a title', async () => {
  expect(await drawn(['✔', '⚡✔'])).toEqual(['text', 'colour']);
});
