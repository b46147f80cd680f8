/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `VEIL`, and refer to nothing else. */
import type { Run } from './runs.ts';

/** A picture of the card at a quarter of its size. */
export interface Pixels {
  data: Uint8ClampedArray;
  /** px of the picture. */
  width: number;
  height: number;
  /** px of the picture in one px of the card. */
  scale: number;
}

/** No letters, and nothing that belongs to them: what is behind them is left, their shadow with it. */
function transparent(selector: string): string {
  return `${selector}{-webkit-text-fill-color:transparent!important;-webkit-text-stroke-color:transparent!important;text-decoration-color:transparent!important;text-emphasis-color:transparent!important}
svg :is(${selector}){fill:transparent!important;stroke:transparent!important}`;
}

function dress(rules: string): () => void {
  const style = document.createElement('style');
  style.textContent = rules;
  document.head.append(style);
  return () => style.remove();
}

function mark(elements: Iterable<Element>, name: string): () => void {
  const marked = [...elements];
  for (const element of marked) element.setAttribute(name, '');
  return () => {
    for (const element of marked) element.removeAttribute(name);
  };
}

/** Shows these elements and nothing else; returns what takes it back. */
export function showOnly(elements: Iterable<Element>): () => void {
  const unmark = mark(elements, 'data-og-ground');
  const undress = dress(`body *{visibility:hidden!important}
body [data-og-ground],svg[data-og-ground] *{visibility:visible!important}
${transparent('[data-og-ground]:not([aria-hidden=true],[aria-hidden=true] *),svg text,svg tspan')}`);
  return () => {
    undress();
    unmark();
  };
}

/** Hides the letters of these runs; returns what takes it back. */
export function hideLetters(runs: readonly Run[]): () => void {
  const elements = runs.map(({ element }) => element);
  const clipped = elements.flatMap((element) => clippedOf(element) ?? []);
  const unmark = [mark(elements, 'data-og-letters'), mark(clipped, 'data-og-clipped')];
  const undress =
    dress(`${transparent('[data-og-letters],[data-og-letters]::before,[data-og-letters]::after')}
[data-og-clipped]{background:none!important}`);
  return () => {
    undress();
    for (const one of unmark) one();
  };
}

/** The element around a text whose background is cut out along its letters. */
function clippedOf(element: Element): Element | null {
  for (let at: Element | null = element; at !== null; at = at.parentElement)
    if (getComputedStyle(at).backgroundClip.includes('text')) return at;
  return null;
}

/** Fills the boxes of these runs with what their letters are filled with; returns what takes it back. */
export function fillBoxes(runs: readonly Run[]): () => void {
  const clipped = runs.flatMap(({ element }) => clippedOf(element) ?? []);
  const others = runs.filter(({ element }) => clippedOf(element) === null);
  const unmark = [
    mark(clipped, 'data-og-clipped'),
    mark(
      others.map(({ element }) => element),
      'data-og-filled',
    ),
  ];
  const colours = others.map(({ element, pseudo }, index) => {
    element.setAttribute('data-og-filled', String(index));
    const { webkitTextFillColor } = getComputedStyle(element, pseudo === '' ? null : pseudo);
    return `[data-og-filled="${index}"]${pseudo}{background:${webkitTextFillColor}!important}`;
  });
  const undress =
    dress(`[data-og-clipped]{background-clip:border-box!important;-webkit-background-clip:border-box!important}
${colours.join('\n')}`);
  return () => {
    undress();
    for (const one of unmark) one();
  };
}

/** A picture of the page, as base64 of a JPEG → its pixels. Nothing of it is left for the collector to find late. */
export async function readPixels(jpeg: string): Promise<Pixels> {
  const bytes = Uint8Array.from(atob(jpeg), (character) => character.charCodeAt(0));
  const whole = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  const scale = 1 / 4;
  const width = Math.max(1, Math.round(whole.width * scale));
  const height = Math.max(1, Math.round(whole.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('The page has no canvas.');
  context.imageSmoothingQuality = 'medium';
  context.drawImage(whole, 0, 0, width, height);
  whole.close();
  const { data } = context.getImageData(0, 0, width, height);
  canvas.width = 0;
  canvas.height = 0;
  return { data, width, height, scale };
}

export const VEIL = [transparent, dress, mark, showOnly, hideLetters, clippedOf, fillBoxes, readPixels];
