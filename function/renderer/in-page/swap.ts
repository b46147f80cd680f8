/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `SWAP`, and refer to nothing else. */

/** What the page remembers from card to card. */
export interface PageState {
  /** HTML of each child of the body as it came, before fitting touched it. */
  sources: string[];
}

/**
 * Replaces only those children of the body whose HTML differs from the last card's: an element that stays keeps its
 * compositor layer, so a heavy backdrop is rastered once.
 */
export function swap(state: PageState, body: string): void {
  const template = document.createElement('template');
  template.innerHTML = body;
  const next = [...template.content.childNodes];
  const sources = next.map((node) =>
    node instanceof Element ? node.outerHTML : `${node.nodeType}${node.nodeValue ?? ''}`,
  );
  const old = [...document.body.childNodes];
  for (const [index, node] of next.entries()) {
    const before = old[index];
    if (before === undefined) document.body.append(node);
    else if (state.sources[index] !== sources[index]) before.replaceWith(node);
  }
  for (const node of old.slice(next.length)) node.remove();
  state.sources = sources;
}

/** Adds style rules to the head, where they outlive the card. */
export function keep(rules: string): void {
  if (rules === '') return;
  const style = document.createElement('style');
  style.textContent = rules;
  document.head.append(style);
}

/** Pictures and fonts that are not decoded yet; null when all are, so that the usual card does not wait at all. */
export function pending(): Promise<unknown> | null {
  const images = [...document.images].filter((image) => !image.complete || image.naturalWidth === 0);
  const loading = document.fonts.status === 'loading';
  if (images.length === 0 && !loading) return null;
  return Promise.allSettled([...images.map((image) => image.decode()), document.fonts.ready]);
}

export const SWAP = [keep, swap, pending];
