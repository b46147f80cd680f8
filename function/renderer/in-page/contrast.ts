/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `CONTRAST`, and refer to nothing else. */
import type { Colour, Part, Scene } from './ground.ts';
import type { Box, Run } from './runs.ts';
import type { Pixels } from './veil.ts';

/** How text covers what is behind it: its colours, and how much of them; null where only a picture can tell. */
export interface Ink {
  colours: Colour[];
  isOdd: boolean;
}

function ratioOf(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** A filter, a blend mode or letters cut out of a ground, here or around; a group with a ground that fades as a whole. */
function isMixed(element: Element, scene: Scene, colourOf: (css: string, scene: Scene) => Colour): boolean {
  const known = scene.mixed.get(element);
  if (known !== undefined) return known;
  const style = getComputedStyle(element);
  const fades = style.opacity !== '1';
  const mixed =
    style.mixBlendMode !== 'normal' ||
    style.filter !== 'none' ||
    style.backgroundClip.includes('text') ||
    (fades && (style.backgroundImage !== 'none' || colourOf(style.backgroundColor, scene)[3] > 0)) ||
    (element.parentElement !== null && isMixed(element.parentElement, scene, colourOf));
  scene.mixed.set(element, mixed);
  return mixed;
}

/** What is drawn of a text, from its styles. Without colours: nothing of it is drawn at all. */
export function inkOf(
  { element, pseudo }: Run,
  scene: Scene,
  {
    colourOf,
    opacityOf,
  }: {
    colourOf: (css: string, scene: Scene) => Colour;
    opacityOf: (element: Element, scene: Scene) => number;
  },
): Ink {
  const style = getComputedStyle(element, pseudo === '' ? null : pseudo);
  const isShape = element instanceof SVGElement;
  const own = pseudo === '' ? 1 : Number(style.opacity);
  const opacity = opacityOf(element, scene) * own;
  const faded = (css: string, more = 1): Colour[] => {
    const [red, green, blue, alpha] = colourOf(css, scene);
    return alpha * more < 0.02 ? [] : [[red, green, blue, alpha * opacity * more]];
  };
  const isOdd = isMixed(element, scene, colourOf);
  if (!isShape) {
    const stroke =
      Number.parseFloat(style.webkitTextStrokeWidth) > 0 ? faded(style.webkitTextStrokeColor) : [];
    return { colours: [...faded(style.webkitTextFillColor), ...stroke], isOdd };
  }
  const isPlain = !style.fill.startsWith('url(') && !style.stroke.startsWith('url(');
  const fill = style.fill === 'none' || !isPlain ? [] : faded(style.fill, Number(style.fillOpacity));
  const stroke = style.stroke === 'none' || !isPlain ? [] : faded(style.stroke, Number(style.strokeOpacity));
  return { colours: [...fill, ...stroke], isOdd };
}

/** A third of a box has this contrast or less: half a word on a cloud counts, a hairline through it does not. */
function third(ratios: number[]): number {
  return ratios.sort((a, b) => a - b)[Math.floor((ratios.length - 1) / 3)] ?? 21;
}

/** Luminance of each value of a channel, before its weight. */
export function channelLuminances(): Float64Array {
  return Float64Array.from({ length: 256 }, (_, value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

/** How many px of a picture lie between those that are looked at: some fifty in a box tell as much as all. */
function strideOf(width: number, height: number): number {
  return Math.max(1, Math.floor(Math.sqrt((width * height) / 48)));
}

/** A channel with some of another colour on it. */
function mix(under: number, on: number, alpha: number): number {
  return Math.round(under + (on - under) * alpha);
}

/**
 * Tells of each px that is looked at how a text stands out from a picture of its ground, until it is told to stop. `over`:
 * colours above the ground; `drawn`: a picture of the ink, where styles do not tell it. Runs for each piece of each text of
 * each card, so it makes no objects and walks no iterator.
 */
function eachContrast(
  box: Box,
  ground: Pixels,
  { colours }: Ink,
  over: readonly Colour[],
  drawn: Pixels | null,
  light: Float64Array,
  tell: (ratio: number, count: number) => boolean,
): void {
  const { width, height, scale, data } = ground;
  const x0 = Math.min(Math.max(Math.round(box.left * scale), 0), width - 1);
  const y0 = Math.min(Math.max(Math.round(box.top * scale), 0), height - 1);
  const x1 = Math.min(Math.max(Math.round(box.right * scale), x0 + 1), width);
  const y1 = Math.min(Math.max(Math.round(box.bottom * scale), y0 + 1), height);
  const stride = strideOf(x1 - x0, y1 - y0);
  const count = Math.ceil((x1 - x0) / stride) * Math.ceil((y1 - y0) / stride);
  const luminance = (red: number, green: number, blue: number): number =>
    0.2126 * (light[red] ?? 0) + 0.7152 * (light[green] ?? 0) + 0.0722 * (light[blue] ?? 0);
  for (let y = y0; y < y1; y += stride)
    for (let x = x0; x < x1; x += stride) {
      const at = 4 * (y * width + x);
      let red = data[at] ?? 0;
      let green = data[at + 1] ?? 0;
      let blue = data[at + 2] ?? 0;
      for (let layer = 0; layer < over.length; layer += 1) {
        const colour = over[layer] as Colour;
        red = mix(red, colour[0], colour[3]);
        green = mix(green, colour[1], colour[3]);
        blue = mix(blue, colour[2], colour[3]);
      }
      const back = luminance(red, green, blue);
      let best = 1;
      if (drawn !== null) {
        const ink = drawn.data;
        best = ratioOf(luminance(ink[at] ?? 0, ink[at + 1] ?? 0, ink[at + 2] ?? 0), back);
      } else
        for (let layer = 0; layer < colours.length; layer += 1) {
          const colour = colours[layer] as Colour;
          const alpha = colour[3];
          const front = luminance(
            mix(red, colour[0], alpha),
            mix(green, colour[1], alpha),
            mix(blue, colour[2], alpha),
          );
          best = Math.max(best, ratioOf(front, back));
        }
      if (!tell(best, count)) return;
    }
}

/** The contrast of a text with a picture of its ground: what two thirds of it exceed. Parameters as of `eachContrast`. */
export function contrastIn(
  box: Box,
  ground: Pixels,
  ink: Ink,
  over: readonly Colour[],
  drawn: Pixels | null,
  light: Float64Array,
): number {
  const ratios: number[] = [];
  eachContrast(box, ground, ink, over, drawn, light, (ratio) => ratios.push(ratio) > 0);
  return third(ratios);
}

/** Whether `contrastIn` is less than that, found sooner: nearly all text is strong enough, which two thirds of it show. */
export function isWeakIn(
  box: Box,
  ground: Pixels,
  ink: Ink,
  over: readonly Colour[],
  light: Float64Array,
  least: number,
): boolean {
  let strong = 0;
  let needed = 1;
  eachContrast(box, ground, ink, over, null, light, (ratio, count) => {
    needed = count - Math.floor((count - 1) / 3);
    if (ratio >= least) strong += 1;
    return strong < needed;
  });
  return strong < needed;
}

/** How a text stands out from the colours behind it, where they are plain: from a picture of one white px. */
export function contrastOver({ over, box }: Part, ink: Ink, light: Float64Array): number {
  const white = { data: new Uint8ClampedArray([255, 255, 255, 255]), width: 1, height: 1, scale: 1 };
  return contrastIn(box, white, ink, over, null, light);
}

export const CONTRAST = [
  isMixed,
  ratioOf,
  inkOf,
  third,
  channelLuminances,
  strideOf,
  mix,
  eachContrast,
  contrastIn,
  isWeakIn,
  contrastOver,
];
