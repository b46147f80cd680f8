/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `RUNS`, and refer to nothing else. */

export type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;

/** Text of one element, or of one of its pseudo-elements, as it can be seen. */
export interface Run {
  element: Element;
  pseudo: '' | '::before' | '::after';
  text: string;
  /** Of the font as it is drawn, px. */
  size: number;
  /** What of each line can be seen, without the air above and below its letters. */
  lines: Box[];
  /** Null for what has no node: the text of a pseudo-element. */
  node: Text | null;
  /** Its place is known to the pixel. */
  isExact: boolean;
}

/** A pseudo-element that draws something. */
export interface Pseudo {
  element: Element;
  pseudo: '::before' | '::after';
  style: CSSStyleDeclaration;
  /** What it says; '' where it only paints. */
  text: string;
}

function intersect(box: Box, clip: Box): Box {
  return {
    left: Math.max(box.left, clip.left),
    top: Math.max(box.top, clip.top),
    right: Math.min(box.right, clip.right),
    bottom: Math.min(box.bottom, clip.bottom),
  };
}

/** What of a line of text can be seen on the card: a fifth of its height is air at either side, or null. */
function seenOf(rect: Box, clips: readonly Box[]): Box | null {
  const air = (rect.bottom - rect.top) * 0.2;
  const letters = { left: rect.left, top: rect.top + air, right: rect.right, bottom: rect.bottom - air };
  const card = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
  const { left, top, right, bottom } = [...clips, card].reduce(intersect, letters);
  // Less than two pixels is how text is hidden from eyes and kept for screen readers.
  return right - left < 2 || bottom - top < 2 ? null : { left, top, right, bottom };
}

/** How much larger than its own size an element is drawn, by its transforms and those around it. */
function drawnScale(element: Element, known: Map<Element, number>): number {
  if (element instanceof SVGGraphicsElement) {
    const matrix = element.getScreenCTM();
    return matrix === null ? 1 : Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
  }
  const before = known.get(element);
  if (before !== undefined) return before;
  const { transform, scale } = getComputedStyle(element);
  let own = 1;
  if (transform !== 'none') {
    const { m11, m12, m21, m22 } = new DOMMatrixReadOnly(transform);
    own *= Math.sqrt(Math.abs(m11 * m22 - m12 * m21));
  }
  if (scale !== 'none') {
    const [x = 1, y = x] = scale.split(' ').map(Number);
    own *= Math.sqrt(Math.abs(x * y));
  }
  const { parentElement } = element;
  const drawn = own * (parentElement === null ? 1 : drawnScale(parentElement, known));
  known.set(element, drawn);
  return drawn;
}

/** The pseudo-elements of the card that draw something. */
export function pseudosOf(): Pseudo[] {
  const found: Pseudo[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (element instanceof SVGElement && element.localName !== 'svg') continue;
    for (const pseudo of ['::before', '::after'] as const) {
      const style = getComputedStyle(element, pseudo);
      const { content } = style;
      if (content === 'none' || content === 'normal') continue;
      const text = content.startsWith('"') ? content.slice(1, content.lastIndexOf('"')) : '';
      found.push({ element, pseudo, style, text });
    }
  }
  return found;
}

/** Where a pseudo-element stands: exactly if it is positioned, else between the edge of its element and its text. */
function placeOfPseudo({ element, pseudo, style, text }: Pseudo): { box: Box; isExact: boolean } | null {
  const host = element.getBoundingClientRect();
  if (style.position === 'absolute' || style.position === 'fixed') {
    const isOwn = getComputedStyle(element).position !== 'static';
    const parent = isOwn ? element : ((element as HTMLElement).offsetParent ?? document.body);
    const around = style.position === 'fixed' ? { left: 0, top: 0 } : parent.getBoundingClientRect();
    const [left = 0, top = 0, width = 0, height = 0] = [style.left, style.top, style.width, style.height].map(
      (value) => Number.parseFloat(value) || 0,
    );
    const x = around.left + parent.clientLeft + left;
    const y = around.top + parent.clientTop + top;
    return { box: { left: x, top: y, right: x + width, bottom: y + height }, isExact: true };
  }
  const range = document.createRange();
  range.selectNodeContents(element);
  const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
  const next = pseudo === '::before' ? rects[0] : rects.at(-1);
  if (next === undefined) return { box: host, isExact: false };
  const isLeft = (pseudo === '::before') === (style.direction === 'ltr');
  const most = Number.parseFloat(style.fontSize) * text.length;
  const left = isLeft ? Math.max(host.left, next.left - most) : next.right;
  const right = isLeft ? next.left : Math.min(host.right, next.right + most);
  const { top, bottom } = next;
  return { box: right - left < 2 ? next : { left, top, right, bottom }, isExact: false };
}

/** The text of pseudo-elements that can be seen. */
export function pseudoRuns(pseudos: readonly Pseudo[], isShown: (element: Element) => boolean): Run[] {
  const scales = new Map<Element, number>();
  return pseudos.flatMap((one): Run[] => {
    const { element, pseudo, style, text } = one;
    if (text.trim() === '' || style.display === 'none' || style.visibility !== 'visible') return [];
    if (Number(style.opacity) === 0 || !isShown(element)) return [];
    const place = placeOfPseudo(one);
    const line = place === null ? null : seenOf(place.box, []);
    if (place === null || line === null) return [];
    const size = Number.parseFloat(style.fontSize) * drawnScale(element, scales);
    return [{ element, pseudo, text, size, lines: [line], node: null, isExact: place.isExact }];
  });
}

/** The text of a node as it can be seen; null when nothing of it can. */
export function runOf(
  node: Text,
  element: Element,
  rects: Iterable<DOMRect>,
  clips: readonly Box[],
  scales: Map<Element, number>,
): Run | null {
  const lines = [...rects].flatMap((rect) => seenOf(rect, clips) ?? []);
  if (lines.length === 0) return null;
  const size = Number.parseFloat(getComputedStyle(element).fontSize) * drawnScale(element, scales);
  return { element, pseudo: '', text: node.data, size, lines, node, isExact: true };
}

export const RUNS = [intersect, seenOf, drawnScale, pseudosOf, placeOfPseudo, pseudoRuns, runOf];
