/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `INSPECT`, and refer to nothing else. */
import type { Fitting } from './fit.ts';
import type { Flaw, LintCode, distinct, nearEdges, smallText } from './lint.ts';
import type { Pseudo, Run, pseudoRuns, pseudosOf, runOf } from './runs.ts';

/** px, from the card's left upper corner. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Finding {
  code: 'text_cut' | 'overflow' | LintCode;
  message: string;
  place: Place;
  text: string;
}

/** What the page reports about one card. */
export interface Inspection {
  findings: Finding[];
  text: string;
  /** Words that would be larger if it were known where they break. */
  long: string[];
  /** Where the characters stand that were asked for. */
  found: { character: string; place: Place }[];
  /** Whether only pictures of parts of the card tell how well it can be read. */
  isUndecided: boolean;
}

/** What `INSPECT` uses of other files. */
export interface LintTools {
  pseudosOf: typeof pseudosOf;
  pseudoRuns: typeof pseudoRuns;
  runOf: typeof runOf;
  smallText: typeof smallText;
  nearEdges: typeof nearEdges;
  distinct: typeof distinct;
}

/** What was looked at, for who looks on. */
export interface Seen {
  inspection: Inspection;
  runs: Run[];
  pseudos: Pseudo[];
}

type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;
type Fault = Omit<Finding, 'place' | 'text'>;

/** What a reader of the card sees there: the beginning of its text. Who wrote the post knows no element by name. */
function subjectOf(text: string): string {
  const characters = Array.from(text.replaceAll('\u00ad', '').replaceAll(/\s+/g, ' ').trim());
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

/** For a person who may know no element by name, and for one who does. */
export function findingsOf(flaws: readonly Flaw[], tools: Pick<LintTools, 'distinct'>): Finding[] {
  return tools.distinct(flaws).map(({ code, name, text, message, box }) => ({
    code,
    message: `${subjectOf(text)} (${name}) ${message}`,
    place: placeOf(box, []),
    text,
  }));
}

/**
 * Looks for text that is cut and for content beyond the card's edges, and gathers all text the card shows. What only
 * decorates (`aria-hidden="true"`) may bleed off the card. `wanted`: characters whose places are asked for.
 */
export function inspect({ cuts, long }: Fitting, wanted: readonly string[], tools: LintTools): Seen {
  const findings = new Map<Element, Finding>();
  const note = (element: Element, fault: Fault | null): void => {
    if (fault === null || findings.has(element)) return;
    const place = placeOf(element.getBoundingClientRect(), clipsOf(element));
    const text = element.textContent ?? '';
    findings.set(element, { ...fault, message: `${subjectOf(text)} ${fault.message}`, place, text });
  };
  for (const { element, size, lines } of cuts)
    note(element, {
      code: 'text_cut',
      message: `does not fit at ${size} px in ${lines} ${lines === 1 ? 'line' : 'lines'} and ends in an ellipsis.`,
    });
  const pseudos = tools.pseudosOf();
  const runs = tools.pseudoRuns(pseudos, isShown);
  const scales = new Map<Element, number>();
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent === null || node.nodeValue?.trim() === '' || !isShown(parent)) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()];
    const clips = clipsOf(parent);
    // What has a pixel of room is for screen readers.
    if (clips.some(({ width, height }) => width < 2 || height < 2)) continue;
    const cut = cuts.find(({ element }) => element.contains(parent));
    if (cut === undefined) note(parent, faultOf(rects, clips));
    else clips.push(cut.element.getBoundingClientRect());
    const run = tools.runOf(node as Text, parent, rects, clips, scales);
    if (run !== null) runs.push(run);
  }
  for (const image of document.images)
    if (isShown(image)) note(image, faultOf([image.getBoundingClientRect()], []));
  const flaws = [...tools.smallText(runs), ...tools.nearEdges(runs, isShown)].filter(
    ({ code, element }) => code !== 'edge' || findings.get(element)?.code !== 'overflow',
  );
  const inspection: Inspection = {
    findings: [...findings.values(), ...findingsOf(flaws, tools)],
    text: [document.body.innerText, ...pseudos.map(({ text }) => text)].join('\n'),
    long,
    found: find(wanted),
    isUndecided: false,
  };
  return { inspection, runs, pseudos };
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
  findingsOf,
  inspect,
];
