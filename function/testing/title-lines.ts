/** Titles drawn by themselves, as the lines that a reader sees. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputSchema } from '../contract.ts';
import type { Post } from '../contract.ts';
import { prepareFonts } from '../fonts/fonts.ts';
import type { CardFinding } from '../renderer/renderer.ts';
import { createRenderer } from '../renderer/index.ts';
import { loadTemplates } from '../templates/templates.ts';

const CACHE = join(import.meta.dirname, '../node_modules/.cache/og-sync');
const HTML =
  '<main lang="{{ lang }}" dir="{{ dir }}"><h1 dir="auto" style="{{ post.data.style }}" data-x>{{ post.title | inline }}</h1></main>';
const CSS = 'main{position:absolute;inset:40px 100px}h1{font-size:40px;line-height:1.2;text-wrap:balance}';

export interface DrawnTitle {
  /** Without spaces. */
  lines: string[];
  /** The left and right end of each line, px. */
  lefts: number[];
  rights: number[];
  findings: readonly CardFinding[];
  /** Height of a letter's box, px. */
  height: number;
}

interface How {
  /** Of the heading, which begins at 100 px and has 40 px. */
  style?: string;
  /** Its `data-` attributes. */
  fit?: string;
  post?: Partial<Post>;
}

/** Draws titles in a template of its own. Where each of the first hundred characters stands tells which line it is on. */
export async function openTitles() {
  const folder = await mkdtemp(join(tmpdir(), 'og-titles-'));
  await mkdir(join(folder, 't'));
  await writeFile(join(folder, 't/card.html'), HTML);
  await writeFile(join(folder, 't/card.css'), CSS);
  const template = (await loadTemplates({ folder, cacheDir: CACHE })).all.get('t');
  const renderer = createRenderer({ fontconfig: () => prepareFonts(CACHE), cacheDir: CACHE, browsers: 1 });
  const output = outputSchema.parse({});

  async function draw(
    lang: string,
    title: string,
    { style = '', fit = '', post = {} }: How = {},
  ): Promise<DrawnTitle> {
    const whole = { slug: 'a', title, lang, data: { style }, ...post };
    const card = await template?.render({ post: whole, site: {}, output });
    if (card === undefined) throw new Error('There is no template t.');
    const find = [...new Set(title)].filter((sign) => sign.trim() !== '');
    const { found, findings } = await renderer.render(
      { ...card, body: card.body.replace('data-x', fit), find },
      output,
    );
    const lines: { text: string; middle: number; left: number; right: number }[] = [];
    let height = 0;
    for (const { character, place } of found) {
      const middle = place.y + place.height / 2;
      const right = place.x + place.width;
      const line = lines.find((one) => Math.abs(one.middle - middle) < place.height / 2);
      height = Math.max(height, place.height);
      if (line === undefined) {
        lines.push({ text: character, middle, left: place.x, right });
        continue;
      }
      line.text += character;
      line.left = Math.min(line.left, place.x);
      line.right = Math.max(line.right, right);
    }
    return {
      lines: lines.map(({ text }) => text),
      lefts: lines.map(({ left }) => left),
      rights: lines.map(({ right }) => right),
      findings,
      height,
    };
  }

  async function close(): Promise<void> {
    await Promise.all([renderer.close(), rm(folder, { recursive: true })]);
  }

  return { draw, close };
}
