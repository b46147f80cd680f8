/// <reference lib="dom" />
/** Runs inside the page: see `script.ts`. A function here may call those in `WORDS`, and refer to nothing else. */

/** `whole`: words stay whole; `parts`: what is wider than the line breaks, where it may; `anywhere`: wherever it must. */
export type Breaking = 'whole' | 'parts' | 'anywhere';

/** Says where lines of an element may end. What is wider than the line, is found at the size it has now. */
export function setBreaking(element: HTMLElement, how: Breaking): void {
  const { style } = element;
  const isPhrased = element.matches(':lang(ja),:lang(ko)');
  style.hyphens = how === 'whole' ? 'none' : 'manual';
  style.overflowWrap = how === 'anywhere' || (how === 'parts' && isPhrased) ? 'anywhere' : 'normal';
  if (isPhrased) style.wordBreak = 'keep-all';
  const units = [...element.querySelectorAll<HTMLElement>('og-whole,og-host')];
  for (const unit of units) delete unit.dataset['wide'];
  if (how === 'whole') return;
  const wide = units.filter((unit) => unit.getBoundingClientRect().width > element.clientWidth);
  for (const unit of wide) unit.dataset['wide'] = '';
}

/**
 * Chromium breaks Japanese by phrase, and gives that up for a phrase that is wider than its line. At the least width a
 * text can have, each line is one phrase: there a `<wbr>` is put, so that phrases can be kept at every size.
 */
export function markPhrases(element: HTMLElement): void {
  if (!element.matches(':lang(ja)') || element.dataset['phrases'] !== undefined) return;
  element.dataset['phrases'] = '';
  const { style } = element;
  const before = style.cssText;
  style.cssText += ';inline-size:min-content;text-wrap:wrap;font-size:20px;word-break:auto-phrase';
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const places: { node: Text; offset: number }[] = [];
  let bottom = -Infinity;
  let last = ' ';
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? '';
    for (let offset = 0; offset < text.length; offset += 1) {
      range.setStart(node, offset);
      range.setEnd(node, offset + 1);
      const rect = range.getBoundingClientRect();
      if (rect.width === 0) continue;
      const isNewLine = (rect.top + rect.bottom) / 2 > bottom;
      if (isNewLine && bottom > -Infinity && last.trim() !== '') places.push({ node: node as Text, offset });
      if (isNewLine) bottom = rect.bottom;
      last = text[offset] ?? '';
    }
  }
  style.cssText = before;
  for (const { node, offset } of places.toReversed()) {
    const rest = offset === 0 ? node : node.splitText(offset);
    rest.before(document.createElement('wbr'));
  }
}

/**
 * Opening quotes and brackets hang before the line they begin: by their own width, as far as there is room up to 40 px
 * (on a card of 1200 px) from the edge, and not where text is centred.
 */
export function hang(): void {
  const signs = [...document.querySelectorAll<HTMLElement>('og-gap,og-hang')];
  const margin = (40 * Math.min(window.innerWidth, (window.innerHeight * 1200) / 630)) / 1200;
  let width = '0px';
  for (const sign of signs.toReversed()) {
    if (sign.localName === 'og-hang') {
      const { textAlign, direction, fontSize } = getComputedStyle(sign);
      const isLtr = direction === 'ltr';
      const hangs =
        textAlign === 'start' || textAlign === (isLtr ? 'left' : 'right') || textAlign === 'justify';
      let block: Element = sign;
      while (block.parentElement !== null && getComputedStyle(block).display === 'inline')
        block = block.parentElement;
      const { left, right } = block.getBoundingClientRect();
      const room = Math.max(0, (isLtr ? left : window.innerWidth - right) - margin);
      const em = sign.getBoundingClientRect().width / Number.parseFloat(fontSize);
      width = hangs ? `min(${em.toFixed(3)}em, ${room.toFixed(1)}px)` : '0px';
    }
    sign.style.setProperty('--hang', width);
  }
}

/** The words of an element that are wider than its lines. */
export function wideWords(element: HTMLElement): string[] {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words = new Set<string>();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/[\p{L}\p{M}]{6,}/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (range.getBoundingClientRect().width > element.clientWidth) words.add(word);
    }
  return [...words];
}

/** Whether no word is hyphenated twice. */
export function isBrokenOnce(element: HTMLElement): boolean {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/[\p{L}\p{M}\u00ad]+/gu)) {
      if (!word.includes('\u00ad')) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 2) return false;
    }
  return true;
}

/** Puts soft hyphens into words of the fitted texts. */
export function soften(words: Readonly<Record<string, string>>): void {
  for (const element of document.querySelectorAll('[data-fit],[data-lines]')) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      const soft = text.replaceAll(
        /[\p{L}\p{M}]{6,}/gu,
        (word) => (Object.hasOwn(words, word) ? words[word] : undefined) ?? word,
      );
      if (soft !== text) node.nodeValue = soft;
    }
  }
}

/** Handed to `fit`, since no function that runs in the page may refer to another file. */
export interface WordTools {
  setBreaking: typeof setBreaking;
  markPhrases: typeof markPhrases;
  hang: typeof hang;
  wideWords: typeof wideWords;
  isBrokenOnce: typeof isBrokenOnce;
}

export const WORDS = [setBreaking, markPhrases, hang, wideWords, isBrokenOnce, soften];
