/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `FIT`, and refer to nothing else. */

export interface Cut {
  element: Element;
  /** px */
  size: number;
  lines: number;
}

/** The middle of each line of text, in px from the top of the card. */
function linesOf(element: Element): number[] {
  const range = document.createRange();
  range.selectNodeContents(element);
  const middles: number[] = [];
  let bottom = -Infinity;
  for (const rect of range.getClientRects()) {
    const middle = (rect.top + rect.bottom) / 2;
    if (rect.width === 0 || middle <= bottom) continue;
    middles.push(middle);
    bottom = rect.bottom;
  }
  return middles;
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

function largest(element: HTMLElement, limit: number, min: number, max: number): boolean {
  const fitsAt = (size: number): boolean => {
    element.style.fontSize = `${size}px`;
    return fits(element, limit);
  };
  if (fitsAt(max)) return true;
  const step = Math.max(1, Math.ceil((max - min) / 127));
  let low = -1;
  let high = Math.ceil((max - min) / step);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fitsAt(min + middle * step)) low = middle;
    else high = middle;
  }
  element.style.fontSize = `${min + Math.max(low, 0) * step}px`;
  return low >= 0;
}

function clamp(element: HTMLElement, limit: number): Cut | null {
  const { style } = element;
  style.overflowWrap = 'anywhere';
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
  const last = linesOf(element)[lines - 1] ?? 0;
  const below = element.getBoundingClientRect().bottom - (last + lineHeight / 2 + size * 0.12);
  style.clipPath = `inset(-1em -1em ${below}px)`;
  return { element, size, lines };
}

/**
 * Gives each `data-fit="min-max"` (px) element the largest whole size at which its text stays within its own box and
 * its `data-lines`; what does not fit at the smallest is clamped with an ellipsis and returned. An element with
 * `data-lines` alone keeps its size and is only clamped. At most 8 layouts an element: the largest size, then halving.
 */
export function fit(): Cut[] {
  const cuts: Cut[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('[data-fit],[data-lines]')) {
    // A child that stayed from the last card carries what fitting did to it then.
    const original = element.dataset['ogStyle'] ?? element.getAttribute('style') ?? '';
    element.dataset['ogStyle'] = original;
    element.setAttribute('style', original);
    const limit = Number(element.dataset['lines'] ?? Infinity);
    const range = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(element.dataset['fit'] ?? '');
    const isFitting =
      range === null ? fits(element, limit) : largest(element, limit, Number(range[1]), Number(range[2]));
    const cut = isFitting ? null : clamp(element, limit);
    if (cut !== null) cuts.push(cut);
  }
  return cuts;
}

export const FIT = [linesOf, lineHeightOf, roomOf, fits, largest, clamp, fit];
