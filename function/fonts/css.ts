/** Faces → CSS that carries the fonts inside, and font families that end in our stand-ins. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { formatRanges } from './face.ts';
import type { Face } from './face.ts';

/**
 * Part of every `font-family` a template writes: the families that stand in, in their order of preference. Set by each
 * card for its own text, so that no card depends on the fonts that others have brought to its page.
 */
export const STAND_INS = '--stand-ins';

/** The family of a stand-in. Not its own name: a template that names the family must get its own faces of it. */
export function standInFamily(face: Face): string {
  return `og-sync ${face.family}`;
}

const FORMATS: Record<string, { type: string; format: string }> = {
  '.woff2': { type: 'font/woff2', format: 'woff2' },
  '.ttf': { type: 'font/ttf', format: 'truetype' },
  '.otf': { type: 'font/otf', format: 'opentype' },
};

/** Turns faces into `@font-face` rules; the encoded bytes are kept, since the next card likely needs them too. */
export class FaceWriter {
  readonly #rules = new Map<string, Promise<string>>();

  /** One rule for each face. The same face under the same family is the same string again. */
  async write(faces: readonly Face[], familyOf: (face: Face) => string): Promise<string[]> {
    return Promise.all(faces.map(async (face) => this.#rule(face, familyOf(face))));
  }

  #rule(face: Face, family: string): Promise<string> {
    const key = `${family}\n${face.file}`;
    let rule = this.#rules.get(key);
    if (rule === undefined) {
      rule = ruleOf(face, family);
      this.#rules.set(key, rule);
    }
    return rule;
  }
}

async function ruleOf(face: Face, family: string): Promise<string> {
  const ranges = face.ranges === null ? '' : `unicode-range:${formatRanges(face.ranges)};`;
  const source = await encode(face.file);
  return `@font-face{font-family:${quote(family)};font-style:${face.style};font-weight:${face.weight};font-display:block;${ranges}src:${source}}`;
}

/** A CSS string; "<" is escaped, so that no family name can end a style element. */
export function quote(family: string): string {
  return JSON.stringify(family).replaceAll('<', String.raw`\3c `);
}

async function encode(file: string): Promise<string> {
  const { type, format } = FORMATS[extname(file).toLowerCase()] ?? { type: 'font/ttf', format: 'truetype' };
  return `url(data:${type};base64,${await readFile(file, 'base64')})format("${format}")`;
}

const FONT_FACE = /@font-face\s*\{[^}]*\}/gi;
const DECLARATION = /(?<=^|[;{\s])(font(?:-family)?\s*:\s*)([^;{}!]+)/gi;
const WIDE =
  /^(?:inherit|initial|unset|revert|revert-layer|caption|icon|menu|message-box|small-caption|status-bar)$/i;
const GENERIC =
  /(?:^|,)\s*(?:serif|sans-serif|monospace|cursive|fantasy|system-ui|math|ui-[a-z]+)\s*(?=,|$)/i;

/**
 * Puts our stand-ins into every `font-family` and `font` of a style sheet, before the first generic family (whose font
 * is the machine's own where fontconfig does not rule) or at the end.
 */
export function withStandIns(css: string): string {
  const faces = [...css.matchAll(FONT_FACE)].map((match) => match[0]);
  let next = 0;
  return css
    .split(FONT_FACE)
    .map((part) =>
      part.replaceAll(DECLARATION, (_whole, property: string, value: string) => property + chain(value)),
    )
    .map((part) => part + (faces[next++] ?? ''))
    .join('');
}

function chain(value: string): string {
  const trimmed = value.trimEnd();
  if (WIDE.test(trimmed)) return value;
  const generic = GENERIC.exec(trimmed);
  const end = value.slice(trimmed.length);
  if (generic === null) return `${trimmed},var(${STAND_INS})${end}`;
  const head = trimmed.slice(0, generic.index);
  const comma = head === '' ? '' : ',';
  return `${head}${comma}var(${STAND_INS}),${trimmed.slice(generic.index).replace(/^\s*,\s*/, '')}${end}`;
}
