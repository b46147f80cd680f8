/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `INSPECT`, and refer to nothing else. */
import type { Fitting } from './fit.ts';

/** px, from the card's left upper corner. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the page reports about one card. */
export interface Inspection {
  findings: { code: 'text_cut' | 'overflow'; message: string; place: Place; text: string }[];
  text: string;
  /** Words that would be larger if it were known where they break. */
  long: string[];
  /** Where the characters stand that were asked for. */
  found: { character: string; place: Place }[];
}

type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;
type Fault = Omit<Inspection['findings'][number], 'place' | 'text'>;

/** What a reader of the card sees there: the beginning of its text. Who wrote the post knows no element by name. */
function subjectOf(element: Element): string {
  const characters = Array.from(
    (element.textContent ?? '').replaceAll('\u00ad', '').replaceAll(/\s+/g, ' ').trim(),
  );
  if (characters.length === 0) return 'A picture';
  return `"${characters.slice(0, 40).join('').trim()}${characters.length > 40 ? '…' : ''}"`;
}

/** Ascenders and descenders reach over a tight line box: a line is outside when a good part of its height is. */
function isOutside(inner: DOMRect, box: Box): boolean {
  const slack = inner.height * 0.3;
  return (
    inner.left < box.left - 1 ||
    inner.right > box.right + 1 ||
    inner.top < box.top - slack ||
    inner.bottom > box.bottom + slack
  );
}

function clipsOf(element: Element): DOMRect[] {
  const clips: DOMRect[] = [];
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement)
    if (getComputedStyle(at).overflow !== 'visible') clips.push(at.getBoundingClientRect());
  return clips;
}

function isShown(element: Element): boolean {
  return (
    element.closest('[aria-hidden="true"]') === null &&
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  );
}

/** What is wrong with content at these places, or null. Beyond the card is worse than beyond a box inside it. */
function faultOf(rects: Iterable<DOMRect>, clips: DOMRect[]): Fault | null {
  const card = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
  for (const rect of rects) {
    if (rect.width === 0 || rect.height === 0) continue;
    if (clips.some((clip) => isOutside(rect, clip)))
      return { code: 'text_cut', message: 'does not fit its box and is cut.' };
    if (isOutside(rect, card)) return { code: 'overflow', message: 'reaches over the edge of the card.' };
  }
  return null;
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** What of a box can be seen on the card; a part of its edge when nothing can. */
function placeOf({ left, top, right, bottom }: Box, clips: DOMRect[]): Place {
  const card = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
  const seen = [...clips, card].reduce<Box>(
    (box, clip) => ({
      left: within(box.left, clip.left, clip.right),
      top: within(box.top, clip.top, clip.bottom),
      right: within(box.right, clip.left, clip.right),
      bottom: within(box.bottom, clip.top, clip.bottom),
    }),
    { left, top, right, bottom },
  );
  return { x: seen.left, y: seen.top, width: seen.right - seen.left, height: seen.bottom - seen.top };
}

/** Where these characters are drawn, at most 100 of them: more would help nobody. */
function find(characters: readonly string[]): Inspection['found'] {
  const found: Inspection['found'] = [];
  if (characters.length === 0) return found;
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? '';
    let at = 0;
    for (const character of text) {
      const start = at;
      at += character.length;
      if (!characters.includes(character) || found.length >= 100) continue;
      range.setStart(node, start);
      range.setEnd(node, at);
      const place = placeOf(range.getBoundingClientRect(), []);
      if (place.width > 0 && place.height > 0) found.push({ character, place });
    }
  }
  return found;
}

/** Text that CSS adds: it needs glyphs like any other. */
function generatedText(): string[] {
  const texts: string[] = [];
  for (const element of document.body.querySelectorAll('*'))
    for (const pseudo of ['::before', '::after']) {
      const { content } = getComputedStyle(element, pseudo);
      if (content.startsWith('"')) texts.push(content.slice(1, -1));
    }
  return texts;
}

/**
 * Looks for text that is cut and for content beyond the card's edges, and gathers all text the card shows. What only
 * decorates (`aria-hidden="true"`) may bleed off the card. `wanted`: characters whose places are asked for.
 */
export function inspect({ cuts, long }: Fitting, wanted: readonly string[]): Inspection {
  const findings = new Map<Element, Inspection['findings'][number]>();
  const note = (element: Element, fault: Fault | null): void => {
    if (fault === null || findings.has(element)) return;
    const place = placeOf(element.getBoundingClientRect(), clipsOf(element));
    const text = element.textContent ?? '';
    findings.set(element, { ...fault, message: `${subjectOf(element)} ${fault.message}`, place, text });
  };
  for (const { element, size, lines } of cuts)
    note(element, {
      code: 'text_cut',
      message: `does not fit at ${size} px in ${lines} ${lines === 1 ? 'line' : 'lines'} and ends in an ellipsis.`,
    });
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent === null || node.nodeValue?.trim() === '' || !isShown(parent)) continue;
    if (cuts.some(({ element }) => element.contains(parent))) continue;
    range.selectNodeContents(node);
    note(parent, faultOf(range.getClientRects(), clipsOf(parent)));
  }
  for (const image of document.images)
    if (isShown(image)) note(image, faultOf([image.getBoundingClientRect()], []));
  return {
    findings: [...findings.values()],
    text: [document.body.innerText, ...generatedText()].join('\n'),
    long,
    found: find(wanted),
  };
}

export const INSPECT = [
  subjectOf,
  isOutside,
  clipsOf,
  isShown,
  faultOf,
  within,
  placeOf,
  find,
  generatedText,
  inspect,
];
