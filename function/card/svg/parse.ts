/** An SVG → its elements with what each asks for, and a refusal of what no picture needs. One pass, in slices. */
import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';
import { clip } from '../../text/bound.ts';
import { SvgError, tooDeep } from './error.ts';
import { effectsOfAttribute, effectsOfStyle, rulesOf } from './style.ts';
import type { Effects, Link, Rule } from './style.ts';
import { effectWeight, MAX_DEPTH, WEIGHT } from './weight.ts';

export interface SvgElement {
  name: string;
  id: string | undefined;
  /** Keys of rules that may be for it, see `Rule`. */
  keys: string[];
  /** What it costs by itself, see `cost.ts`. */
  weight: number;
  /** What it costs where the filter that it is a step of is used. */
  step: number;
  /** Corners of a path, each of which may carry a marker. */
  corners: number;
  links: Link[];
  children: SvgElement[];
}

export interface Svg {
  root: SvgElement;
  byId: ReadonlyMap<string, SvgElement>;
  rules: ReadonlyMap<string, Effects>;
  /** Pictures inside, as data URIs, with the element that is heavier for them. */
  embedded: { uri: string; element: SvgElement }[];
}

/** Characters between two looks at the clock: some milliseconds. */
const SLICE = 1 << 15;
const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XHTML = 'http://www.w3.org/1999/xhtml';
const FOREIGN = new Set(['foreignobject', 'iframe', 'object', 'embed', 'audio', 'video', 'canvas']);
/** Encodings in which every word of an SVG is spelled as in ASCII: in others it could hide. */
const PLAIN_ENCODING = /^(?:utf-?8|us-ascii|iso-8859-\d{1,2}|windows-125\d)$/i;
const PICTURES = new Set(['image', 'feImage']);
const DATA = /^data:/i;

/** A positive number, or another one where there is none. */
function positive(text: string, otherwise: number): number {
  const found = Number.parseFloat(text);
  return Number.isFinite(found) && found > 0 ? found : otherwise;
}

/** The steps of a filter work on every pixel, some of them many times. */
function stepWeight(name: string, value: (name: string) => string): number {
  if (!name.startsWith('fe') || /^fe(?:Func|Merge(?:Node)?$|.*Light$)/.test(name)) return 0;
  if (name === 'feTurbulence') return WEIGHT.filter * positive(value('numOctaves'), 1);
  if (name === 'feMorphology') return WEIGHT.filter * (1 + positive(value('radius'), 0) / 10);
  if (name === 'feConvolveMatrix') return WEIGHT.filter * positive(value('order'), 3) ** 2;
  return WEIGHT.filter;
}

class Reader {
  root: SvgElement | null = null;
  readonly byId = new Map<string, SvgElement>();
  readonly rules = new Map<string, Effects>();
  readonly embedded: Svg['embedded'] = [];
  readonly sheets: string[] = [];
  readonly #open: SvgElement[] = [];
  #elements = 0;
  readonly #seen = new Set<string>();

  opentag({ local, uri, attributes }: SaxesTagNS): void {
    const inSvg = uri === SVG;
    if (this.#open.length === 0 && !(local === 'svg' && inSvg))
      throw new SvgError(
        local === 'svg'
          ? `no namespace that a browser knows (xmlns="${SVG}" is missing)`
          : `the element <${clip(local, 40)}> where <svg> should be`,
      );
    const lower = local.toLowerCase();
    if (this.#open.length > MAX_DEPTH) throw tooDeep();
    if (lower === 'script') throw new SvgError('a script');
    if (uri === XHTML || FOREIGN.has(lower)) throw new SvgError('foreign content');
    const value = (name: string): string => attributes[name]?.value ?? '';
    const element: SvgElement = {
      name: local,
      id: attributes['id']?.value,
      keys: [
        '*',
        lower,
        ...value('class')
          .split(/\s+/)
          .filter(Boolean)
          .map((name) => `.${name}`),
      ],
      weight: 1,
      step: stepWeight(local, value),
      corners: (value('d').length + value('points').length) / 3,
      links: [],
      children: [],
    };
    if (element.id !== undefined) {
      element.keys.push(`#${element.id}`);
      if (!this.byId.has(element.id)) this.byId.set(element.id, element);
    }
    for (const { local: name, uri: space, value: text } of Object.values(attributes)) {
      element.weight += text.length * WEIGHT.character;
      this.#attribute(element, { name, space, text });
    }
    this.#open.at(-1)?.children.push(element);
    this.#elements += 1;
    this.root ??= element;
    this.#open.push(element);
  }

  closetag(): void {
    this.#open.pop();
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    if (element === undefined) return;
    element.weight += text.length * WEIGHT.character;
    if (element.name === 'style') this.sheets.push(text);
  }

  /** Rules of one key are one: which of them wins is the browser's business. */
  rule({ keys, tokens, ...effects }: Rule): void {
    this.#links(null, effects);
    if (this.root !== null) this.root.weight += tokens * this.#elements * WEIGHT.match;
    for (const key of keys) {
      const known = this.rules.get(key) ?? { links: [], filters: 0, layer: false };
      for (const link of effects.links) if (this.#isNew(key, link)) known.links.push(link);
      known.filters += effects.filters;
      known.layer ||= effects.layer;
      this.rules.set(key, known);
    }
  }

  #isNew(key: string, { property, address }: Link): boolean {
    const name = `${key} ${property} ${address}`;
    return this.#seen.size !== this.#seen.add(name).size;
  }

  #attribute(
    element: SvgElement,
    { name, space, text }: { name: string; space: string; text: string },
  ): void {
    if (/^on[a-z]/i.test(name)) throw new SvgError('an event handler');
    if (name === 'href' && (space === '' || space === XLINK)) this.#href(element, text);
    else if (name === 'style') this.#effects(element, effectsOfStyle(text));
    else if (space === '' && (name === 'opacity' || /[(\\]/.test(text)) && !OPAQUE.has(name))
      this.#effects(element, effectsOfAttribute(name.toLowerCase(), text));
  }

  #href(element: SvgElement, text: string): void {
    // URL parsers skip tabs and line ends wherever they stand.
    const address = text.replaceAll(/[\t\n\r]/g, '').trim();
    if (element.name === 'a' || address === '') return;
    if (address.startsWith('#')) element.links.push({ property: 'href', address });
    else if (PICTURES.has(element.name) && DATA.test(address)) this.embedded.push({ uri: address, element });
    else throw new SvgError('a reference to another file');
  }

  #effects(element: SvgElement, effects: Effects): void {
    this.#links(element, effects);
    element.links.push(...effects.links.filter(({ address }) => address.startsWith('#')));
    element.weight += effectWeight(effects);
  }

  #links(element: SvgElement | null, { links }: Effects): void {
    for (const { address } of links) {
      if (DATA.test(address)) {
        const owner = element ?? this.root;
        if (owner !== null) this.embedded.push({ uri: address, element: owner });
      } else if (address !== '' && !address.startsWith('#'))
        throw new SvgError('a style that refers to another file');
    }
  }
}

/** Attributes whose value may have brackets and is no style. */
const OPAQUE = new Set(['d', 'points', 'transform', 'gradientTransform', 'patternTransform', 'id', 'class']);

/**
 * Parses an SVG; `breathe` is awaited between slices.
 * @throws SvgError that says what is wrong with it.
 */
export async function parseSvg(bytes: Uint8Array, breathe: () => Promise<void>): Promise<Svg> {
  const text = textOf(bytes);
  const reader = new Reader();
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', (tag) => reader.opentag(tag));
  parser.on('closetag', () => reader.closetag());
  parser.on('text', (part) => reader.text(part));
  parser.on('cdata', (part) => reader.text(part));
  parser.on('doctype', (type) => {
    if (type.includes('[')) throw new SvgError('an entity declaration or other rules of its own');
  });
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
    if (!PLAIN_ENCODING.test(encoding)) throw new SvgError('another encoding than UTF-8');
  });
  parser.on('processinginstruction', ({ target }) => {
    if (target === 'xml-stylesheet') throw new SvgError('a style sheet that lies elsewhere');
  });
  parser.on('error', ({ message }) => {
    throw new SvgError(`a fault in its XML: ${clip(message, 100)}`);
  });
  for (let at = 0; at < text.length; at += SLICE) {
    parser.write(text.slice(at, at + SLICE));
    await breathe();
  }
  parser.close();
  if (reader.root === null) throw new SvgError('no element in it');
  await readSheets(reader, breathe);
  return { root: reader.root, byId: reader.byId, rules: reader.rules, embedded: reader.embedded };
}

async function readSheets(reader: Reader, breathe: () => Promise<void>): Promise<void> {
  for (const sheet of reader.sheets)
    for (const rule of rulesOf(sheet)) {
      if (rule === null) await breathe();
      else reader.rule(rule);
    }
}

function textOf(bytes: Uint8Array): string {
  // UTF-16 and its like have zeros where ASCII has letters.
  if (bytes.includes(0)) throw new SvgError('another encoding than UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
}
