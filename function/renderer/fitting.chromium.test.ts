import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer } from './index.ts';
import { JPEG, OPTIONS, cardOf } from './testing/fixture.ts';

const renderer = createRenderer({ ...OPTIONS, browsers: 1 });
afterAll(async () => renderer.close());

const HEAD = `<style>
  body { background: #fff; color: #000; font: 20px/1.2 'Open Sans' }
  main { position: absolute; left: 100px; top: 100px; width: 1000px }
  h1 { margin: 0; font-weight: 700; text-wrap: balance }
</style>`;
const draw = async (body: string) =>
  renderer.render({ head: HEAD, body: `<main data-lint-off="small_text edge">${body}</main>` }, JPEG);

/** Rows of ink, as [first, last] of each run: what a person would call lines. */
async function lines(bytes: Uint8Array): Promise<[number, number][]> {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  const found: [number, number][] = [];
  for (let row = 0; row < info.height; row += 1) {
    const ink = data.subarray(row * info.width, (row + 1) * info.width).some((value) => value < 100);
    const last = found.at(-1);
    if (ink && last?.[1] === row - 1) last[1] = row;
    else if (ink) found.push([row, row]);
  }
  return found;
}
const many = (words: number): string => Array.from({ length: words }, () => 'HHHHHH').join(' ');

describe('fitting', () => {
  it('gives a short title the largest size', async () => {
    const fitted = await draw('<h1 data-fit="20-90" data-lines="2">HHHHHH</h1>');
    const plain = await draw('<h1 style="font-size:90px">HHHHHH</h1>');
    expect(Buffer.compare(fitted.bytes, plain.bytes)).toBe(0);
    expect(fitted.findings).toEqual([]);
  });

  it('finds the largest size that keeps the lines', async () => {
    const fitted = await draw(`<h1 data-fit="40-90" data-lines="2">${many(8)}</h1>`);
    const found = await lines(fitted.bytes);
    expect(found).toHaveLength(2);
    expect(fitted.findings).toEqual([]);
    const sizes = await Promise.all(
      Array.from({ length: 51 }, async (_, index) => {
        const plain = await draw(`<h1 style="font-size:${40 + index}px">${many(8)}</h1>`);
        return (await lines(plain.bytes)).length <= 2 ? 40 + index : 0;
      }),
    );
    const largest = await draw(`<h1 style="font-size:${Math.max(...sizes)}px">${many(8)}</h1>`);
    expect(Buffer.compare(fitted.bytes, largest.bytes)).toBe(0);
  });

  it('keeps within the height of its own box', async () => {
    const { bytes, findings } = await draw(`<h1 data-fit="20-90" style="height:150px">${many(20)}</h1>`);
    const found = await lines(bytes);
    expect(found.at(-1)?.[1]).toBeLessThanOrEqual(250);
    expect(found.length).toBeGreaterThan(1);
    expect(findings).toEqual([]);
  });

  it('shrinks a long word until it keeps within the width', async () => {
    const { bytes, findings } = await draw(`<h1 data-fit="20-90" data-lines="1">${'H'.repeat(30)}</h1>`);
    expect(await lines(bytes)).toHaveLength(1);
    expect(findings).toEqual([]);
  });

  it('clamps with an ellipsis what does not fit at the smallest, and quotes it', async () => {
    const { bytes, findings } = await draw(
      `<h1 class="title big" data-fit="40-90" data-lines="3">${many(80)}</h1>`,
    );
    expect(await lines(bytes)).toHaveLength(3);
    expect(findings).toMatchObject([
      {
        code: 'text_cut',
        message: `"${'HHHHHH '.repeat(5)}HHHHH…" does not fit at 40 px in 3 lines and ends in an ellipsis.`,
      },
    ]);
  });

  it.each([
    ['a box that is higher than its lines', '<h1 data-fit="40-90" data-lines="2" style="height:400px">', 2],
    ['a box that has room for some', '<h1 data-fit="40-90" style="height:150px">', 3],
    ['a box that grows', '<h1 data-fit="40-90" data-lines="2" style="line-height:1.05">', 2],
    ['text that must not wrap', '<h1 data-fit="40-90" data-lines="1" style="white-space:nowrap">', 1],
  ])('shows the lines that fit and none after the ellipsis: %s', async (_, tag, count) => {
    const { bytes, findings } = await draw(`${tag}${many(80)}</h1>`);
    expect(await lines(bytes)).toHaveLength(count);
    expect(findings[0]?.message).toContain(`in ${count} line`);
  });

  it('cuts nothing off the letters of the last line', async () => {
    const style = 'style="font-size:40px;line-height:1.05;height:300px"';
    const cut = await draw(`<h1 data-lines="1" ${style}>ggÅÅ${' ggÅÅ'.repeat(60)}</h1>`);
    const whole = await draw(`<h1 ${style}>ggÅÅ ggÅÅ</h1>`);
    expect(await lines(cut.bytes)).toEqual(await lines(whole.bytes));
  });

  it('breaks a word that is too long even at the smallest', async () => {
    const { findings } = await draw(`<h1 data-fit="60-90" data-lines="1">${'H'.repeat(400)}</h1>`);
    expect(findings.map(({ code }) => code)).toEqual(['text_cut']);
  });

  it('clamps an element with a line limit alone at its own size', async () => {
    const { bytes, findings } = await draw(`<p id="about" data-lines="2">${many(60)}</p>`);
    expect(await lines(bytes)).toHaveLength(2);
    expect(findings[0]?.message).toMatch(/ at 20 px in 2 lines/);
  });

  it('starts anew for every card, also where the element itself stayed', async () => {
    const title = '<h1 data-fit="20-90" style="flex:1;min-height:0;color:#000">Title here</h1>';
    const column = (rest: string) =>
      renderer.render(
        { head: `${HEAD}<style>body{display:flex;flex-direction:column}</style>`, body: title + rest },
        JPEG,
      );
    const before = await column('<p style="height:100px"></p>');
    await column('<p style="height:600px"></p>');
    const after = await column('<p style="height:100px"></p>');
    expect(Buffer.compare(before.bytes, after.bytes)).toBe(0);
  });
});

describe('content over an edge', () => {
  it('is found when text is cut by its box', async () => {
    const { findings } = await draw(
      '<p class="tag" style="width:80px;overflow:hidden;white-space:nowrap">One two three</p>',
    );
    expect(findings).toMatchObject([
      { code: 'text_cut', message: '"One two three" does not fit its box and is cut.', place: { width: 80 } },
    ]);
  });

  it('is told with its place, of which no part lies beyond the card', async () => {
    const { findings } = await draw(
      '<p style="position:absolute;margin:0;left:950px;top:0;width:300px;height:40px">over the edge of it</p>',
    );
    expect(findings.map(({ place }) => place)).toEqual([{ x: 1050, y: 100, width: 150, height: 40 }]);
  });

  it('is found when text or a picture reaches over the card', async () => {
    const picture = `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').toString('base64')}`;
    const { findings } = await draw(
      `<p style="position:absolute;left:1050px;width:300px">over the edge</p><img src="${picture}" style="position:absolute;top:520px;height:60px">`,
    );
    expect(findings).toMatchObject([
      { code: 'overflow', message: '"over the edge" reaches over the edge of the card.' },
      { code: 'overflow', message: 'A picture reaches over the edge of the card.' },
    ]);
  });

  it('is no matter where it only decorates, and tight lines are no overflow', async () => {
    const { findings } = await draw(
      `<b aria-hidden="true" style="position:absolute;left:1000px;font-size:400px">∞</b><p style="line-height:1;overflow:hidden">Ågjpqy</p>`,
    );
    expect(findings).toEqual([]);
  });
});

describe('characters that are asked for', () => {
  it('are found where they are drawn, each time', async () => {
    const card = cardOf('', '');
    const body =
      '<p style="position:absolute;margin:0;left:100px;top:50px;font-size:40px;white-space:pre">a x b x</p>';
    const { found } = await renderer.render({ ...card, body, find: ['x', '😀'] }, JPEG);
    expect(found.map(({ character }) => character)).toEqual(['x', 'x']);
    const [first, second] = found.map(({ place }) => place);
    expect(first?.x).toBeGreaterThan(100);
    expect(second?.x).toBeGreaterThan((first?.x ?? 0) + (first?.width ?? 0));
    expect(first?.height).toBeGreaterThan(40);
  });
});
