/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `LINT`, and refer to nothing else. */
import type { Box, Run } from './runs.ts';

export type LintCode = 'low_contrast' | 'small_text' | 'edge';

/** What is wrong with one element of a card. */
export interface Flaw {
  code: LintCode;
  element: Element;
  pseudo: Run['pseudo'];
  text: string;
  /** Goes on after the element's name: what was found, what is needed. */
  message: string;
  box: Box;
}

/**
 * What an author of the template would search for: the element's classes or id, or the nearest ones around it and what
 * stands between. What og-sync or `bdi` put around text has no name.
 */
function nameOf(element: Element, pseudo = ''): string {
  let path = '';
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
    const isNamed = at.id !== '' || at.classList.length > 0;
    const own = isNamed ? (at.id === '' ? `.${[...at.classList].join('.')}` : `#${at.id}`) : at.localName;
    const isWrapper = !isNamed && path === '' && (own.startsWith('og-') || own === 'bdi');
    if (!isWrapper) path = path === '' ? own : `${own} ${path}`;
    if (isNamed) break;
  }
  return `${path === '' ? element.localName : path}${pseudo}`;
}

/** Whether a template's author has switched a check off, for the element or for one around it. */
export function isOff(element: Element, code: LintCode): boolean {
  let at = element.closest('[data-lint-off]');
  while (at !== null) {
    if ((at.getAttribute('data-lint-off') ?? '').split(/[\s,]+/).includes(code)) return true;
    at = at.parentElement?.closest('[data-lint-off]') ?? null;
  }
  return false;
}

/** How many px of this card are one of a card of 1200×630. Of a card that is wider than that, networks show the middle. */
function unitOf(): number {
  return Math.min(window.innerWidth, (window.innerHeight * 1200) / 630) / 1200;
}

/** Whether an element can be seen at the middle of a box: neither clipped there nor under something that hides it. */
function isSeenAt(element: Element, { left, top, right, bottom }: Box): boolean {
  for (const at of document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)) {
    if (element.contains(at) || (element instanceof SVGElement && at.contains(element))) return true;
    const { backgroundColor, opacity } = getComputedStyle(at);
    if (opacity === '1' && !/^rgba|[/]|transparent/.test(backgroundColor)) return false;
  }
  return false;
}

/** px, without digits that nobody can see. */
function shown(px: number): string {
  return `${Math.floor(px * 10) / 10} px`;
}

/** Parts of a line that are set smaller than it, as everywhere: code, and what stands above or below it. */
function share(element: Element): number {
  if (element.closest('sup,sub') !== null) return 0.62;
  return element.closest('code,kbd,samp') === null ? 1 : 0.86;
}

/** Below 24 px on a card of 1200, text cannot be read where the card is shown 360 px wide. */
export function smallText(runs: readonly Run[]): Flaw[] {
  const flaws: Flaw[] = [];
  const unit = unitOf();
  for (const { element, pseudo, text, size, lines } of runs) {
    const least = 24 * unit * share(element);
    const [box] = lines;
    if (size >= least - 0.05 || box === undefined || !/[\p{L}\p{N}]/u.test(text)) continue;
    if (isOff(element, 'small_text') || !lines.some((line) => isSeenAt(element, line))) continue;
    const needed = `${Math.ceil(least * 10) / 10} px`;
    const message = `is set at ${shown(size)}; it needs ${needed} at least.`;
    flaws.push({ code: 'small_text', element, pseudo, text, message, box });
  }
  return flaws;
}

/** The side of the card that a box is too near to, and how near; null when it keeps its distance. */
function nearest({ left, top, right, bottom }: Box, least: number): { side: string; gap: number } | null {
  const gaps = [
    { side: 'left', gap: left },
    { side: 'right', gap: window.innerWidth - right },
    { side: 'upper', gap: top },
    { side: 'lower', gap: window.innerHeight - bottom },
  ];
  const [worst] = gaps.sort((a, b) => a.gap - b.gap);
  return worst === undefined || worst.gap >= least - 1 ? null : worst;
}

/** Pictures as small as a logo or a portrait. A larger one may bleed off the card, or nearly so: that is a design. */
function emblems(isShown: (element: Element) => boolean): Element[] {
  const most = 0.12 * window.innerWidth * window.innerHeight;
  return [...document.body.querySelectorAll('img,svg,[style*="url("],[class*="logo" i]')].filter(
    (element) => {
      if (element.parentElement?.closest('svg') || !isShown(element)) return false;
      const isPicture = element instanceof HTMLImageElement || element instanceof SVGSVGElement;
      if (!isPicture && !getComputedStyle(element).backgroundImage.includes('url(')) return false;
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      if (width > 0.9 * window.innerWidth || height > 0.4 * window.innerHeight) return false;
      const bleeds = left <= 0 || top <= 0 || right >= window.innerWidth || bottom >= window.innerHeight;
      return width * height > 0 && width * height <= (bleeds ? most / 4 : most);
    },
  );
}

/** Nearer than 40 px (on 1200) to an edge, X and WhatsApp crop it or round it off. */
export function nearEdges(runs: readonly Run[], isShown: (element: Element) => boolean): Flaw[] {
  const least = 40 * unitOf();
  const things = [
    ...runs.filter(({ isExact }) => isExact),
    ...emblems(isShown).map((element) => ({
      element,
      pseudo: '' as const,
      text: element.textContent ?? '',
      lines: [element.getBoundingClientRect()],
    })),
  ];
  return things.flatMap(({ element, pseudo, text, lines }): Flaw[] => {
    const [worst] = lines
      .flatMap((box) => {
        const near = nearest(box, least);
        return near === null ? [] : [{ ...near, box }];
      })
      .sort((a, b) => a.gap - b.gap);
    if (worst === undefined || isOff(element, 'edge') || !isSeenAt(element, worst.box)) return [];
    const { side, gap, box } = worst;
    const message = `stands ${shown(Math.max(0, gap))} from the ${side} edge of the card; it needs ${Math.ceil(least)} px at least.`;
    return [{ code: 'edge', element, pseudo, text, message, box }];
  });
}

/** One flaw for each element that an author knows by name, the first of its kind. */
export function distinct(flaws: readonly Flaw[]): (Flaw & { name: string })[] {
  const named = flaws.map((flaw) => ({ ...flaw, name: nameOf(flaw.element, flaw.pseudo) }));
  const first = new Map(named.toReversed().map((flaw) => [`${flaw.code} ${flaw.name}`, flaw]));
  return [...first.values()].reverse();
}

export const LINT = [
  nameOf,
  isOff,
  unitOf,
  isSeenAt,
  shown,
  share,
  smallText,
  nearest,
  emblems,
  nearEdges,
  distinct,
];
