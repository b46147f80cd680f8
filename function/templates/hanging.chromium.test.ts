/** What stands at the edge of a title, and what stands on a ground of its own. */
import { afterAll, describe, expect, test } from 'vitest';
import { openTitles } from '../testing/title-lines.ts';

const { draw, close } = await openTitles();
afterAll(close);

/** px */
async function widthOf(title: string): Promise<number> {
  const { lefts, rights } = await draw('ja', title, { style: 'width:900px' });
  return (rights[0] ?? 0) - (lefts[0] ?? 0);
}

describe('quotes and brackets', () => {
  test.each([
    ['en', '“Nobody” reads the (whole) manual'],
    ['fr', '« Personne » ne lit'],
    ['de', '„Niemand“ liest'],
    ['en', '(Almost) nobody reads'],
  ])('hang before the line that they begin: %s', async (lang, title) => {
    const { lefts } = await draw(lang, title, { style: 'width:900px' });
    const letters = await draw(lang, title.slice(title.search(/\p{L}/u)), { style: 'width:900px' });
    expect(lefts[0]).toBeLessThan(99);
    expect(letters.lefts[0]).toBeGreaterThanOrEqual(100);
  });

  test('hang no nearer to the edge of the card than 40 px', async () => {
    const near = await draw('en', '“Nobody” reads', {
      style: 'width:900px;margin-left:-55px;font-size:80px',
    });
    expect(near.lefts[0]).toBeCloseTo(40, 0);
  });

  test('of Japanese lose their blank half at the head of a line', async () => {
    const trimmed = await widthOf('「紙');
    expect(trimmed).toBeLessThan(70);
    expect((await widthOf('。「紙')) - trimmed).toBeGreaterThan(30);
  });

  test('stand in their line elsewhere, with the space before them unchanged', async () => {
    const quoted = await draw('en', 'We said “no” twice', { style: 'width:900px' });
    const signs = await draw('en', 'We said x“no” twice', { style: 'width:900px' });
    expect(quoted.lefts[0]).toBeGreaterThanOrEqual(100);
    expect(signs.rights[0]).toBeGreaterThan(quoted.rights[0] ?? 0);
    const centred = await draw('en', '“No”', { style: 'width:900px;text-align:center' });
    expect((centred.lefts[0] ?? 0) + (centred.rights[0] ?? 0)).toBeCloseTo(2 * 550, -1);
  });
});

describe('code in a title', () => {
  test.each([
    ['en', 'Use cargo build here', 4, 15],
    ['ar', 'كيف تبني cache سريعًا', 9, 14],
  ])(
    'is set in the monospaced family on a ground of its own, fitted and balanced: %s',
    async (lang, title, from, to) => {
      const marks = { title: [{ kind: 'code' as const, from, to }] };
      const plain = await draw(lang, title, { style: 'width:900px;height:330px', fit: 'data-fit="40-130"' });
      const coded = await draw(lang, title, {
        style: 'width:900px;height:330px',
        fit: 'data-fit="40-130"',
        post: { marks },
      });
      expect(coded.findings).toEqual([]);
      expect(coded.lines.join('')).toBe(plain.lines.join(''));
      expect([coded.lefts, coded.rights]).not.toEqual([plain.lefts, plain.rights]);
    },
  );
});
