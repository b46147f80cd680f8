/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `FIT`, and refer to nothing else. */
import type { WordTools } from './words.ts';

interface Cut {
  element: Element;
  /** px */
  size: number;
  lines: number;
}

interface Fitter {
  tools: WordTools;
  /** Words that would be larger if it were known where they break. */
  long: Set<string>;
}

interface Line {
  /** px from the top of the card. */
  middle: number;
  left: number;
  right: number;
}

/** The lines of text, from above. */
function linesOf(element: Element): Line[] {
  const range = document.createRange();
  range.selectNodeContents(element);
  const lines: Line[] = [];
  let bottom = -Infinity;
  for (const rect of range.getClientRects()) {
    const middle = (rect.top + rect.bottom) / 2;
    if (rect.width === 0) continue;
    const last = lines.at(-1);
    if (last !== undefined && middle <= bottom) {
      last.left = Math.min(last.left, rect.left);
      last.right = Math.max(last.right, rect.right);
      continue;
    }
    lines.push({ middle, left: rect.left, right: rect.right });
    bottom = rect.bottom;
  }
  return lines;
}

function lineHeightOf({ fontSize, lineHeight }: CSSStyleDeclaration): number {
  return Number.parseFloat(lineHeight) || Number.parseFloat(fontSize) * 1.2;
}

function roomOf(element: Element, { paddingTop, paddingBottom }: CSSStyleDeclaration): number {
  return element.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
}

function fits(element: HTMLElement, limit: number): boolean {
  if (element.scrollWidth > element.clientWidth + 1) return false;
  if (limit !== Infinity && linesOf(element).length > limit) return false;
  const over = element.scrollHeight - element.clientHeight;
  if (over <= 1) return true;
  // Glyphs may reach over a tight line box without being cut: it is the lines themselves that must have room.
  const style = getComputedStyle(element);
  const lineHeight = lineHeightOf(style);
  return over <= lineHeight / 3 && linesOf(element).length * lineHeight <= roomOf(element, style) + 1;
}

/** The largest whole size from `min` to `max`, px, at which an element fits; null when it does not even at the smallest. */
function search(
  element: HTMLElement,
  limit: number,
  [min, max]: readonly [number, number],
  isGood: (element: HTMLElement) => boolean = () => true,
): number | null {
  const fitsAt = (size: number): boolean => {
    element.style.fontSize = `${size}px`;
    return fits(element, limit) && isGood(element);
  };
  if (fitsAt(max)) return max;
  const step = Math.max(1, Math.ceil((max - min) / 127));
  let low = -1;
  let high = Math.ceil((max - min) / step);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fitsAt(min + middle * step)) low = middle;
    else high = middle;
  }
  return low < 0 ? null : min + low * step;
}

/** How good lines of a size, px, look: less than that the shorter the shortest is beside the longest. */
function looks(element: HTMLElement, size: number): number {
  element.style.fontSize = `${size}px`;
  const widths = linesOf(element).map(({ left, right }) => right - left);
  return size * (Math.min(...widths) / Math.max(...widths)) ** 0.35;
}

/**
 * Balanced lines are as narrow as the widest word lets them be, so one of the others may be a single short word. Then fewer
 * lines of a smaller size often look better; at least three quarters of it is kept.
 */
function even(element: HTMLElement, size: number, min: number): void {
  if (getComputedStyle(element).getPropertyValue('text-wrap-style') !== 'balance') return;
  const least = Math.max(min, Math.ceil(size * 0.75));
  let best = size;
  for (let lines = linesOf(element).length; lines > 1; lines -= 1) {
    const look = looks(element, best);
    if (look > best * 0.84 || least >= best) break;
    const smaller = search(element, lines - 1, [least, best - 1]);
    if (smaller === null || looks(element, smaller) <= look) break;
    best = smaller;
  }
  element.style.fontSize = `${best}px`;
}

/**
 * The size at which words stay whole wins, unless breaking the widest word in two makes the text larger by two fifths, or
 * no size keeps it whole. A word whose breaks are not known yet is added to `long`.
 */
function largest(
  element: HTMLElement,
  limit: number,
  [min, max]: readonly [number, number],
  { tools, long }: Fitter,
): boolean {
  const { style } = element;
  const { setBreaking, isBrokenOnce, wideWords } = tools;
  setBreaking(element, 'whole');
  const whole = search(element, limit, [min, max]);
  if (whole === max) {
    even(element, max, min);
    return true;
  }
  const next = whole === null ? min : whole + 1;
  style.fontSize = `${next}px`;
  const width = element.scrollWidth;
  const widest = (next * element.clientWidth) / width;
  const least = whole === null ? min : Math.ceil(whole * 1.4);
  const most = Math.max(min, Math.min(max, Math.floor(widest * 1.8)));
  if (width > element.clientWidth + 1 && least <= most) {
    style.fontSize = `${least}px`;
    setBreaking(element, 'parts');
    const broken =
      search(element, limit, [least, most], isBrokenOnce) ?? search(element, limit, [least, most]);
    if (broken !== null) {
      style.fontSize = `${broken}px`;
      return true;
    }
    style.fontSize = `${least}px`;
    setBreaking(element, 'anywhere');
    const couldFit = fits(element, limit);
    setBreaking(element, 'whole');
    if (couldFit || whole === null) for (const word of wideWords(element)) long.add(word);
  }
  style.fontSize = `${whole ?? min}px`;
  if (whole !== null) even(element, whole, min);
  return whole !== null;
}

function clamp(element: HTMLElement, limit: number, { tools }: Fitter): Cut | null {
  const { style } = element;
  tools.setBreaking(element, 'anywhere');
  style.setProperty('text-wrap-mode', 'wrap');
  if (fits(element, limit)) return null;
  const computed = getComputedStyle(element);
  const size = Number.parseFloat(computed.fontSize);
  const lineHeight = lineHeightOf(computed);
  const isTooTall = element.scrollHeight > element.clientHeight + 1;
  const room = isTooTall ? Math.floor(roomOf(element, computed) / lineHeight + 0.1) : Infinity;
  const lines = Math.max(1, Math.min(limit, room, linesOf(element).length));
  style.display = '-webkit-box';
  style.setProperty('-webkit-box-orient', 'vertical');
  style.setProperty('-webkit-line-clamp', String(lines));
  // The lines after the ellipsis are still there; a box that is higher than its lines would show them. Descenders reach
  // a little below their line.
  const last = linesOf(element)[lines - 1]?.middle ?? 0;
  const below = element.getBoundingClientRect().bottom - (last + lineHeight / 2 + size * 0.12);
  style.clipPath = `inset(-1em -1em ${below}px)`;
  return { element, size, lines };
}

/** An element that keeps its size: words stay whole if they can. */
function keeps(element: HTMLElement, limit: number, { tools, long }: Fitter): boolean {
  const { setBreaking, wideWords } = tools;
  setBreaking(element, 'whole');
  if (fits(element, limit)) return true;
  for (const word of wideWords(element)) long.add(word);
  setBreaking(element, 'parts');
  return fits(element, limit);
}

/** What could not be shown whole, and words that would be larger if it were known where they break. */
export interface Fitting {
  cuts: Cut[];
  long: string[];
}

/**
 * Gives each `data-fit="min-max"` (px) element the largest whole size at which its text stays within its own box and
 * its `data-lines`; what does not fit at the smallest is clamped with an ellipsis and returned. An element with
 * `data-lines` alone keeps its size and is only clamped. At most 8 layouts an element whose words fit: the largest size,
 * then halving.
 */
export function fit(tools: WordTools): Fitting {
  const cuts: Cut[] = [];
  const fitter: Fitter = { tools, long: new Set<string>() };
  tools.hang();
  for (const element of document.querySelectorAll<HTMLElement>('[data-fit],[data-lines]')) {
    // A child that stayed from the last card carries what fitting did to it then.
    const original = element.dataset['ogStyle'] ?? element.getAttribute('style') ?? '';
    element.dataset['ogStyle'] = original;
    element.setAttribute('style', original);
    tools.markPhrases(element);
    const limit = Number(element.dataset['lines'] ?? Infinity);
    const range = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(element.dataset['fit'] ?? '');
    const isFitting =
      range === null
        ? keeps(element, limit, fitter)
        : largest(element, limit, [Number(range[1]), Number(range[2])], fitter);
    const cut = isFitting ? null : clamp(element, limit, fitter);
    if (cut !== null) cuts.push(cut);
  }
  return { cuts, long: [...fitter.long] };
}

export const FIT = [linesOf, lineHeightOf, roomOf, fits, search, looks, even, largest, keeps, clamp, fit];
