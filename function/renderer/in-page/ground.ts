/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `GROUND`, and refer to nothing else. */
import type { Box, Pseudo, Run } from './runs.ts';

/** Red, green and blue from 0 to 255; how much of it covers, from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** What an element draws behind the text over it: nothing, one colour, or what only a picture shows. */
type Paint = 'none' | 'deep' | Colour;

/** One canvas for all colours of a page, and what is known of the card. */
export interface Scene {
  context: OffscreenCanvasRenderingContext2D;
  colours: Map<string, Colour>;
  paints: Map<Element, Paint>;
  opacities: Map<Element, number>;
  /** Whether text in an element is mixed with what is behind it as styles do not tell. */
  mixed: Map<Element, boolean>;
  pseudos: Map<Element, Pseudo[]>;
}

/** A part of a line of text with the same things behind it. */
export interface Part {
  run: Run;
  box: Box;
  /** Colours over what only a picture shows, or over the last of `below`; the lowest first. */
  over: Colour[];
  /** What only a picture shows, and all that is drawn below it; empty where the ground is one colour. */
  below: Element[];
  /** Ink and ground cannot be told from styles. */
  isOdd: boolean;
}

/** Any colour of CSS, as the screen has it. */
export function colourOf(css: string, { context, colours }: Pick<Scene, 'context' | 'colours'>): Colour {
  const known = colours.get(css);
  if (known !== undefined) return known;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = '#000';
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  const colour: Colour = [red, green, blue, alpha / 255];
  if (colours.size > 500) colours.clear();
  colours.set(css, colour);
  return colour;
}

function isPainted(style: CSSStyleDeclaration, scene: Scene): boolean {
  return style.backgroundImage !== 'none' || colourOf(style.backgroundColor, scene)[3] > 0;
}

/** Opacity of an element and all around it. */
export function opacityOf(element: Element, { opacities }: Pick<Scene, 'opacities'>): number {
  const known = opacities.get(element);
  if (known !== undefined) return known;
  const { parentElement } = element;
  const around = parentElement === null ? 1 : opacityOf(parentElement, { opacities });
  const opacity = around * Number(getComputedStyle(element).opacity);
  opacities.set(element, opacity);
  return opacity;
}

function paintOf(element: Element, scene: Scene): Paint {
  const known = scene.paints.get(element);
  if (known !== undefined) return known;
  const style = getComputedStyle(element);
  const colour = colourOf(style.backgroundColor, scene);
  const isReplaced = /^(?:img|svg|canvas|video|picture|object|input)$/i.test(element.localName);
  const isBlended =
    style.mixBlendMode !== 'normal' ||
    style.filter !== 'none' ||
    style.backdropFilter !== 'none' ||
    style.maskImage !== 'none' ||
    style.boxShadow.includes('inset');
  const isPatterned = style.backgroundImage !== 'none' && !style.backgroundClip.includes('text');
  const draws = (scene.pseudos.get(element) ?? []).some((one) => isPainted(one.style, scene));
  const isLettered = element.closest('[aria-hidden="true"]') !== null && element.textContent?.trim() !== '';
  let paint: Paint = 'none';
  if (isReplaced || isPatterned || isBlended || draws || isLettered) paint = 'deep';
  else if (colour[3] > 0 && !style.backgroundClip.includes('text'))
    paint = [colour[0], colour[1], colour[2], colour[3] * opacityOf(element, scene)];
  scene.paints.set(element, paint);
  return paint;
}

/** What is at a point, the uppermost first; the shapes of an SVG count as their SVG. */
function stackAt(x: number, y: number): Element[] {
  const stack = document.elementsFromPoint(x, y);
  return [...new Set(stack.map((element) => (element instanceof SVGElement ? rootOf(element) : element)))];
}

function rootOf(element: SVGElement): Element {
  return element.closest('svg:not(svg svg)') ?? element;
}

/** What is behind a run at a point, or null where nothing of it can be seen. */
function partAt(run: Run, box: Box, stack: readonly Element[], scene: Scene): Part | null {
  const own = run.element instanceof SVGElement ? rootOf(run.element) : run.element;
  const at = stack.findIndex((element) => own.contains(element) || element === own);
  const from = at < 0 && run.pseudo !== '' ? stack.findIndex((element) => element.contains(own)) : at;
  if (from < 0) return null;
  const part: Part = { run, box, over: [], below: [], isOdd: false };
  for (const element of stack.slice(0, from)) {
    const paint = paintOf(element, scene);
    if (paint === 'none') continue;
    if (typeof paint !== 'string' && paint[3] > 0.95) return null;
    part.isOdd = true;
  }
  for (const element of stack.slice(from)) {
    const paint = paintOf(element, scene);
    if (paint === 'none') continue;
    if (part.below.length > 0 || paint === 'deep') part.below.push(element);
    else part.over.unshift(paint);
    if (typeof paint !== 'string' && paint[3] === 1) break;
  }
  return part;
}

/** A line, in one part where the same is behind all of it, else in pieces of some letters. */
export function partsOf(run: Run, line: Box, scene: Scene): Part[] {
  const { left, right, top, bottom } = line;
  const y = (top + bottom) / 2;
  const width = right - left;
  const reach = Math.min(width / 8, run.size / 2);
  const stacks = [left + reach, left + width / 2, right - reach].map((x) => stackAt(x, y));
  const [first = []] = stacks;
  const isSame = stacks.every(
    (stack) => stack.length === first.length && stack.every((element, at) => element === first[at]),
  );
  if (isSame) return [partAt(run, line, first, scene)].filter((part) => part !== null);
  return piecesOf(line, run.size)
    .map((piece) => partAt(run, piece, stackAt((piece.left + piece.right) / 2, y), scene))
    .filter((part) => part !== null);
}

/** A box in equal pieces, about as wide as four letters. */
export function piecesOf({ left, right, top, bottom }: Box, size: number): Box[] {
  const count = Math.max(1, Math.round((right - left) / (2.4 * size)));
  const width = (right - left) / count;
  return Array.from({ length: count }, (_, index) => ({
    left: left + index * width,
    right: left + (index + 1) * width,
    top,
    bottom,
  }));
}

function paintStyle(style: CSSStyleDeclaration): string {
  return [
    style.backgroundImage,
    style.backgroundColor,
    style.backgroundPosition,
    style.backgroundSize,
    style.opacity,
    style.borderRadius,
    style.boxShadow,
    style.filter,
    style.transform,
  ].join('|');
}

/** What a picture of these elements depends on, of the card's HTML and styles. */
export function keyOf(elements: readonly Element[], scene: Scene): string {
  return elements
    .map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const pseudos = (scene.pseudos.get(element) ?? []).map(({ style }) =>
        [paintStyle(style), style.left, style.top, style.width, style.height].join('|'),
      );
      const isReplaced = element instanceof SVGElement || element instanceof HTMLImageElement;
      const content = isReplaced ? element.outerHTML : '';
      const opacity = opacityOf(element, scene);
      return [
        left,
        top,
        width,
        height,
        opacity,
        paintStyle(getComputedStyle(element)),
        content,
        ...pseudos,
      ].join();
    })
    .join('\n');
}

export const GROUND = [
  colourOf,
  isPainted,
  opacityOf,
  paintOf,
  stackAt,
  rootOf,
  partAt,
  partsOf,
  piecesOf,
  paintStyle,
  keyOf,
];
