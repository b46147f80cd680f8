/** The front matter block at the head of a file, found in its bytes; the prose below is never read. */
import { closeSync, openSync, readSync } from 'node:fs';

/** The largest front matter block, in bytes. */
export const MAX_FRONT_MATTER = 65_536;
const FIRST_READ = 2_048;
const MAX_OPENER = 200;
const BOM_AND_FENCE = 7;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type Language = 'yaml' | 'toml' | 'json';

/** The text between the fences (JSON: braces and all), and the line of the file it starts on, from 1. */
export interface Block {
  language: Language;
  text: string;
  line: number;
}

/** A front matter block that cannot be read. `code` names the kind of problem. */
export class FrontMatterError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FrontMatterError';
    this.code = code;
  }
}

const LANGUAGES: ReadonlyMap<string, Language> = new Map([
  ['', 'yaml'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['toml', 'toml'],
  ['json', 'json'],
]);

/**
 * Reads a file as far as its front matter goes; null when it has none.
 * @throws FrontMatterError when the block never ends, is too large, is not UTF-8, or is in a language that is refused;
 * the system's own error when the file cannot be read.
 */
export type ReadBlock = (path: string) => Block | null;

/**
 * A reader of heads. It is synchronous: a few µs from the system's cache, where each hand-over to Node's thread pool costs ten
 * times that. So one buffer serves all files.
 */
export function blockReader(): ReadBlock {
  const first = Buffer.alloc(FIRST_READ);
  return (path) => {
    const file = openSync(path, 'r');
    try {
      return readFrom(file, first);
    } finally {
      closeSync(file);
    }
  };
}

function readFrom(file: number, first: Buffer): Block | null {
  let bytes = first;
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, length);
    length += count;
    const found = findBlock(bytes.subarray(0, length), count === 0);
    if (found !== 'more') return found;
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(length * 4, 2 * MAX_FRONT_MATTER));
  }
}

/**
 * Finds the block in the first bytes of a file; `whole`: there are no more. `more`: what is there does not tell yet.
 * A closing fence is the first line that begins like the opening one, as gray-matter has it.
 */
export function findBlock(bytes: Buffer, whole: boolean): Block | null | 'more' {
  if (bytes.length < BOM_AND_FENCE && !whole) return 'more';
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new FrontMatterError('encoding', 'is UTF-16; save it as UTF-8');
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const fence = bytes.toString('latin1', start, start + 3);
  if (fence === '---' || fence === '+++') return fenced(bytes, start, fence, whole);
  return fence[0] === '{' ? braced(bytes, start, whole) : null;
}

function fenced(bytes: Buffer, start: number, fence: string, whole: boolean): Block | null | 'more' {
  const opener = bytes.indexOf('\n', start);
  if (bytes.toString('latin1', start + 3, start + 4) === fence[0]) return null;
  if (opener < 0 || opener - start > MAX_OPENER) return whole || bytes.length > MAX_OPENER ? null : 'more';
  const language = languageOf(decode(bytes.subarray(start + 3, opener)), fence);
  const close = bytes.indexOf(`\n${fence}`, opener);
  if (close > 0) return block(bytes, language, opener + 1, close, 2);
  if (bytes.length > MAX_FRONT_MATTER) throw tooLarge();
  if (!whole) return 'more';
  throw new FrontMatterError('front_matter_open', `opens its front matter with ${fence} but never closes it`);
}

function languageOf(rest: string, fence: string): Language {
  const name = rest.trim().toLowerCase();
  const language = LANGUAGES.get(name.startsWith('#') ? '' : name);
  if (language === undefined)
    throw new FrontMatterError(
      'front_matter_language',
      `line 1: front matter in ${JSON.stringify(name)} is refused; YAML, TOML and JSON are read, and no code is ever run`,
    );
  return fence === '+++' ? 'toml' : language;
}

/** A JSON object at the very head, as Hugo has it. In MDX a brace may open an expression: that is no front matter. */
function braced(bytes: Buffer, start: number, whole: boolean): Block | null | 'more' {
  const head = bytes.toString('latin1', start + 1, start + 1 + MAX_OPENER).trimStart()[0];
  if (head === undefined) return whole || bytes.length > MAX_OPENER ? null : 'more';
  if (head !== '"' && head !== '}') return null;
  const close = closingBrace(bytes, start);
  if (close > 0) return block(bytes, 'json', start, close + 1, 1);
  if (bytes.length > MAX_FRONT_MATTER) throw tooLarge();
  if (!whole) return 'more';
  throw new FrontMatterError('front_matter_open', 'opens its front matter with { but never closes it');
}

function closingBrace(bytes: Buffer, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x22) inString = !inString;
    else if (inString) at += byte === 0x5c ? 1 : 0;
    else if (byte === 0x7b) depth++;
    else if (byte === 0x7d && --depth === 0) return at;
  }
  return -1;
}

function block(bytes: Buffer, language: Language, from: number, to: number, line: number): Block {
  if (to - from > MAX_FRONT_MATTER) throw tooLarge();
  return { language, text: decode(bytes.subarray(from, Math.max(from, to))), line };
}

function tooLarge(): FrontMatterError {
  return new FrontMatterError(
    'front_matter_too_large',
    `has front matter of more than ${MAX_FRONT_MATTER / 1024} KB, or never closes it`,
  );
}

function decode(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new FrontMatterError('encoding', 'has front matter that is not UTF-8; save it as UTF-8', { cause });
  }
}
