/** Marks: what of a plain text is code, emphasis and so on. Stands alone: both sides of the wire use it. */

/** The kinds, and the element that each is drawn as. */
export const MARK_ELEMENTS = {
  code: 'code',
  emphasis: 'em',
  strong: 'strong',
  struck: 's',
  raised: 'sup',
  lowered: 'sub',
} as const;

export type MarkKind = keyof typeof MARK_ELEMENTS;
export const MARK_KINDS = Object.keys(MARK_ELEMENTS) as [MarkKind, ...MarkKind[]];

/** A part of a plain text, in UTF-16 units: `from` is in it, `to` no longer. */
export interface Part {
  from: number;
  to: number;
}

export interface Mark extends Part {
  kind: MarkKind;
}

/** A part of a text in an element of its own. */
export interface Span extends Part {
  element: string;
}

export function spansOf(marks: readonly Mark[]): Span[] {
  return marks.map(({ kind, from, to }) => ({ element: MARK_ELEMENTS[kind], from, to }));
}

/**
 * The spans of a text as a tree: outer ones first. One that crosses another's end is cut there, what lies outside the
 * text or is empty is left out, and an element inside its like is none.
 */
function nested(spans: readonly Span[], length: number): Span[] {
  const ordered = spans
    .map(({ element, from, to }) => ({ element, from: Math.max(0, from), to: Math.min(to, length) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const open: Span[] = [];
  const tree: Span[] = [];
  for (const span of ordered) {
    while ((open.at(-1)?.to ?? Infinity) <= span.from) open.pop();
    const to = Math.min(span.to, open.at(-1)?.to ?? Infinity);
    if (open.some(({ element }) => element === span.element)) continue;
    const kept = { ...span, to };
    tree.push(kept);
    open.push(kept);
  }
  return tree;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

/**
 * A text with its spans as HTML: there is no tag in it that is not a span's, and no text that is not the text. At `breaks`,
 * in rising order, a line may end (`<wbr>`).
 */
export function spannedHtml(text: string, spans: readonly Span[], breaks: readonly number[] = []): string {
  const open: Span[] = [];
  let html = '';
  let at = 0;
  let next = 0;
  /** Up to a place, with the breaks before it; those at it stand outside of the span that begins or ends there. */
  const pass = (to: number, last = to): void => {
    for (let place = breaks[next]; place !== undefined && place <= last; place = breaks[++next]) {
      html += `${escapeHtml(text.slice(at, place))}<wbr>`;
      at = place;
    }
    html += escapeHtml(text.slice(at, to));
    at = to;
  };
  const closeUntil = (place: number): void => {
    for (let inner = open.at(-1); inner !== undefined && inner.to <= place; inner = open.at(-1)) {
      pass(inner.to, inner.to - 1);
      html += `</${inner.element}>`;
      open.pop();
    }
  };
  for (const span of nested(spans, text.length)) {
    closeUntil(span.from);
    pass(span.from);
    html += `<${span.element}>`;
    open.push(span);
  }
  closeUntil(text.length);
  pass(text.length);
  return html;
}
