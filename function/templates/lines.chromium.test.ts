import { afterAll, describe, expect, test } from 'vitest';
import { openTitles } from '../testing/title-lines.ts';

const { draw, close } = await openTitles();
afterAll(close);

const FIT = 'data-fit="40-130" data-lines="4"';

describe('balanced lines of a fitted title', () => {
  test.each([
    [1000, 'From 2024-01-02 to March 5: a postmortem', ['From2024-01-02to', 'March5:apostmortem']],
    [1000, 'A state-of-the-art pre-release, by e-mail', ['Astate-of-the-art', 'pre-release,bye-mail']],
    [700, 'Maps that J. R. R. Tolkien and Dr. Jones drew', ['Mapsthat', 'J.R.R.Tolkienand', 'Dr.Jonesdrew']],
  ])('are fewer where one of them would be a short word, %i px wide: %s', async (width, title, lines) => {
    const drawn = await draw('en', title, { style: `width:${width}px;height:340px`, fit: FIT });
    expect(drawn.lines).toEqual(lines);
  });

  test('stay as large as they can be where they are even', async () => {
    const title = 'What nobody told us about a very quiet year';
    const style = 'width:1000px;height:340px';
    const balanced = await draw('en', title, { style, fit: FIT });
    const greedy = await draw('en', title, { style: `${style};text-wrap:wrap`, fit: FIT });
    expect(balanced.height).toBe(greedy.height);
  });
});

describe('the last line', () => {
  const TITLES = [
    ['en', 'Everything that we learned while moving four hundred million rows out of it'],
    ['en', 'A state-of-the-art pre-release, by e-mail'],
    ['en', 'Research at Harbour: the lost memos of an engineer'],
    ['fi', 'Verkkopalvelun saavutettavuusvaatimukset pähkinänkuoressa'],
    ['fr', 'Un an de mesures et une question : que reste-t-il quand on enlève tout ?'],
  ] as const;

  test.each(['balance', 'pretty'])('is not much shorter than the others (%s)', async (wrap) => {
    const short: string[] = [];
    for (const [lang, title] of TITLES)
      for (let width = 300; width <= 1000; width += 50) {
        const style = `width:${width}px;height:480px;text-wrap:${wrap}`;
        const { lines, lefts, rights } = await draw(lang, title, { style, fit: 'data-fit="24-90"' });
        const widths = rights.map((right, at) => right - (lefts[at] ?? 0));
        if (lines.length > 1 && (widths.at(-1) ?? 0) < 0.15 * Math.max(...widths))
          short.push(`${lines.join(' / ')} at ${width}`);
      }
    expect(short).toEqual([]);
  });
});
