/** One design, twice: as HTML and CSS for a browser, as an element tree for those that draw by themselves. */
import { readFileSync } from 'node:fs';

export const WIDTH = 1200;
export const HEIGHT = 630;
export const QUALITY = 90;

const BACKDROP =
  'radial-gradient(circle at 15% 10%, rgba(255, 122, 89, 0.85), rgba(255, 122, 89, 0) 45%), ' +
  'radial-gradient(circle at 90% 95%, rgba(56, 189, 248, 0.8), rgba(56, 189, 248, 0) 50%), ' +
  'linear-gradient(135deg, #1e1b4b, #312e81 60%, #0f172a)';

export interface Content {
  title: string;
  description: string;
  tags: string[];
}

/** The i-th card's texts: no two alike, so that nobody can answer from a cache. */
export function content(i: number): Content {
  return {
    title: `Nº ${i}: what a warm browser can do for the cards of your blog`,
    description: `Card ${i} of many, each with a text of its own, a gradient behind it and its tags below.`,
    tags: ['open graph', 'performance', `card ${i}`],
  };
}

interface Element {
  type: string;
  key: null;
  props: { style?: Record<string, string | number>; children?: string | Element[] };
}

const element = (
  style: Record<string, string | number>,
  children: string | Element[],
  type = 'div',
): Element => ({ type, key: null, props: { style: { display: 'flex', ...style }, children } });

const COLUMN = { flexDirection: 'column' } as const;

/** The card as React's elements, which satori, Vercel and Takumi read. */
export function elements({ title, description, tags }: Content): Element {
  const tag = (text: string) =>
    element({ padding: '10px 22px', borderRadius: 999, background: 'rgba(255, 255, 255, 0.16)' }, text);
  return element(
    {
      ...COLUMN,
      justifyContent: 'space-between',
      width: WIDTH,
      height: HEIGHT,
      padding: 72,
      color: '#ffffff',
      backgroundImage: BACKDROP,
      fontFamily: 'Inter',
    },
    [
      element({ ...COLUMN, gap: 28 }, [
        element({ fontSize: 68, fontWeight: 700, lineHeight: 1.12 }, title),
        element({ fontSize: 32, lineHeight: 1.4, color: 'rgba(255, 255, 255, 0.85)' }, description),
      ]),
      element({ gap: 16, fontSize: 24 }, tags.map(tag)),
    ],
  );
}

const face = (weight: number): string => {
  const data = font(weight, 'woff2').toString('base64');
  return `@font-face { font-family: Inter; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) }`;
};

/** A static Inter of the given weight; the same file for everybody who reads its format. */
export function font(weight: number, format: 'woff' | 'woff2'): Buffer {
  const path = `@fontsource/inter/files/inter-latin-${weight}-normal.${format}`;
  return readFileSync(new URL(import.meta.resolve(path)));
}

/** The styles of the same card, for a browser. */
export const head = `<style>${face(400)}${face(700)}
body { margin: 0; width: ${WIDTH}px; height: ${HEIGHT}px; font-family: Inter; color: #fff; overflow: hidden }
.backdrop { position: absolute; inset: 0; will-change: transform; background: ${BACKDROP} }
main { position: absolute; inset: 0; box-sizing: border-box; padding: 72px; display: flex; flex-direction: column; justify-content: space-between }
h1 { margin: 0 0 28px; font-size: 68px; font-weight: 700; line-height: 1.12 }
p { margin: 0; font-size: 32px; line-height: 1.4; color: rgba(255, 255, 255, 0.85) }
ul { margin: 0; padding: 0; display: flex; gap: 16px; list-style: none; font-size: 24px }
li { padding: 10px 22px; border-radius: 999px; background: rgba(255, 255, 255, 0.16) }
</style>`;

export function body({ title, description, tags }: Content): string {
  const items = tags.map((tag) => `<li>${tag}</li>`).join('');
  return `<div class="backdrop"></div><main><div><h1>${title}</h1><p>${description}</p></div><ul>${items}</ul></main>`;
}
